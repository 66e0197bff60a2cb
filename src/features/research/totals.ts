import type { Progress, ResearchStage } from "@contracts";

/** One stage of a run as a bar: of `total` jobs, known and to come, so many are in each state. */
export type StageTotals = {
  stage: ResearchStage;
  total: number;
  completed: number;
  failed: number;
  cancelled: number;
  /** Being worked on right now. */
  active: number;
};

/**
 * The bars of a run's stages. Jobs of a later stage appear as companies pass the one before, so the total of a stage is what can
 * still reach it: every company for the first, those that passed or may still pass the stage before for the next. A run that has ended has
 * what it has.
 */
export function stageTotals({ run, stages, companies_total }: Progress): StageTotals[] {
  const ended = run.status === "completed" || run.status === "cancelled";
  let reach = companies_total;
  return stages.map(({ stage, queued, processing, waiting, completed, failed, cancelled }) => {
    const known = queued + processing + waiting + completed + failed + cancelled;
    const total = ended ? known : Math.max(reach, known);
    reach = total - failed - cancelled;
    return { stage, total, completed, failed, cancelled, active: processing + waiting };
  });
}

/** All stages of a run together: of `total` jobs so many have ended, and so many of those failed. */
export function runTotals(progress: Progress): { total: number; done: number; failed: number } {
  return stageTotals(progress).reduce(
    (sum, { total, completed, failed, cancelled }) => ({
      total: sum.total + total,
      done: sum.done + completed + failed + cancelled,
      failed: sum.failed + failed,
    }),
    { total: 0, done: 0, failed: 0 },
  );
}
