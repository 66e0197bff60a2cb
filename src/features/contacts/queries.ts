import { type ContactFilter, type ContactRow, contactRow, NEXT_PAGE_SIZE } from "@contracts";
import { queryOptions } from "@tanstack/react-query";
import * as z from "zod/mini";
import { recordList } from "@/components/data-table/record-list";
import { asResearched, type Researched } from "@/components/record/researched";
import { useEditRecord } from "@/components/record/use-edit-record";
import { unwrap } from "@/lib/errors";
import { rpc } from "@/lib/rpc";
import { getSupabase } from "@/lib/supabase";
import { contactKeys } from "./keys";

const LIST_COLUMNS =
  "id, workspace_id, campaign_id, company_id, name, first_name, last_name, title, seniority, email, phone, linkedin_url, country, owner_id, tags, do_not_contact, source, import_id, created_at, updated_at, company:companies!inner(id, name, domain)";

/** Most people a company's panel shows. */
export const COMPANY_CONTACTS_LIMIT = 100;

/** A contact with everything known about it. */
export type Contact = Researched<ContactRow>;

/** What people may change of a contact. */
export type ContactEdit = Partial<
  Pick<
    ContactRow,
    | "name"
    | "first_name"
    | "last_name"
    | "title"
    | "email"
    | "phone"
    | "linkedin_url"
    | "country"
    | "tags"
    | "owner_id"
    | "do_not_contact"
  >
>;

/** The lists of contacts. Each shows its company's name, so changed companies concern them too. */
export const contacts = recordList<ContactRow, ContactFilter>({
  table: "contacts",
  keys: contactKeys,
  readPage: (request, signal) => rpc("list_contacts", request, signal),
  readTotal: (scope, filter, signal) => rpc("list_total", { list: "contacts", ...scope, filter }, signal),
  readPlace: async (request, row, signal) =>
    (await rpc("list_place", { list: "contacts", ...request, row }, signal)).cursor,
  readRows: async (scope, ids, signal) =>
    unwrap(
      await getSupabase()
        .from("contacts")
        .select(LIST_COLUMNS)
        .match(scope)
        .in("id", ids)
        .abortSignal(signal),
    ),
  campaignOf: (row) => row.campaign_id,
  parent: { table: "companies", idOf: (row) => row.company_id },
});

const contactRows = z.array(contactRow);

/** A page of the contacts of an archived campaign, newest first. */
export async function readArchivedContacts(campaignId: string, cursor: string | null, signal: AbortSignal) {
  const page = await rpc(
    "list_archived",
    {
      campaign_id: campaignId,
      list: "contacts",
      page_size: NEXT_PAGE_SIZE,
      ...(cursor !== null && { cursor }),
    },
    signal,
  );
  return { ...page, rows: contactRows.parse(page.rows) };
}

/** One contact with everything known about it. */
export function contactOptions(campaignId: string, id: string) {
  return queryOptions({
    queryKey: contactKeys.detail(campaignId, id),
    queryFn: async ({ signal }): Promise<Contact> =>
      asResearched(
        unwrap(
          await getSupabase()
            .from("contacts")
            .select(`${LIST_COLUMNS}, research, custom`)
            .eq("campaign_id", campaignId)
            .eq("id", id)
            .abortSignal(signal)
            .single(),
        ),
      ),
  });
}

/** The people at a company by name, at most COMPANY_CONTACTS_LIMIT. */
export function companyContactsOptions(campaignId: string, companyId: string) {
  return queryOptions({
    queryKey: contactKeys.ofCompany(campaignId, companyId),
    queryFn: async ({ signal }) =>
      unwrap(
        await getSupabase()
          .from("contacts")
          .select("id, name, title, email")
          .eq("campaign_id", campaignId)
          .eq("company_id", companyId)
          .order("name")
          .order("id")
          .limit(COMPANY_CONTACTS_LIMIT)
          .abortSignal(signal),
      ),
  });
}

/** Changes a contact; shown at once everywhere, taken back if it fails. */
export function useEditContact() {
  return useEditRecord(contacts, async ({ id, campaign_id }, edit: ContactEdit) =>
    unwrap(
      await getSupabase()
        .from("contacts")
        .update(edit)
        .eq("campaign_id", campaign_id)
        .eq("id", id)
        .select(LIST_COLUMNS)
        .single(),
    ),
  );
}
