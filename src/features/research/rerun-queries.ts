import { useMutation } from "@tanstack/react-query";
import type { Selection } from "@/components/data-table/selection";
import { rpc } from "@/lib/rpc";
import { jobIds } from "./job-queries";
import type { JobFilter } from "./queries";
import { endedFilter, MOST_RERUN, rerunInParts } from "./rerun";
import { useShowProgress } from "./run-queries";

/** Researches selected jobs of a run again; `filter` is what the list shows. */
export function useRerun(runId: string, filter: JobFilter) {
  const show = useShowProgress(runId);
  return useMutation({
    mutationFn: async (selection: Selection) => {
      const ids = selection.mode === "rows" ? [...selection.ids].map(Number) : await idsOf(runId, filter);
      return rerunInParts(ids, async (part) => {
        const { requeued, ...progress } = await rpc("rerun_jobs", { run_id: runId, job_ids: part });
        await show(progress);
        return { requeued };
      });
    },
  });
}

async function idsOf(runId: string, filter: JobFilter): Promise<number[]> {
  const ended = endedFilter(filter);
  return ended ? jobIds(runId, ended, MOST_RERUN) : [];
}
