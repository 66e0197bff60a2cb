import { useQuery } from "@tanstack/react-query";
import { changesRow, useLiveRecord } from "@/components/record/use-live-record";
import { activeRunOptions, researchKeys } from "@/features/research/queries";
import { contactKeys } from "./keys";

/** How often, in ms, the jobs of an open contact are read again at most: nobody tells which jobs of a run have changed. */
const JOBS_INTERVAL_MS = 2_000;

/** Keeps an open contact's panel current. */
export function useLiveContact(campaignId: string, id: string): void {
  useLiveRecord(`campaign:${campaignId}`, changesRow("contacts", id), [contactKeys.detail(campaignId, id)]);
}

/**
 * Keeps the jobs of an open contact current. A contact that fails or is handed on does not change itself, so the campaign's run
 * is followed while there is one.
 */
export function useLiveContactJobs(campaignId: string, id: string): void {
  const { data: active } = useQuery(activeRunOptions(campaignId));
  const jobs = contactKeys.jobs(campaignId, id);
  useLiveRecord(`campaign:${campaignId}`, ({ table }) => table === "research_runs", [
    researchKeys.activeRun(campaignId),
    jobs,
  ]);
  useLiveRecord(active ? `run:${active.id}` : null, () => true, [jobs], JOBS_INTERVAL_MS);
}
