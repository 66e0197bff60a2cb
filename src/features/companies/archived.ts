import { companyRow, NEXT_PAGE_SIZE } from "@contracts";
import { queryOptions } from "@tanstack/react-query";
import * as z from "zod/mini";
import { asResearched } from "@/components/record/researched";
import { unwrap } from "@/lib/errors";
import { rpc } from "@/lib/rpc";
import { getSupabase } from "@/lib/supabase";
import { companyKeys } from "./keys";
import { COMPANY_COLUMNS, type Company } from "./queries";

const companyRows = z.array(companyRow);

/** A page of the companies of an archived campaign, newest first. */
export async function readArchivedCompanies(campaignId: string, cursor: string | null, signal: AbortSignal) {
  const page = await rpc(
    "list_archived",
    {
      campaign_id: campaignId,
      list: "companies",
      page_size: NEXT_PAGE_SIZE,
      ...(cursor !== null && { cursor }),
    },
    signal,
  );
  return { ...page, rows: companyRows.parse(page.rows) };
}

/** One company of an archived campaign with everything known about it. */
export function archivedCompanyOptions(campaignId: string, id: string) {
  return queryOptions({
    queryKey: companyKeys.archivedDetail(campaignId, id),
    gcTime: 0, // what is read now may be edited before it is read here again
    queryFn: async ({ signal }): Promise<Company> =>
      asResearched(
        unwrap(
          await getSupabase()
            .from("archived_companies")
            .select(`${COMPANY_COLUMNS}, research`)
            .eq("campaign_id", campaignId)
            .eq("id", id)
            .abortSignal(signal)
            .single(),
        ),
      ),
  });
}
