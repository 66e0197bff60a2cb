import { CONTACT_SORTS, type ContactFilter, type ContactRow } from "@contracts";
import { queryOptions } from "@tanstack/react-query";
import { RELEVANCE } from "@/components/data-table/column";
import { recordList } from "@/components/data-table/record-list";
import { readJobs } from "@/components/record/read-jobs";
import { asResearched, type Researched, withCustom } from "@/components/record/researched";
import { saveEdit } from "@/components/record/save-edit";
import { useEditRecord } from "@/components/record/use-edit-record";
import { unwrap } from "@/lib/errors";
import { rpc } from "@/lib/rpc";
import { getSupabase } from "@/lib/supabase";
import { contactLabels } from "./fields";
import { contactKeys } from "./keys";

/** A contact's own columns as lists show them. */
export const CONTACT_COLUMNS =
  "id, workspace_id, campaign_id, company_id, name, first_name, last_name, title, seniority, email, phone, linkedin_url, country, owner_id, tags, do_not_contact, source, import_id, custom, created_at, updated_at";
const LIST_COLUMNS = `${CONTACT_COLUMNS}, company:companies!inner(id, name, domain)` as const;

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

const sorts = [...CONTACT_SORTS, RELEVANCE] as const;
const is = (sort: string) => (known: string) => known === sort;

/** The lists of contacts. Each shows its company's name, so changed companies concern them too. */
export const contacts = recordList<ContactRow, ContactFilter>({
  table: "contacts",
  keys: contactKeys,
  readPage: ({ sort, ...request }, signal) =>
    rpc("list_contacts", { ...request, sort: sorts.find(is(sort)) }, signal),
  readTotal: (scope, filter, signal) => rpc("list_total", { list: "contacts", ...scope, filter }, signal),
  readPlace: async ({ sort, ...request }, row, signal) =>
    (
      await rpc(
        "list_place",
        { list: "contacts", ...request, sort: CONTACT_SORTS.find(is(sort)), row },
        signal,
      )
    ).cursor,
  readRows: async (scope, ids, signal) =>
    unwrap(
      await getSupabase()
        .from("contacts")
        .select(LIST_COLUMNS)
        .match(scope)
        .in("id", ids)
        .abortSignal(signal),
    ).map(withCustom),
  campaignOf: (row) => row.campaign_id,
  parent: { table: "companies", idOf: (row) => row.company_id },
});

/** One contact with everything known about it. */
export function contactOptions(campaignId: string, id: string) {
  return queryOptions({
    queryKey: contactKeys.detail(campaignId, id),
    queryFn: async ({ signal }): Promise<Contact> =>
      asResearched(
        unwrap(
          await getSupabase()
            .from("contacts")
            .select(`${LIST_COLUMNS}, research`)
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

/** The contact's research jobs, newest first; those of earlier runs follow. */
export function contactJobsOptions(campaignId: string, contactId: string) {
  return queryOptions({
    queryKey: contactKeys.jobs(campaignId, contactId),
    queryFn: ({ signal }) => readJobs({ campaign_id: campaignId, contact_id: contactId }, signal),
  });
}

/** Changes a contact; shown at once everywhere, taken back and told if it fails. */
export function useEditContact() {
  return useEditRecord(contacts, contactLabels, (shown, edit: ContactEdit) => {
    const { id, campaign_id } = shown;
    const rows = () => getSupabase().from("contacts");
    return saveEdit(shown, edit, {
      read: async () => unwrap(await rows().select("tags, updated_at").match({ campaign_id, id }).single()),
      write: async (change, since) => {
        const changed = rows()
          .update(change)
          .match({ campaign_id, id, ...(since && { updated_at: since }) });
        const row = unwrap(await changed.select(LIST_COLUMNS).maybeSingle());
        return row && withCustom(row);
      },
    });
  });
}
