import type { ContactRow } from "@contracts";
import type { QueryClient } from "@tanstack/react-query";
import { type ListPages, patchRow } from "@/components/data-table/pages";
import { contactKeys } from "./keys";

/** Writes changed fields of a contact into every cached list of its campaign and into its panel. */
export function patchContact(
  client: QueryClient,
  campaignId: string,
  id: string,
  fields: Partial<ContactRow>,
): void {
  client.setQueriesData<ListPages<ContactRow>>(
    { queryKey: contactKeys.lists(campaignId) },
    (data) => data && patchRow(data, id, fields),
  );
  client.setQueryData<ContactRow>(
    contactKeys.detail(campaignId, id),
    (contact) => contact && { ...contact, ...fields },
  );
}
