import type { CompanyFilter } from "@contracts";
import { recordKeys } from "@/components/data-table/record-list";

const keys = recordKeys<CompanyFilter>("companies");

export const companyKeys = {
  ...keys,
  portfolio: (campaignId: string, id: string) => [...keys.campaign(campaignId), "portfolio", id] as const,
  elsewhere: (campaignId: string, id: string) => [...keys.campaign(campaignId), "elsewhere", id] as const,
  jobs: (campaignId: string, id: string) => [...keys.campaign(campaignId), "jobs", id] as const,
};
