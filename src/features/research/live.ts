import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { type Paced, paced } from "@/components/data-table/pace";
import { useChannel } from "@/lib/realtime";
import { researchKeys } from "./queries";

/** A run reports many times a second; people read once a second. */
const PROGRESS_EVERY = 1_000;
/** Lists of jobs are longer to read, for the server and for people. */
const JOBS_EVERY = 3_000;

/** Refetches a query key at most once in an interval, however often it is asked for. */
function usePacedRefetch(queryKey: readonly unknown[], interval: number): Paced {
  const queryClient = useQueryClient();
  const key = JSON.stringify(queryKey);
  const refetch = useMemo(
    () => paced(() => queryClient.invalidateQueries({ queryKey: JSON.parse(key) }), interval),
    [queryClient, key, interval],
  );
  useEffect(() => () => refetch.dispose(), [refetch]);
  return refetch;
}

/** Keeps the progress and the shown jobs of a run current; null follows nothing. */
export function useLiveRun(runId: string | null): void {
  const progress = usePacedRefetch(researchKeys.progress(runId ?? ""), PROGRESS_EVERY);
  const jobs = usePacedRefetch(researchKeys.allJobs(runId ?? ""), JOBS_EVERY);
  const refresh = () => {
    progress.request();
    jobs.request();
  };
  useChannel(runId === null ? null : `run:${runId}`, refresh, refresh);
}

/** Keeps what is known of a campaign's runs current: which there are, which is active. */
export function useLiveRuns(campaignId: string): void {
  const runs = usePacedRefetch(researchKeys.campaign(campaignId), PROGRESS_EVERY);
  useChannel(
    `campaign:${campaignId}`,
    (changes) => {
      if (changes.some(({ table }) => table === "research_runs")) runs.request();
    },
    runs.request,
  );
}
