import { useLiveRecord } from "@/components/record/use-live-record";
import { researchKeys } from "./queries";

/** Lists of jobs are longer to read, for the server and for people. */
const JOBS_EVERY = 3_000;

/** Keeps the progress of a run current, and the jobs of it that are shown. */
export function useLiveRun(runId: string): void {
  useLiveRecord(`run:${runId}`, () => true, [researchKeys.progress(runId)]);
  useLiveRecord(`run:${runId}`, () => true, [researchKeys.allJobs(runId)], JOBS_EVERY);
}

/** Keeps what is known of a campaign's runs current: which there are, which is active. */
export function useLiveRuns(campaignId: string): void {
  useLiveRecord(`campaign:${campaignId}`, ({ table }) => table === "research_runs", [
    researchKeys.campaign(campaignId),
  ]);
}
