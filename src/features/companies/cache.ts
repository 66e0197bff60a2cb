import type { CompanyRow } from "@contracts";
import type { QueryClient } from "@tanstack/react-query";
import { type ListPages, patchRow } from "@/components/data-table/pages";
import { companyKeys } from "./keys";

/** Writes changed fields of a company into every cached list of its campaign and into its panel. */
export function patchCompany(
  client: QueryClient,
  campaignId: string,
  id: string,
  fields: Partial<CompanyRow>,
): void {
  client.setQueriesData<ListPages<CompanyRow>>(
    { queryKey: companyKeys.lists(campaignId) },
    (data) => data && patchRow(data, id, fields),
  );
  client.setQueryData<CompanyRow>(
    companyKeys.detail(campaignId, id),
    (company) => company && { ...company, ...fields },
  );
}
