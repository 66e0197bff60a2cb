import type { ClaimedBatch } from "../../supabase/functions/_shared/engine/claimed-jobs.ts";
import { type Batch, batchesOf, claimJobs, researchBench } from "./research.ts";

interface IntegrationSettings {
  batch_size?: number;
  max_in_flight?: number;
  requests_per_second?: number;
  burst?: number;
  cost_per_job?: number;
  deadline_seconds?: number;
  cache_days?: number;
}

/** What the SQL functions take and give is JSON. */
export const json = (value: unknown) => JSON.stringify(value);

/** The same of each job of batches, as complete_jobs takes it. */
export const outcomes = (batches: readonly Batch[], kind: string, details: object = {}) =>
  batches.flatMap(({ id, jobs }) => jobs.map((job) => ({ job_id: job.id, batch_id: id, kind, ...details })));

/** A research bench whose jobs are done by integrations. */
export function lanesBench() {
  const bench = researchBench();

  async function addIntegration(settings: IntegrationSettings = {}): Promise<string> {
    const row = {
      workspace_id: bench.ann.workspaceId,
      kind: "webhook",
      name: "Ours",
      url: "https://a.example/",
      ...settings,
    };
    const [made] = await bench.sql<
      { id: string }[]
    >`insert into public.integrations ${bench.sql(row)} returning id`;
    if (!made) throw new Error("no integration was made");
    return made.id;
  }

  /** So many contacts, "Person 1", …, of one company of the campaign, "Company 1", which is made for them. */
  async function addContacts(count: number): Promise<void> {
    await bench.addCompanies(1);
    await bench.sql`
      insert into public.contacts (workspace_id, campaign_id, company_id, name, dedupe_key, created_at)
      select c.workspace_id, c.campaign_id, c.id, 'Person ' || n, 'n:person ' || n, now() + n * interval '1 microsecond'
      from public.companies c, generate_series(1, ${count}::int) as n where c.campaign_id = ${bench.campaign}`;
  }

  /** Contacts of the campaign with these names are not to be contacted from now on. */
  const bar = (...names: string[]) =>
    bench.sql`update public.contacts set do_not_contact = true where campaign_id = ${bench.campaign} and name = any (${names})`;

  /** Research of so many new companies by an integration; its lane lets out as much as the integration allows. Gives the run. */
  async function research(integration: string, companies: number, options: object = {}): Promise<string> {
    await bench.addCompanies(companies);
    const [row] = await bench.current.as(bench.ann, (sql) => {
      const given = { providers: { company: integration }, ...options };
      return sql`select public.start_research(${bench.campaign}, '{company}', '{}', ${json(given)}::text::jsonb) as progress`;
    });
    await bench.sql`update public.lanes set limit_now = 200 where integration_id = ${integration}`;
    return row?.progress.run.id;
  }

  /** Batches for up to `most` requests of one lane. */
  const claim = (most = 10) => claimJobs(bench.sql, most, false);

  /** One claim as the dispatcher makes it, what is known done: the batches to be sent, and how many were known. */
  async function serve(most = 10, isWeb = false): Promise<{ batches: Batch[]; known: number }> {
    const [row] = await bench.sql<{ claim: { batches: ClaimedBatch[]; known: number[] } | null }[]>`
      select private.claim_jobs(${isWeb}, ${most}, 60) as claim`;
    const batches = batchesOf(row?.claim?.batches);
    const known = row?.claim?.known ?? [];
    const [done] = await bench.sql<{ n: number }[]>`select private.complete_known(${known}::bigint[]) as n`;
    return { batches, known: done?.n ?? 0 };
  }

  /** Research of so many companies in another campaign of the same workspace, named as those before. */
  async function researchElsewhere(
    integration: string,
    companies: number,
    options: object = {},
  ): Promise<string> {
    bench.campaign = await bench.current.makeCampaign(bench.ann, "Another");
    return research(integration, companies, options);
  }

  /** Enrichment of Jane Doe at the first company of another campaign of the same workspace; the run. */
  async function enrichElsewhere(integration: string): Promise<string> {
    bench.campaign = await bench.current.makeCampaign(bench.ann, "People");
    await bench.addCompanies(1);
    await bench.sql`
      insert into public.contacts (workspace_id, campaign_id, company_id, name, dedupe_key)
      select workspace_id, campaign_id, id, 'Jane Doe', 'n:jane doe' from public.companies where campaign_id = ${bench.campaign}`;
    const options = { providers: { enrich: integration } };
    const [row] = await bench.current.as(
      bench.ann,
      (sql) =>
        sql`select public.start_research(${bench.campaign}, '{enrich}', '{}', ${json(options)}::text::jsonb) as progress`,
    );
    return row?.progress.run.id;
  }

  /** The request of these batches is over, with this to say of each job. */
  async function answer(batches: readonly Batch[], kind: string, details: object = {}) {
    const ids = batches.map(({ id }) => id);
    const [row] = await bench.sql`
      select private.complete_jobs(${json(outcomes(batches, kind, details))}::text::jsonb, ${ids}::uuid[]) as counts`;
    return row?.counts;
  }

  /** Has all that is queued, and is fed meanwhile, done by integrations that find nothing. */
  async function finish(): Promise<void> {
    await bench.sql`update public.lanes set limit_now = 200`;
    for (let batches = await claim(50); batches.length > 0; batches = await claim(50)) {
      await answer(batches, "done", { result: {} });
      await bench.sql`select private.feed_runs()`;
      await bench.sql`update private.lane_runs set looked_at = now() - interval '2 seconds'`;
    }
  }

  /** How many jobs of the run are in each status. */
  async function countOf(run: string): Promise<Record<string, number>> {
    const rows = await bench.sql`
      select status::text, count(*)::int as n from public.research_jobs where run_id = ${run} group by 1 order by 1`;
    return Object.fromEntries(rows.map((row) => [row.status, row.n]));
  }

  return {
    bench,
    addIntegration,
    addContacts,
    bar,
    research,
    researchElsewhere,
    enrichElsewhere,
    claim,
    serve,
    answer,
    finish,
    countOf,
  };
}
