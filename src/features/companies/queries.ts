import { COMPANY_SORTS, type CompanyFilter, type CompanyRow } from "@contracts";
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
import { companyLabels } from "./fields";
import { companyKeys } from "./keys";
import { domainsOf } from "./websites";

/** A company's columns as lists show them. */
export const COMPANY_COLUMNS =
  "id, workspace_id, campaign_id, name, domain, website, description, industry, country, address, phone, email, linkedin_url, employees, owner_id, tags, research_status, contact_count, portfolio_count, import_id, custom, created_at, updated_at, researched_at";

/** Most investments a company's panel shows. */
export const PORTFOLIO_LIMIT = 200;

/** Most campaigns that a company's panel names. */
export const ELSEWHERE_LIMIT = 50;

/** Most companies of the same website that a company's panel names. */
const TWINS_LIMIT = 20;

/** A company with everything known about it. */
export type Company = Researched<CompanyRow>;

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
    | "owner_id"
  >
>;

const sorts = [...COMPANY_SORTS, RELEVANCE] as const;
const is = (sort: string) => (known: string) => known === sort;

/** The lists of companies. */
export const companies = recordList<CompanyRow, CompanyFilter>({
  table: "companies",
  keys: companyKeys,
  readPage: ({ sort, ...request }, signal) =>
    rpc("list_companies", { ...request, sort: sorts.find(is(sort)) }, signal),
  readTotal: (scope, filter, signal) => rpc("list_total", { list: "companies", ...scope, filter }, signal),
  readPlace: async ({ sort, ...request }, row, signal) =>
    (
      await rpc(
        "list_place",
        { list: "companies", ...request, sort: COMPANY_SORTS.find(is(sort)), row },
        signal,
      )
    ).cursor,
  readRows: async (scope, ids, signal) =>
    unwrap(
      await getSupabase()
        .from("companies")
        .select(COMPANY_COLUMNS)
        .match(scope)
        .in("id", ids)
        .abortSignal(signal),
    ).map(withCustom),
  campaignOf: (row) => row.campaign_id,
});

/** One company with everything known about it. */
export function companyOptions(campaignId: string, id: string) {
  return queryOptions({
    queryKey: companyKeys.detail(campaignId, id),
    queryFn: async ({ signal }): Promise<Company> =>
      asResearched(
        unwrap(
          await getSupabase()
            .from("companies")
            .select(`${COMPANY_COLUMNS}, research`)
            .eq("campaign_id", campaignId)
            .eq("id", id)
            .abortSignal(signal)
            .single(),
        ),
      ),
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

/**
 * The same company in other active campaigns of its workspace, those of the newest campaigns first, at most ELSEWHERE_LIMIT: of the same
 * domain, else of the same name. Each campaign is looked into by its unique index of such keys, so that imports pay for no index of the workspace's.
 */
export function elsewhereOptions({ workspace_id, campaign_id, id }: Company) {
  return queryOptions({
    queryKey: companyKeys.elsewhere(campaign_id, id),
    // Changes in other campaigns are not told here; whoever opens the panel asks anew.
    staleTime: 0,
    queryFn: async ({ signal }) => {
      const { dedupe_key } = unwrap(
        await getSupabase()
          .from("companies")
          .select("dedupe_key")
          .eq("campaign_id", campaign_id)
          .eq("id", id)
          .abortSignal(signal)
          .single(),
      );
      const campaigns = unwrap(
        await getSupabase()
          .from("campaigns")
          .select("id, name, companies!inner(id, name, research_status, researched_at)")
          .eq("workspace_id", workspace_id)
          .eq("state", "active")
          .neq("id", campaign_id)
          .eq("companies.dedupe_key", dedupe_key)
          .order("created_at", { ascending: false })
          .limit(ELSEWHERE_LIMIT)
          .abortSignal(signal),
      );
      return campaigns.flatMap(({ companies, ...campaign }) =>
        companies.map((company) => ({ ...company, campaign })),
      );
    },
  });
}

/** Other companies of the campaign with one of a company's domains, the first TWINS_LIMIT by name. */
export function twinsOptions(company: Company) {
  const { campaign_id, id } = company;
  const domains = domainsOf(company);
  return queryOptions({
    queryKey: companyKeys.twins(campaign_id, id, domains),
    enabled: domains.length > 0,
    // Changes of other companies are not told here; whoever opens the panel asks anew.
    staleTime: 0,
    queryFn: async ({ signal }) =>
      unwrap(
        await getSupabase()
          .from("companies")
          .select("id, name, research_status")
          .eq("campaign_id", campaign_id)
          .in("domain", domains)
          .neq("id", id)
          .order("name")
          .limit(TWINS_LIMIT)
          .abortSignal(signal),
      ),
  });
}

/** The company's research jobs, newest first; those of earlier runs follow. */
export function companyJobsOptions(campaignId: string, companyId: string) {
  return queryOptions({
    queryKey: companyKeys.jobs(campaignId, companyId),
    queryFn: ({ signal }) => readJobs({ campaign_id: campaignId, company_id: companyId }, signal),
  });
}

/** Changes a company; shown at once everywhere, taken back and told if it fails. */
export function useEditCompany() {
  return useEditRecord(companies, companyLabels, (shown, edit: CompanyEdit) => {
    const { id, campaign_id } = shown;
    const rows = () => getSupabase().from("companies");
    return saveEdit(shown, edit, {
      read: async () => unwrap(await rows().select("tags, updated_at").match({ campaign_id, id }).single()),
      write: async (change, since) => {
        const changed = rows()
          .update(change)
          .match({ campaign_id, id, ...(since && { updated_at: since }) });
        const row = unwrap(await changed.select(COMPANY_COLUMNS).maybeSingle());
        return row && withCustom(row);
      },
    });
  });
}
