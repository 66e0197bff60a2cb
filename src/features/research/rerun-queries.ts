import { type JobPage, NEXT_PAGE_SIZE } from "@contracts";
import { queryOptions, useMutation } from "@tanstack/react-query";
import { rpc } from "@/lib/rpc";
import { type JobFilter, researchKeys } from "./queries";
import { endedFilter, MOST_RERUN, type Requeued, rerunInParts } from "./rerun";
import { useShowProgress } from "./run-queries";

/** Jobs to be researched again. */
interface RerunJobs {
  ids: readonly number[];
  /** More match than can be taken: these are the newest. */
  isCut: boolean;
}

/**
 * The jobs of a run that match a filter and have ended, as they are when a dialog asks about them: what the user confirms is what is
 * done. `dialog` is an id of its own; `picked` jobs are known already.
 */
export function jobsToRerunOptions(
  runId: string,
  filter: JobFilter,
  picked: readonly number[] | null,
  dialog: string,
) {
  return queryOptions({
    queryKey: [...researchKeys.run(runId), "to rerun", dialog],
    queryFn: ({ signal }) => readEnded(runId, filter, signal),
    ...(picked && { initialData: { ids: picked, isCut: false } }),
    staleTime: "static", // it is about these, whatever comes meanwhile
    gcTime: 0, // a dialog that is opened again asks again
  });
}

async function readEnded(runId: string, filter: JobFilter, signal: AbortSignal): Promise<RerunJobs> {
  const ended = endedFilter(filter);
  if (ended === null) return { ids: [], isCut: false };
  const ids: number[] = [];
  let cursor: string | null = null;
  do {
    const page: JobPage = await rpc(
      "list_jobs",
      { run_id: runId, filter: ended, page_size: NEXT_PAGE_SIZE, ...(cursor !== null && { cursor }) },
      signal,
    );
    ids.push(...page.rows.map(({ id }) => id));
    cursor = page.next_cursor;
  } while (cursor !== null && ids.length < MOST_RERUN);
  return { ids: ids.slice(0, MOST_RERUN), isCut: cursor !== null || ids.length > MOST_RERUN };
}

/** Researches jobs of a run again. `onDone` is told what became of it, also when the caller is no longer on screen. */
export function useRerun(runId: string, onDone: (result: Requeued) => void) {
  const show = useShowProgress(runId);
  return useMutation({
    mutationFn: (ids: readonly number[]) =>
      rerunInParts(ids, async (part) => {
        const { requeued, ...progress } = await rpc("rerun_jobs", { run_id: runId, job_ids: part });
        await show(progress);
        return { requeued };
      }),
    onSuccess: onDone,
  });
}
