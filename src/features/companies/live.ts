import type { CompanyRow } from "@contracts";
import type { QueryClient } from "@tanstack/react-query";
import type { LiveSource } from "@/components/data-table/live-list";
import { changesRow, useLiveRecord } from "@/components/record/use-live-record";
import { companyKeys } from "./keys";
import { companyRowsOptions } from "./queries";

/** What the lists of a campaign's companies follow: changed companies are read by id. */
export function liveCompanies(client: QueryClient, campaignId: string): LiveSource<CompanyRow> {
  return {
    table: "companies",
    listsKey: companyKeys.lists(campaignId),
    fetchRows: (ids) => client.fetchQuery(companyRowsOptions(campaignId, ids)),
  };
}

/** Keeps an open company's panel current. Its investments and jobs change together with its counters and status. */
export function useLiveCompany(campaignId: string, id: string): void {
  useLiveRecord(`campaign:${campaignId}`, changesRow("companies", id), [
    companyKeys.detail(campaignId, id),
    companyKeys.portfolio(campaignId, id),
    companyKeys.jobs(campaignId, id),
  ]);
}
