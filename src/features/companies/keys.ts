import type { CompanyFilter } from "@contracts";
import { recordKeys } from "@/components/data-table/record-list";

const keys = recordKeys<CompanyFilter>("companies");

export const companyKeys = {
  ...keys,
  /** The records of a campaign while it is archived. */
  archived: (campaignId: string) => [...keys.campaign(campaignId), "archived"] as const,
  archivedDetail: (campaignId: string, id: string) => [...keys.campaign(campaignId), "archived", id] as const,
  portfolio: (campaignId: string, id: string) => [...keys.campaign(campaignId), "portfolio", id] as const,
  elsewhere: (campaignId: string, id: string) => [...keys.campaign(campaignId), "elsewhere", id] as const,
  twins: (campaignId: string, id: string, domains: readonly string[]) =>
    [...keys.campaign(campaignId), "twins", id, domains] as const,
  jobs: (campaignId: string, id: string) => [...keys.campaign(campaignId), "jobs", id] as const,
};
