import { useLiveRecord } from "@/components/record/use-live-record";
import { researchKeys } from "./queries";

/** Keeps the progress of a run current. */
export function useLiveRun(runId: string): void {
  useLiveRecord(`run:${runId}`, () => true, [researchKeys.progress(runId)]);
}

/** Keeps what is known of a campaign's runs current: which there are, which is active. */
export function useLiveRuns(campaignId: string): void {
  useLiveRecord(`campaign:${campaignId}`, ({ table }) => table === "research_runs", [
    researchKeys.campaign(campaignId),
  ]);
}
