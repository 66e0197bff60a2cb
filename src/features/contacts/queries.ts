import {
  type ContactFilter,
  type ContactRow,
  contactPage,
  customColumns,
  FIRST_PAGE_SIZE,
  NEXT_PAGE_SIZE,
  type ResearchedValues,
  researchedValues,
} from "@contracts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Sort } from "@/components/data-table/column";
import { listQueryOptions } from "@/components/data-table/list-query";
import { editedFields } from "@/components/record/edited-fields";
import { unwrap } from "@/lib/errors";
import { getSupabase } from "@/lib/supabase";
import { patchContact } from "./cache";
import { contactKeys } from "./keys";

const LIST_COLUMNS =
  "id, workspace_id, campaign_id, company_id, name, first_name, last_name, title, seniority, email, phone, linkedin_url, country, owner_id, tags, do_not_contact, source, import_id, created_at, updated_at, company:companies!inner(id, name, domain)";

/** Most people a company's panel shows. */
export const COMPANY_CONTACTS_LIMIT = 100;

/** A contact with what research found (by field) and the columns of its import that have no field. */
export interface Contact extends ContactRow {
  research: ResearchedValues;
  custom: Record<string, unknown>;
}

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
    | "do_not_contact"
  >
>;

interface PageRequest {
  campaignId: string;
  filter: ContactFilter;
  sort: Sort;
  cursor: string | null;
  size: number;
  signal?: AbortSignal;
}

/** One page of a campaign's contacts; the first one carries the total. */
async function fetchContactPage({ campaignId, filter, sort, cursor, size, signal }: PageRequest) {
  const request = getSupabase().rpc("list_contacts", {
    campaign_id: campaignId,
    filter: { ...filter },
    sort: sort.by,
    direction: sort.direction,
    page_size: size,
    ...(cursor !== null && { cursor }),
  });
  return contactPage.parse(unwrap(await (signal ? request.abortSignal(signal) : request)));
}

/** The first `size` contacts of a list, with its total. */
export function fetchFirstContacts(campaignId: string, filter: ContactFilter, sort: Sort, size: number) {
  return fetchContactPage({ campaignId, filter, sort, cursor: null, size });
}

/** The contacts of a campaign that match, page by page. */
export function contactListOptions(campaignId: string, filter: ContactFilter, sort: Sort) {
  return listQueryOptions({
    queryKey: contactKeys.list(campaignId, filter, sort),
    fetchPage: (cursor, signal) =>
      fetchContactPage({
        campaignId,
        filter,
        sort,
        cursor,
        size: cursor === null ? FIRST_PAGE_SIZE : NEXT_PAGE_SIZE,
        signal,
      }),
  });
}

/** Rows of a list by id, at most 100; those that are gone are missing. */
export function contactRowsOptions(campaignId: string, ids: string[]) {
  return queryOptions({
    queryKey: contactKeys.rows(campaignId, ids),
    staleTime: 0,
    gcTime: 0,
    queryFn: async ({ signal }): Promise<ContactRow[]> =>
      unwrap(
        await getSupabase()
          .from("contacts")
          .select(LIST_COLUMNS)
          .eq("campaign_id", campaignId)
          .in("id", ids)
          .abortSignal(signal),
      ),
  });
}

/** One contact with everything known about it. */
export function contactOptions(campaignId: string, id: string) {
  return queryOptions({
    queryKey: contactKeys.detail(campaignId, id),
    queryFn: async ({ signal }): Promise<Contact> => {
      const row = unwrap(
        await getSupabase()
          .from("contacts")
          .select(`${LIST_COLUMNS}, research, custom`)
          .eq("campaign_id", campaignId)
          .eq("id", id)
          .abortSignal(signal)
          .single(),
      );
      return {
        ...row,
        research: researchedValues.parse(row.research),
        custom: customColumns.parse(row.custom),
      };
    },
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
export function useEditContact(campaignId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ contact, edit }: { contact: ContactRow; edit: ContactEdit }): Promise<ContactRow> =>
      unwrap(
        await getSupabase()
          .from("contacts")
          .update(edit)
          .eq("campaign_id", campaignId)
          .eq("id", contact.id)
          .select(LIST_COLUMNS)
          .single(),
      ),
    onMutate: async ({ contact, edit }) => {
      // An answer that is under way was read before the change.
      await queryClient.cancelQueries({ queryKey: contactKeys.detail(campaignId, contact.id) });
      patchContact(queryClient, campaignId, contact.id, edit);
    },
    onSuccess: (row, { edit }) => patchContact(queryClient, campaignId, row.id, editedFields(row, edit)),
    onError: (_error, { contact, edit }) => {
      patchContact(queryClient, campaignId, contact.id, editedFields(contact, edit));
    },
  });
}
