import fc from "fast-check";
import postgres from "postgres";
import type { Sql } from "./database.ts";

const STATUSES = ["new", "queued", "researching", "completed", "failed"];

/** What changes counted rows. Each is one transaction of somebody's, in the lock order of docs/architecture.md. */
const statements = {
  "add companies": ({ sql, workspaceId, campaign, keys, status }) =>
    // Rows that nobody else adds may come without holding the campaign.
    unlessGone(
      sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key, research_status)
        select ${workspaceId}, ${campaign}, key, key || '-' || gen_random_uuid(), ${status} from unnest(${keys}::text[]) as key`,
    ),
  "add companies to both": ({ sql, workspaceId, campaigns, keys, status }) =>
    locked(
      sql,
      campaigns,
      (one) => one`
        insert into public.companies (workspace_id, campaign_id, name, dedupe_key, research_status)
        select ${workspaceId}, campaign, key, key, ${status} from unnest(${keys}::text[]) as key, unnest(${campaigns}::uuid[]) as campaign
        on conflict do nothing`,
    ),
  "add or update companies": ({ sql, workspaceId, campaign, keys, status }) =>
    locked(
      sql,
      [campaign],
      (one) => one`
      insert into public.companies as c (workspace_id, campaign_id, name, dedupe_key, research_status)
      select ${workspaceId}, ${campaign}, key, key, ${status} from unnest(${keys}::text[]) as key
      on conflict (campaign_id, dedupe_key) do update set research_status = excluded.research_status`,
    ),
  "remove companies": ({ sql, campaign, keys }) =>
    locked(
      sql,
      [campaign],
      (one) => one`
      delete from public.companies where campaign_id = ${campaign} and split_part(dedupe_key, '-', 1) = any (${keys})`,
    ),
  "set status": ({ sql, campaign, keys, status }) =>
    locked(
      sql,
      [campaign],
      (one) => one`
      update public.companies set research_status = ${status} where campaign_id = ${campaign} and split_part(dedupe_key, '-', 1) = any (${keys})`,
    ),
  "move companies": ({ sql, workspaceId, campaign, campaigns, keys }) =>
    locked(
      sql,
      campaigns,
      (one) => one`
      with moved as (
        update public.companies c set campaign_id = t.id from unnest(${campaigns}::uuid[]) as t (id)
        where c.campaign_id = ${campaign} and c.workspace_id = ${workspaceId} and t.id <> c.campaign_id and split_part(c.dedupe_key, '-', 1) = any (${keys})
          and not exists (select from public.companies x where x.campaign_id = t.id and x.dedupe_key = c.dedupe_key)
        returning c.id, c.campaign_id
      ),
      people as (update public.contacts p set campaign_id = m.campaign_id from moved m where p.company_id = m.id),
      jobs as (update public.research_jobs j set campaign_id = m.campaign_id from moved m where j.company_id = m.id)
      update public.portfolio_companies q set campaign_id = m.campaign_id from moved m where q.company_id = m.id`,
    ),
  "add contacts": ({ sql, campaign, keys, from }) =>
    locked(
      sql,
      [campaign],
      (one) => one`
      insert into public.contacts (workspace_id, campaign_id, company_id, name, dedupe_key)
      select workspace_id, campaign_id, id, 'P', 'p' || ${from}::text from public.companies where campaign_id = ${campaign} and split_part(dedupe_key, '-', 1) = any (${keys})
      on conflict do nothing`,
    ),
  "remove contacts": ({ sql, campaign, from }) =>
    locked(
      sql,
      [campaign],
      (one) => one`
      delete from public.contacts where campaign_id = ${campaign} and dedupe_key = 'p' || ${from}::text`,
    ),
  "move contacts": ({ sql, campaign, keys, from }) =>
    locked(
      sql,
      [campaign],
      (one) => one`
      update public.contacts p set company_id = o.id, dedupe_key = p.dedupe_key || '-' || p.id
      from (select id from public.companies where campaign_id = ${campaign} and split_part(dedupe_key, '-', 1) = any (${keys}) order by id limit 1) as o
      where p.campaign_id = ${campaign} and p.dedupe_key = 'p' || ${from}::text`,
    ),
  "rename contacts": ({ sql, campaign, keys }) =>
    locked(
      sql,
      [campaign],
      (one) => one`
      update public.contacts p set name = 'R' from public.companies o
      where p.campaign_id = ${campaign} and o.id = p.company_id and split_part(o.dedupe_key, '-', 1) = any (${keys})`,
    ),
  "add investments": ({ sql, campaign, keys, from }) =>
    locked(
      sql,
      [campaign],
      (one) => one`
      insert into public.portfolio_companies (workspace_id, campaign_id, company_id, name, dedupe_key)
      select workspace_id, campaign_id, id, 'Q', 'q' || ${from}::text from public.companies where campaign_id = ${campaign} and split_part(dedupe_key, '-', 1) = any (${keys})
      order by id on conflict do nothing`,
    ),
  "remove investments": ({ sql, campaign, from }) =>
    locked(
      sql,
      [campaign],
      (one) => one`
      delete from public.portfolio_companies where campaign_id = ${campaign} and dedupe_key = 'q' || ${from}::text`,
    ),
  "queue jobs": ({ sql, workspaceId, campaign, keys }) =>
    locked(sql, [campaign], async (one) => {
      await one`
        with run as (
          insert into public.research_runs (workspace_id, campaign_id, stages, lanes)
          select ${workspaceId}, ${campaign}, '{company}', private.choose_lanes(${workspaceId}, '{company}', '{}')
          where not exists (select from public.research_runs r where r.campaign_id = ${campaign} and r.status = 'running') returning *
        )
        insert into private.lane_runs (lane_id, run_id) select (lanes ->> 'company')::uuid, id from run`;
      await one`
        with jobs as (
          insert into public.research_jobs (workspace_id, run_id, campaign_id, company_id, stage)
          select o.workspace_id, r.id, o.campaign_id, o.id, 'company' from public.companies o
          join public.research_runs r on r.campaign_id = o.campaign_id and r.status = 'running'
          where o.campaign_id = ${campaign} and split_part(o.dedupe_key, '-', 1) = any (${keys}) order by o.id
          on conflict on constraint research_jobs_workspace_id_run_id_stage_company_id_key do nothing returning id
        )
        select private.enqueue_jobs(array(select id from jobs))`;
    }),
  "claim jobs": ({ sql, count }) => sql`select private.claim_jobs(true, ${count}, 60)`,
  "remove jobs": ({ sql, campaign, count }) =>
    locked(
      sql,
      [campaign],
      (one) => one`
      delete from public.research_jobs where id in (
        select id from public.research_jobs where campaign_id = ${campaign} order by id limit ${count} for update)`,
    ),
  "replace campaign": ({ sql, workspaceId, campaign }) =>
    sql.begin(async (one) => {
      await one`select from public.campaigns where id = ${campaign} for update`;
      await one`delete from public.campaigns where id = ${campaign}`;
      await one`insert into public.campaigns (id, workspace_id, name) values (${campaign}, ${workspaceId}, 'Again') on conflict do nothing`;
    }),
  recount: ({ sql }) => sql`select * from private.recount()`,
} satisfies Record<string, (context: Context) => Promise<unknown>>;

interface Context {
  sql: Sql;
  workspaceId: string;
  /** Both campaigns, in id order. */
  campaigns: string[];
  campaign: string;
  keys: string[];
  from: number;
  count: number;
  status: string;
}

export interface Operation {
  kind: keyof typeof statements;
  /** Which of the two campaigns. */
  campaign: number;
  /** The first of `count` companies, by number. */
  from: number;
  count: number;
  status: string;
}

export const operation: fc.Arbitrary<Operation> = fc.record({
  kind: fc.constantFrom(...(Object.keys(statements) as Operation["kind"][])), // the keys of `statements` are its kinds
  campaign: fc.nat(1),
  from: fc.nat(30),
  count: fc.integer({ min: 1, max: 12 }),
  status: fc.constantFrom(...STATUSES),
});

export async function run(
  sql: Sql,
  workspaceId: string,
  campaigns: string[],
  { kind, campaign, from, count, status }: Operation,
): Promise<void> {
  const keys = Array.from({ length: count }, (_, index) => `k${from + index}`);
  const chosen = campaigns[campaign] ?? "";
  await statements[kind]({ sql, workspaceId, campaigns, campaign: chosen, keys, from, count, status });
}

export const TRUNCATED = ["companies", "contacts", "portfolio_companies", "research_jobs"] as const;

/** Truncating locks whole tables: it wants nobody else there. */
export async function truncate(sql: Sql, table: (typeof TRUNCATED)[number]): Promise<void> {
  await sql.unsafe(`truncate public.${table} cascade`);
}

/** Runs `work` while holding the campaigns, unless one of them was deleted meanwhile. */
function locked(
  sql: Sql,
  campaigns: string[],
  work: (one: postgres.TransactionSql) => Promise<unknown>,
): Promise<unknown> {
  return sql.begin(async (one) => {
    const held =
      await one`select from public.campaigns where id = any (${campaigns}::uuid[]) order by id for no key update`;
    if (held.length === campaigns.length) await work(one);
  });
}

/** Rows for a campaign that somebody deletes at the same moment are refused. */
async function unlessGone(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof postgres.PostgresError && error.code === "23503")) throw error;
  }
}
