import type { CompanyFilter } from "@contracts";
import type { Sort } from "@/components/data-table/column";

export const companyKeys = {
  all: ["companies"] as const,
  campaign: (campaignId: string) => [...companyKeys.all, campaignId] as const,
  lists: (campaignId: string) => [...companyKeys.campaign(campaignId), "list"] as const,
  list: (campaignId: string, filter: CompanyFilter, sort: Sort) =>
    [...companyKeys.lists(campaignId), filter, sort] as const,
  rows: (campaignId: string, ids: readonly string[]) =>
    [...companyKeys.campaign(campaignId), "rows", ids] as const,
  detail: (campaignId: string, id: string) => [...companyKeys.campaign(campaignId), "detail", id] as const,
  portfolio: (campaignId: string, id: string) =>
    [...companyKeys.campaign(campaignId), "portfolio", id] as const,
  jobs: (campaignId: string, id: string) => [...companyKeys.campaign(campaignId), "jobs", id] as const,
};
