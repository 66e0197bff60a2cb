import type { ContactFilter } from "@contracts";
import type { Sort } from "@/components/data-table/column";

export const contactKeys = {
  all: ["contacts"] as const,
  campaign: (campaignId: string) => [...contactKeys.all, campaignId] as const,
  lists: (campaignId: string) => [...contactKeys.campaign(campaignId), "list"] as const,
  list: (campaignId: string, filter: ContactFilter, sort: Sort) =>
    [...contactKeys.lists(campaignId), filter, sort] as const,
  rows: (campaignId: string, ids: readonly string[]) =>
    [...contactKeys.campaign(campaignId), "rows", ids] as const,
  detail: (campaignId: string, id: string) => [...contactKeys.campaign(campaignId), "detail", id] as const,
  ofCompany: (campaignId: string, companyId: string) =>
    [...contactKeys.campaign(campaignId), "of company", companyId] as const,
};
