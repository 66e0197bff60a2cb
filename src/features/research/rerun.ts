import { RERUN_LIMIT, type Rerun } from "@contracts";
import type { Selection } from "@/components/data-table/selection";
import type { Job } from "./job-queries";
import type { JobFilter } from "./queries";

/** The most jobs that can be selected by what matches a filter, to be researched again. */
export const MOST_RERUN = 10_000;

/** Jobs in these states can be researched again. */
const ENDED = ["completed", "failed"] as const satisfies Job["status"][];

const hasEnded = ({ status }: Pick<Job, "status">) => ENDED.some((one) => one === status);

/** Of what a filter shows the jobs that have ended; null if it shows none of them. */
export function endedFilter(filter: JobFilter): JobFilter | null {
  const status = ENDED.filter((one) => filter.status?.includes(one) ?? true);
  return status.length === 0 ? null : { ...filter, status };
}

/**
 * The selected jobs that can be researched again: those picked, but for the ones known to be under way; null where all that match are
 * meant, as long as some can.
 */
export function pickedJobs(
  selection: Selection,
  jobs: readonly Pick<Job, "id" | "status">[],
  filter: JobFilter,
): number[] | null {
  if (selection.mode === "matching") return endedFilter(filter) === null ? [] : null;
  const open = new Set(jobs.filter((job) => !hasEnded(job)).map(({ id }) => id));
  return [...selection.ids].filter((id) => !open.has(id)).map(Number);
}

/** What became of asking for jobs to be researched again. */
export interface Requeued {
  /** Jobs that are queued again. */
  requeued: number;
  /** The jobs that were not asked for any more, because something went wrong before. */
  left: readonly number[];
  /** What went wrong, where some are left. */
  error: unknown;
}

/** Asks for jobs to be researched again, as many at a time as may be. Rejects when nothing is queued because the first request failed. */
export async function rerunInParts(
  ids: readonly number[],
  rerun: (part: number[]) => Promise<Pick<Rerun, "requeued">>,
): Promise<Requeued> {
  let requeued = 0;
  for (let at = 0; at < ids.length; at += RERUN_LIMIT) {
    try {
      requeued += (await rerun(ids.slice(at, at + RERUN_LIMIT))).requeued;
    } catch (error) {
      if (at === 0) throw error;
      return { requeued, left: ids.slice(at), error };
    }
  }
  return { requeued, left: [], error: null };
}
