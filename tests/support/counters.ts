import type { Sql } from "./database.ts";

/** The ids of active campaigns, of their companies and of their runs with a counter that differs from a plain recount. */
export async function driftOf(sql: Sql): Promise<string[]> {
  const rows = await sql`
    select c.id from public.campaigns c
    where c.state = 'active' and (company_count, contact_count, researched_count, failed_count) is distinct from (
      (select count(*)::int from public.companies x where x.campaign_id = c.id), (select count(*)::int from public.contacts x where x.campaign_id = c.id),
      (select count(*)::int from public.companies x where x.campaign_id = c.id and x.research_status = 'completed'),
      (select count(*)::int from public.companies x where x.campaign_id = c.id and x.research_status = 'failed'))
    union all
    select o.id from public.companies o where (contact_count, portfolio_count) is distinct from (
      (select count(*)::int from public.contacts x where x.company_id = o.id), (select count(*)::int from public.portfolio_companies x where x.company_id = o.id))
    union all
    select r.id from public.research_runs r, unnest(enum_range(null::public.research_stage)) as stage, unnest(enum_range(null::public.job_status)) as status
    where coalesce((select sum(k.jobs) from public.research_run_counters k where k.run_id = r.id and k.stage = stage.stage and k.status = status.status), 0)
      <> (select count(*) from public.research_jobs j where j.run_id = r.id and j.stage = stage.stage and j.status = status.status)`;
  return rows.map((row) => row.id);
}
