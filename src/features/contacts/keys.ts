import type { ContactFilter } from "@contracts";
import { recordKeys } from "@/components/data-table/record-list";

const keys = recordKeys<ContactFilter>("contacts");

export const contactKeys = {
  ...keys,
  /** The records of a campaign while it is archived. */
  archived: (campaignId: string) => [...keys.campaign(campaignId), "archived"] as const,
  archivedDetail: (campaignId: string, id: string) => [...keys.campaign(campaignId), "archived", id] as const,
  ofCompany: (campaignId: string, companyId: string) =>
    [...keys.campaign(campaignId), "of company", companyId] as const,
  jobs: (campaignId: string, id: string) => [...keys.campaign(campaignId), "jobs", id] as const,
};
