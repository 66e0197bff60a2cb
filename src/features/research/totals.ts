import type { Progress, ResearchStage, RunCounter, StageProgress } from "@contracts";

/** One stage of a run as a bar: of `total` jobs, known and to come, so many are in each state. */
export type StageTotals = {
  stage: ResearchStage;
  total: number;
  completed: number;
  failed: number;
  cancelled: number;
  /** Being worked on right now. */
  working: number;
  /** Handed over to an integration, whose answer is awaited. */
  waiting: number;
  /** In the queue; companies that are not fed to it yet are not among them. */
  queued: number;
};

/**
 * The bars of a run's stages. The other stages begin for a company when it has passed that which finds out about it, all at the same
 * time; without that one they begin at once. A contact is handed on when it is enriched, if it is to be. So the total of a stage is what can still reach it; how many pages a source has, nobody
 * knows. A run that has ended has what it has.
 */
export function stageTotals({ run, stages, companies_total, contacts_total }: Progress): StageTotals[] {
  const ended = run.status === "completed" || run.status === "cancelled";
  const known = (one: StageProgress) =>
    one.queued + one.processing + one.waiting + one.completed + one.failed + one.cancelled;
  const first = stages.find(({ stage }) => stage === "company");
  const passing = first
    ? Math.max(companies_total, known(first)) - first.failed - first.cancelled
    : companies_total;
  const enrich = stages.find(({ stage }) => stage === "enrich");
  const reachOf = (one: StageProgress) => {
    if (one.stage === "discover") return 0;
    if (one.stage === "enrich") return contacts_total;
    if (one.stage === "sync") return contacts_total - (enrich ? enrich.failed + enrich.cancelled : 0);
    return one === first ? companies_total : passing;
  };
  return stages.map((one) => {
    const reach = reachOf(one);
    return {
      stage: one.stage,
      total: ended ? known(one) : Math.max(reach, known(one)),
      completed: one.completed,
      failed: one.failed,
      cancelled: one.cancelled,
      working: one.processing,
      waiting: one.waiting,
      queued: one.queued,
    };
  });
}

/** How many jobs of a run have ended, and how many of those failed. */
export interface EndedJobs {
  done: number;
  failed: number;
}

/** What the counters of a run's jobs say of those that have ended. */
export function endedJobs(counters: readonly RunCounter[]): EndedJobs {
  const sumOf = (...statuses: RunCounter["status"][]) =>
    counters.reduce((sum, { status, jobs }) => (statuses.includes(status) ? sum + jobs : sum), 0);
  return { done: sumOf("completed", "failed", "cancelled"), failed: sumOf("failed") };
}

/** All jobs of a run: how many there are, known and to come, and how they stand. */
interface RunTotals extends EndedJobs {
  total: number;
  /** Being worked on, or handed over. */
  underWay: number;
  /** Neither ended nor under way; companies that are not fed to the queue yet are among them. */
  left: number;
}

/** All stages of a run together. */
export function runTotals(progress: Progress): RunTotals {
  return stageTotals(progress).reduce(
    (sum, one) => ({
      total: sum.total + one.total,
      done: sum.done + one.completed + one.failed + one.cancelled,
      failed: sum.failed + one.failed,
      underWay: sum.underWay + one.working + one.waiting,
      left: sum.left + leftOf(one),
    }),
    { total: 0, done: 0, failed: 0, underWay: 0, left: 0 },
  );
}

/** How many jobs of a stage have neither ended nor are under way. */
export function leftOf({ total, completed, failed, cancelled, working, waiting }: StageTotals): number {
  return total - completed - failed - cancelled - working - waiting;
}
