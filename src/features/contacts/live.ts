import type { ContactRow } from "@contracts";
import type { QueryClient } from "@tanstack/react-query";
import type { LiveSource } from "@/components/data-table/live-list";
import { changesRow, useLiveRecord } from "@/components/record/use-live-record";
import { contactKeys } from "./keys";
import { contactRowsOptions } from "./queries";

/** What the lists of a campaign's contacts follow: changed contacts, and those of changed companies, are read by id. */
export function liveContacts(client: QueryClient, campaignId: string): LiveSource<ContactRow> {
  return {
    table: "contacts",
    listsKey: contactKeys.lists(campaignId),
    fetchRows: (ids) => client.fetchQuery(contactRowsOptions(campaignId, ids)),
    parent: { table: "companies", idOf: (row) => row.company_id },
  };
}

/** Keeps an open contact's panel current. */
export function useLiveContact(campaignId: string, id: string): void {
  useLiveRecord(`campaign:${campaignId}`, changesRow("contacts", id), [contactKeys.detail(campaignId, id)]);
}
