/** The product's own queue under load: one campaign, one run of it, jobs claimed and completed by the functions that the dispatcher calls. */
import { type ClaimedBatch, jobsOf } from "../supabase/functions/_shared/engine/claimed-jobs.ts";
import { toStoredDeliveries } from "../supabase/functions/_shared/engine/queue.ts";
import { delivery } from "../tests/support/delivery.ts";
import type { BenchDatabase } from "./database.ts";
import type { Peer } from "./peer.ts";

const WORKSPACE = "00000000-0000-4000-8000-400000000001";
const CAMPAIGN = "00000000-0000-4000-8000-400000000002";
const INTEGRATION = "00000000-0000-4000-8000-400000000003";
const FINISHED_CAMPAIGN = "00000000-0000-4000-8000-400000000004";
/** How an integration is set up: jobs in a request, requests at once. */
interface Settings {
  name: string;
  batch: number;
  inFlight: number;
  /** Requests in one claim. */
  requests: number;
  /** Whether what was sent and answered is kept, as of a service, or not, as of websites. */
  keepsLog: boolean;
}

/** Large requests, and as many in one claim as the dispatcher sends at once to one integration. */
const FASTEST: Settings = { name: "Aim for Leads", batch: 100, inFlight: 200, requests: 40, keepsLog: false };
/** What a new integration has; each worker claims its part of the requests at once. */
export const AS_SET_UP: Settings = {
  name: "Aim for Leads as set up first",
  batch: 10,
  inFlight: 20,
  requests: 7,
  keepsLog: true,
};
const WORKERS = 3;
/** What a job with nothing to say answers. */
const NOTHING = { fields: {} };

interface Claimed {
  batches: ClaimedBatch[];
}

/** A workspace with a campaign of so many companies, and an integration. */
export async function prepareProduct({ sql }: BenchDatabase, companies: number): Promise<void> {
  await sql`insert into public.workspaces (id, name) values (${WORKSPACE}, 'Bench')`;
  await sql`insert into public.campaigns (id, workspace_id, name) values (${CAMPAIGN}, ${WORKSPACE}, 'Bench')`;
  await sql`
    insert into public.integrations (id, workspace_id, kind, name, url, batch_size, max_in_flight)
    values (${INTEGRATION}, ${WORKSPACE}, 'webhook', 'Bench', 'https://receiver.example/', ${FASTEST.batch}, ${FASTEST.inFlight})`;
  await addCompanies(sql, CAMPAIGN, companies, "researching");
  await sql`vacuum analyze public.companies`;
}

async function addCompanies(sql: BenchDatabase["sql"], campaign: string, companies: number, status: string) {
  await sql`
    insert into public.companies (workspace_id, campaign_id, name, domain, dedupe_key, research_status)
    select ${WORKSPACE}, ${campaign}, 'Company ' || n, 'company' || n || '.example', 'd:company' || n || '.example', ${status}
    from generate_series(1, ${companies}::int) as n`;
}

/**
 * Empty jobs of one run: each of a stage whose company is also at another one, as most jobs of a campaign are, so that what is measured is the
 * queue. (The company's own row is written once, when its last job ends.)
 */
export function productQueue({ sql }: BenchDatabase, settings = FASTEST): Peer {
  const left = { jobs: 0 };
  const claim = oneAtATime(async (): Promise<Claimed | null> => {
    if (left.jobs <= 0) return null;
    const [row] = await sql<
      { claim: Claimed | null }[]
    >`select private.claim_jobs(false, ${settings.requests}, 60) as claim`;
    left.jobs -=
      row?.claim?.batches.reduce((sum, { companies }) => sum + (companies?.id.length ?? 0), 0) ?? 0;
    return row?.claim ?? null;
  });
  const work = async () => {
    for (;;) {
      const claimed = await claim();
      if (!claimed) return;
      const outcomes = claimed.batches.flatMap((batch) =>
        jobsOf(batch).map((job) => ({ job_id: job.id, kind: "done", result: NOTHING })),
      );
      const answered = claimed.batches.map(({ id }) => id);
      const log = settings.keepsLog ? logOf(answered) : [];
      await Promise.all([
        sql`select private.complete_jobs(${JSON.stringify(outcomes)}::text::jsonb, ${answered}::uuid[], ${JSON.stringify(log)}::text::jsonb)`,
        settings.keepsLog && sql`select private.end_requests(${answered}::uuid[])`,
      ]);
    }
  };
  return {
    name: settings.name,
    version: "this one",
    async fill(jobs) {
      await sql`delete from public.research_runs where campaign_id = ${CAMPAIGN}`;
      await sql`update public.integrations set batch_size = ${settings.batch}, max_in_flight = ${settings.inFlight} where id = ${INTEGRATION}`;
      await startRun(sql, jobs);
    },
    async drain(jobs) {
      left.jobs = jobs;
      await Promise.all(Array.from({ length: WORKERS }, work));
    },
    async close() {},
  };
}

/** One request of each batch, as it is kept. */
function logOf(batchIds: readonly string[]) {
  return batchIds.flatMap((batchId) =>
    toStoredDeliveries({ batchId, integrationId: INTEGRATION, deliveries: [delivery] }),
  );
}

/** A run with so many jobs ready, and as many that are not. */
export async function startRun(sql: BenchDatabase["sql"], jobs: number): Promise<void> {
  const lanes = sql`private.choose_lanes(${WORKSPACE}, '{financials,contacts}', jsonb_build_object('financials', ${INTEGRATION}::text, 'contacts', ${INTEGRATION}::text))`;
  const [run] = await sql`
    insert into public.research_runs (workspace_id, campaign_id, stages, lanes, is_fed) values (${WORKSPACE}, ${CAMPAIGN}, '{financials,contacts}', ${lanes}, true)
    returning id`;
  await sql`select private.open_lanes(${run?.id})`;
  await sql`update public.lanes set limit_now = (select i.max_in_flight from public.integrations i where i.id = ${INTEGRATION}) where workspace_id = ${WORKSPACE}`;
  await sql`
    with jobs as (
      insert into public.research_jobs (workspace_id, run_id, campaign_id, company_id, stage, run_after)
      select c.workspace_id, ${run?.id}, c.campaign_id, c.id, s.stage, case when s.stage = 'contacts' then now() + interval '1 day' else now() end
      from (select * from public.companies where campaign_id = ${CAMPAIGN} limit ${jobs}::int) as c cross join unnest('{financials,contacts}'::public.research_stage[]) as s (stage)
      returning id
    )
    select private.enqueue_jobs(array(select id from jobs))`;
}

/** No run is under way any more; its jobs stay. */
export async function endRuns(sql: BenchDatabase["sql"]): Promise<void> {
  await sql`update public.research_runs set status = 'completed', finished_at = now() where campaign_id = ${CAMPAIGN} and status = 'running'`;
}

/** Another campaign with a run whose jobs, so many, are finished. */
export async function addFinished({ sql }: BenchDatabase, jobs: number): Promise<void> {
  await sql`insert into public.campaigns (id, workspace_id, name) values (${FINISHED_CAMPAIGN}, ${WORKSPACE}, 'Finished')`;
  await addCompanies(sql, FINISHED_CAMPAIGN, jobs / 2, "completed");
  const [run] = await sql`
    insert into public.research_runs (workspace_id, campaign_id, stages, is_fed, status, finished_at)
    values (${WORKSPACE}, ${FINISHED_CAMPAIGN}, '{financials,contacts}', true, 'completed', now()) returning id`;
  await sql`
    insert into public.research_jobs (workspace_id, run_id, campaign_id, company_id, stage, status, attempt, has_result, started_at, finished_at)
    select c.workspace_id, ${run?.id}, c.campaign_id, c.id, s.stage, 'completed', 1, true, now(), now()
    from public.companies c cross join unnest('{financials,contacts}'::public.research_stage[]) as s (stage) where c.campaign_id = ${FINISHED_CAMPAIGN}`;
}

/** Calls to the function wait for each other: a lane is claimed by one at a time. */
function oneAtATime<T>(work: () => Promise<T>): () => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  };
}
