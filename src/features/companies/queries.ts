import {
  type CompanyFilter,
  type CompanyRow,
  companyPage,
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
import { patchCompany } from "./cache";
import { companyKeys } from "./keys";

const LIST_COLUMNS =
  "id, workspace_id, campaign_id, name, domain, website, description, industry, country, address, phone, email, linkedin_url, employees, owner_id, tags, research_status, contact_count, portfolio_count, import_id, created_at, updated_at, researched_at";

/** Most investments a company's panel shows. */
export const PORTFOLIO_LIMIT = 200;

/** A company with what research found (by field) and the columns of its import that have no field. */
export interface Company extends CompanyRow {
  research: ResearchedValues;
  custom: Record<string, unknown>;
}

/** What people may change of a company. */
export type CompanyEdit = Partial<
  Pick<
    CompanyRow,
    | "name"
    | "website"
    | "description"
    | "industry"
    | "country"
    | "address"
    | "phone"
    | "email"
    | "linkedin_url"
    | "employees"
    | "tags"
  >
>;

interface PageRequest {
  campaignId: string;
  filter: CompanyFilter;
  sort: Sort;
  cursor: string | null;
  size: number;
  signal?: AbortSignal;
}

/** One page of a campaign's companies; the first one carries the total. */
async function fetchCompanyPage({ campaignId, filter, sort, cursor, size, signal }: PageRequest) {
  const request = getSupabase().rpc("list_companies", {
    campaign_id: campaignId,
    filter: { ...filter },
    sort: sort.by,
    direction: sort.direction,
    page_size: size,
    ...(cursor !== null && { cursor }),
  });
  return companyPage.parse(unwrap(await (signal ? request.abortSignal(signal) : request)));
}

/** The first `size` companies of a list, with its total. */
export function fetchFirstCompanies(campaignId: string, filter: CompanyFilter, sort: Sort, size: number) {
  return fetchCompanyPage({ campaignId, filter, sort, cursor: null, size });
}

/** The companies of a campaign that match, page by page. */
export function companyListOptions(campaignId: string, filter: CompanyFilter, sort: Sort) {
  return listQueryOptions({
    queryKey: companyKeys.list(campaignId, filter, sort),
    fetchPage: (cursor, signal) =>
      fetchCompanyPage({
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
export function companyRowsOptions(campaignId: string, ids: string[]) {
  return queryOptions({
    queryKey: companyKeys.rows(campaignId, ids),
    staleTime: 0,
    gcTime: 0,
    queryFn: async ({ signal }): Promise<CompanyRow[]> =>
      unwrap(
        await getSupabase()
          .from("companies")
          .select(LIST_COLUMNS)
          .eq("campaign_id", campaignId)
          .in("id", ids)
          .abortSignal(signal),
      ),
  });
}

/** One company with everything known about it. */
export function companyOptions(campaignId: string, id: string) {
  return queryOptions({
    queryKey: companyKeys.detail(campaignId, id),
    queryFn: async ({ signal }): Promise<Company> => {
      const row = unwrap(
        await getSupabase()
          .from("companies")
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

/** The investments of a company by name, at most PORTFOLIO_LIMIT. */
export function portfolioOptions(campaignId: string, companyId: string) {
  return queryOptions({
    queryKey: companyKeys.portfolio(campaignId, companyId),
    queryFn: async ({ signal }) =>
      unwrap(
        await getSupabase()
          .from("portfolio_companies")
          .select("id, name, domain, invested_on, round, source")
          .eq("campaign_id", campaignId)
          .eq("company_id", companyId)
          .order("name")
          .order("id")
          .limit(PORTFOLIO_LIMIT)
          .abortSignal(signal),
      ),
  });
}

/** The company's research jobs, newest first; those of earlier runs follow. */
export function companyJobsOptions(campaignId: string, companyId: string) {
  return queryOptions({
    queryKey: companyKeys.jobs(campaignId, companyId),
    queryFn: async ({ signal }) =>
      unwrap(
        await getSupabase()
          .from("research_jobs")
          .select("id, stage, provider, status, attempt, error_message, created_at, finished_at")
          .eq("campaign_id", campaignId)
          .eq("company_id", companyId)
          .order("id", { ascending: false })
          .limit(20)
          .abortSignal(signal),
      ),
  });
}

/** Changes a company; shown at once everywhere, taken back if it fails. */
export function useEditCompany(campaignId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ company, edit }: { company: CompanyRow; edit: CompanyEdit }): Promise<CompanyRow> =>
      unwrap(
        await getSupabase()
          .from("companies")
          .update(edit)
          .eq("campaign_id", campaignId)
          .eq("id", company.id)
          .select(LIST_COLUMNS)
          .single(),
      ),
    onMutate: async ({ company, edit }) => {
      // An answer that is under way was read before the change.
      await queryClient.cancelQueries({ queryKey: companyKeys.detail(campaignId, company.id) });
      patchCompany(queryClient, campaignId, company.id, edit);
    },
    onSuccess: (row, { edit }) => patchCompany(queryClient, campaignId, row.id, editedFields(row, edit)),
    onError: (_error, { company, edit }) => {
      patchCompany(queryClient, campaignId, company.id, editedFields(company, edit));
    },
  });
}
