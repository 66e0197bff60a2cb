import { contactRow, NEXT_PAGE_SIZE } from "@contracts";
import { queryOptions } from "@tanstack/react-query";
import * as z from "zod/mini";
import { asResearched } from "@/components/record/researched";
import { unwrap } from "@/lib/errors";
import { rpc } from "@/lib/rpc";
import { getSupabase } from "@/lib/supabase";
import { contactKeys } from "./keys";
import { CONTACT_COLUMNS, type Contact } from "./queries";

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

/** One contact of an archived campaign with everything known about it. */
export function archivedContactOptions(campaignId: string, id: string) {
  return queryOptions({
    queryKey: contactKeys.archivedDetail(campaignId, id),
    gcTime: 0, // what is read now may be edited before it is read here again
    queryFn: async ({ signal }): Promise<Contact> => {
      const contact = unwrap(
        await getSupabase()
          .from("archived_contacts")
          .select(`${CONTACT_COLUMNS}, research`)
          .eq("campaign_id", campaignId)
          .eq("id", id)
          .abortSignal(signal)
          .single(),
      );
      const company = unwrap(
        await getSupabase()
          .from("archived_companies")
          .select("id, name, domain")
          .eq("id", contact.company_id)
          .abortSignal(signal)
          .single(),
      );
      return asResearched({ ...contact, company });
    },
  });
}
