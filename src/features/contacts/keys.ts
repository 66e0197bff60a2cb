import type { ContactFilter } from "@contracts";
import { recordKeys } from "@/components/data-table/record-list";

const keys = recordKeys<ContactFilter>("contacts");

export const contactKeys = {
  ...keys,
  ofCompany: (campaignId: string, companyId: string) =>
    [...keys.campaign(campaignId), "of company", companyId] as const,
};
