import { changesRow, useLiveRecord } from "@/components/record/use-live-record";
import { companyKeys } from "./keys";

/** Keeps an open company's panel current. Its investments and jobs change together with its counters and status. */
export function useLiveCompany(campaignId: string, id: string): void {
  useLiveRecord(`campaign:${campaignId}`, changesRow("companies", id), [
    companyKeys.detail(campaignId, id),
    companyKeys.portfolio(campaignId, id),
    companyKeys.jobs(campaignId, id),
  ]);
}
