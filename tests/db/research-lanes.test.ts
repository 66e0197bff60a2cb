import { describe, expect, test } from "vitest";
import { type Batch, claimJobs, researchBench } from "../support/research.ts";

const bench = researchBench();

/** What the SQL functions take and give is JSON. */
const json = (value: unknown) => JSON.stringify(value);

interface Integration {
  id: string;
  batch_size?: number;
  max_in_flight?: number;
  requests_per_second?: number;
  burst?: number;
  cost_per_job?: number;
  deadline_seconds?: number;
}

async function addIntegration(settings: Omit<Integration, "id"> = {}): Promise<string> {
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

/** Research of so many new companies by an integration; its lane lets out as much as the integration allows. */
async function research(integration: string, companies: number, options: object = {}): Promise<string> {
  await bench.addCompanies(companies);
  const [row] = await bench.current.as(bench.ann, (sql) => {
    const given = { providers: { company: integration }, ...options };
    return sql`select public.start_research(${bench.campaign}, '{company}', '{}', ${json(given)}::text::jsonb) as progress`;
  });
  await bench.sql`update public.lanes set limit_now = 200 where integration_id = ${integration}`;
  return row?.progress.run.id;
}

const claim = (most = 10) => claimJobs(bench.sql, most, false);
const sizes = (batches: readonly Batch[]) => batches.map(({ jobs }) => jobs.length);
const outcomes = (batches: readonly Batch[], kind: string, details: object = {}) =>
  batches.flatMap(({ id, jobs }) => jobs.map((job) => ({ job_id: job.id, batch_id: id, kind, ...details })));

/** The request of these batches is over, with this to say of each job. */
async function answer(batches: readonly Batch[], kind: string, details: object = {}) {
  const ids = batches.map(({ id }) => id);
  const [row] = await bench.sql`
    select private.complete_jobs(${json(outcomes(batches, kind, details))}::text::jsonb, ${ids}::uuid[]) as counts`;
  return row?.counts;
}

async function countOf(run: string): Promise<Record<string, number>> {
  const rows = await bench.sql`
    select status::text, count(*)::int as n from public.research_jobs where run_id = ${run} group by 1 order by 1`;
  return Object.fromEntries(rows.map((row) => [row.status, row.n]));
}

describe("a lane of an integration", () => {
  test("sends batches of the size it is set to, and no more requests at once than it allows", async () => {
    const run = await research(await addIntegration({ batch_size: 10, max_in_flight: 3 }), 45);
    const first = await claim();
    expect(sizes(first)).toEqual([10, 10, 10]);
    expect(await claim()).toEqual([]);
    expect(await answer(first.slice(0, 1), "done", { result: {} })).toMatchObject({ completed: 10 });
    expect(sizes(await claim())).toEqual([10]);
    expect(await countOf(run)).toEqual({ completed: 10, processing: 30, queued: 5 });
  });

  test("starts carefully, and goes as far as its limiter says", async () => {
    await research(await addIntegration({ batch_size: 1 }), 30);
    await bench.sql`update public.lanes set limit_now = 5.9 where integration_id is not null`;
    expect(await claim(20)).toHaveLength(5);
  });

  test("sends nothing while it is held, and says when it may be asked again", async () => {
    await research(await addIntegration(), 5);
    await bench.sql`update public.lanes set held_until = now() + interval '4 seconds' where integration_id is not null`;
    expect(await claim()).toEqual([]);
    const [row] = await bench.sql`select private.next_claim_ms() as ms, private.has_work() as has_work`;
    expect(row?.ms).toBeGreaterThan(3_000);
    expect(row?.ms).toBeLessThanOrEqual(4_000);
    expect(row?.has_work).toBe(false);
    await bench.sql`update public.lanes set held_until = now() + interval '1 hour' where integration_id is not null`;
    const [later] = await bench.sql`select private.next_claim_ms() as ms`;
    expect(later?.ms).toBeNull();
  });

  test("keeps to its requests per second, with a burst after a quiet time", async () => {
    await research(
      await addIntegration({ batch_size: 1, max_in_flight: 200, requests_per_second: 10, burst: 20 }),
      60,
    );
    expect(await claim(50)).toHaveLength(20);
    expect((await claim(50)).length).toBeLessThanOrEqual(1);
    await bench.sql`update public.lanes set tokens = 0, tokens_at = now() - interval '1 second' where integration_id is not null`;
    expect((await claim(50)).length).toBeGreaterThanOrEqual(10);
    await bench.sql`update public.lanes set tokens = 0, tokens_at = now() - interval '1 hour' where integration_id is not null`;
    expect(await claim(50)).toHaveLength(20);
  });

  test("is passed over by a worker that has enough of it under way", async () => {
    await research(await addIntegration(), 5);
    const [lane] =
      await bench.sql`select id from public.lanes where integration_id is not null and workspace_id = ${bench.ann.workspaceId}`;
    const [row] =
      await bench.sql`select private.claim_jobs(false, 5, 60, array[${lane?.id}]::uuid[]) as claim`;
    expect(row?.claim).toBeNull();
  });

  test("finds a job that was queued with an earlier time than those already claimed", async () => {
    const run = await research(await addIntegration({ batch_size: 1 }), 3);
    const [late] = await bench.sql`
      update private.queue set ready_at = now() + interval '1 hour' where job_id = (select max(id) from public.research_jobs where run_id = ${run}) returning job_id`;
    expect(await claim()).toHaveLength(2);
    await bench.sql`update private.queue set ready_at = '2020-01-01' where job_id = ${late?.job_id}`;
    await bench.sql`update private.lane_runs set looked_at = now() - interval '2 seconds' where run_id = ${run}`;
    expect((await claim()).flatMap(({ jobs }) => jobs.map((job) => String(job.id)))).toEqual([
      String(late?.job_id),
    ]);
  });

  test("keeps what several workers learn: who was late learns again", async () => {
    const integration = await addIntegration();
    await research(integration, 1);
    const save = async (version: number, limit: number) => {
      const [row] = await bench.sql`
        select private.save_limiter(l.id, ${version}, ${json({ limit })}::text::jsonb, ${limit}::real, 'epoch') as kept
        from public.lanes l where l.integration_id = ${integration}`;
      return row?.kept;
    };
    expect(await save(0, 7)).toMatchObject({ saved: true, limiter_version: 1 });
    expect(await save(0, 3)).toEqual({ saved: false, limiter: { limit: 7 }, limiter_version: 1 });
    expect(await save(1, 8)).toMatchObject({ saved: true, limiter: { limit: 8 }, limiter_version: 2 });
  });

  test("that was deleted is claimed as such, so that its jobs can say so", async () => {
    const integration = await addIntegration();
    await research(integration, 1);
    await bench.current.as(bench.ann, (sql) => sql`select public.delete_integration(${integration})`);
    const [row] = await bench.sql`select private.claim_jobs(false, 5, 60) as claim`;
    expect(row?.claim.integration.deleted_at).not.toBeNull();
  });
});

describe("a batch whose worker could not store what became of its jobs", () => {
  test("is given to another worker when its lease ends", async () => {
    const run = await research(await addIntegration(), 2);
    const [batch] = await claim();
    await bench.sql`select private.complete_jobs('[]', ${[batch?.id ?? ""]}::uuid[])`;
    expect(await countOf(run)).toEqual({ processing: 2 });
    await bench.sql`update public.research_batches set leased_until = now() - interval '1 second' where run_id = ${run}`;
    await bench.sql`select private.expire_leases()`;
    expect(await countOf(run)).toEqual({ queued: 2 });
  });

  test("holds no place in its lane for longer than a slice can live, whatever heartbeats come", async () => {
    const run = await research(await addIntegration({ batch_size: 1, max_in_flight: 1 }), 2);
    const batches = await claim();
    await bench.sql`select private.complete_jobs(${json(outcomes(batches, "accepted"))}::text::jsonb)`;
    expect(await claim()).toEqual([]);
    await bench.sql`update public.research_batches set created_at = now() - interval '4 minutes' where run_id = ${run}`;
    expect(await claim()).toHaveLength(1);
  });

  test("keeps no lease in a campaign that is put away", async () => {
    const run = await research(await addIntegration(), 1);
    await answer(await claim(), "accepted");
    await bench.call("cancel_research", run);
    await bench.sql`update public.research_batches set leased_until = now() - interval '1 second' where run_id = ${run}`;
    await bench.sql`update public.campaigns set state = 'archived' where id = ${bench.campaign}`;
    await bench.sql`select private.expire_leases()`;
    const [row] = await bench.sql`select leased_until from public.research_batches where run_id = ${run}`;
    expect(row?.leased_until).toBeNull();
  });
});

describe("results that come later", () => {
  test("are waited for until the deadline; then the job is tried again", async () => {
    const run = await research(await addIntegration({ deadline_seconds: 600 }), 2);
    const batches = await claim();
    expect(await answer(batches, "accepted")).toMatchObject({ accepted: 2 });
    expect(await countOf(run)).toEqual({ waiting: 2 });
    const [waits] = await bench.sql`
      select extract(epoch from leased_until - now())::int as seconds, answered_at is not null as is_answered from public.research_batches where run_id = ${run}`;
    expect(waits).toMatchObject({ is_answered: true });
    expect(waits?.seconds).toBeGreaterThan(590);
    await bench.sql`select private.expire_leases()`;
    expect(await countOf(run)).toEqual({ waiting: 2 });
    await bench.sql`update public.research_batches set leased_until = now() - interval '1 second' where run_id = ${run}`;
    await bench.sql`select private.expire_leases()`;
    expect(await countOf(run)).toEqual({ queued: 2 });
    const [attempt] =
      await bench.sql`select distinct error_code from public.research_attempts where workspace_id = ${bench.ann.workspaceId}`;
    expect(attempt?.error_code).toBe("no_callback");
  });

  test("do not keep the next requests from being sent meanwhile", async () => {
    await research(await addIntegration({ batch_size: 1, max_in_flight: 1 }), 2);
    await answer(await claim(), "accepted");
    expect(await claim()).toHaveLength(1);
  });

  test("count when they come after the deadline, before the next try and after it", async () => {
    const run = await research(await addIntegration({ batch_size: 1 }), 1);
    const first = await claim();
    await answer(first, "accepted");
    await bench.sql`update public.research_batches set leased_until = now() - interval '1 second' where run_id = ${run}`;
    await bench.sql`select private.expire_leases()`;
    const handIn = (batches: readonly Batch[], kind: string, details: object = {}) =>
      bench.sql`select private.complete_jobs(${json(outcomes(batches, kind, details))}::text::jsonb) as counts`;
    expect((await handIn(first, "failed", { code: "x", reason: "X." }))[0]?.counts).toMatchObject({
      ignored: 1,
    });
    expect((await handIn(first, "done", { result: {} }))[0]?.counts).toMatchObject({ completed: 1 });
    expect((await handIn(first, "done", { result: {} }))[0]?.counts).toMatchObject({ ignored: 1 });
    expect(await countOf(run)).toEqual({ completed: 1 });
    const [left] = await bench.sql`select count(*)::int as n from private.queue where run_id = ${run}`;
    expect(left?.n).toBe(0);
    expect(await bench.progressOf(run)).toMatchObject({ run: { status: "completed" } });
  });

  test("are waited for longer when a heartbeat comes", async () => {
    const run = await research(await addIntegration({ deadline_seconds: 600 }), 1);
    const batches = await claim();
    await answer(batches, "accepted");
    await bench.sql`update public.research_batches set leased_until = now() + interval '1 second' where run_id = ${run}`;
    await bench.sql`select private.complete_jobs(${json(outcomes(batches, "accepted"))}::text::jsonb)`;
    const [row] =
      await bench.sql`select leased_until > now() + interval '9 minutes' as is_longer from public.research_batches where run_id = ${run}`;
    expect(row?.is_longer).toBe(true);
  });

  test("are taken once for each message of a sender, however often it is sent", async () => {
    const integration = await addIntegration();
    await research(integration, 1);
    const batches = await claim();
    await answer(batches, "accepted");
    const take = async () => {
      const [row] = await bench.sql`
        select private.take_event(${integration}, 'm1', '{}', '{}', ${json(outcomes(batches, "done", { result: {} }))}::text::jsonb) as taken`;
      return row?.taken;
    };
    expect(await take()).toMatchObject({ is_repeat: false, taken: 1 });
    expect(await take()).toMatchObject({ is_repeat: true });
    const events =
      await bench.sql`select taken, ignored from public.events where integration_id = ${integration}`;
    expect(events).toMatchObject([{ taken: 1, ignored: 0 }]);
  });

  test("are only those of its own jobs", async () => {
    const ours = await addIntegration();
    const other = await addIntegration();
    await research(ours, 1);
    const ids = (await claim()).flatMap(({ jobs }) => jobs.map((job) => job.id));
    const of = async (integration: string) =>
      (await bench.sql`select private.jobs_of_integration(${integration}, ${ids}::bigint[]) as jobs`)[0]
        ?.jobs;
    expect(await of(ours)).toMatchObject([{ id: ids[0], stage: "company" }]);
    expect(await of(other)).toEqual([]);
  });
});

describe("what a run may cost and how urgent it is", () => {
  test("nothing is sent that would cost more than its cap, and the run says what it has spent", async () => {
    const integration = await addIntegration({ batch_size: 2, cost_per_job: 0.5 });
    const run = await research(integration, 10, { spend_cap: 2.2 });
    const batches = await claim();
    expect(sizes(batches)).toEqual([2, 2]);
    await answer(batches, "done", { result: {} });
    expect(await claim()).toEqual([]);
    const [row] = await bench.sql`select private.has_work() as has_work`;
    expect(row?.has_work).toBe(false);
    expect(await bench.progressOf(run)).toMatchObject({
      spent: 2,
      run: { spend_cap: 2.2, status: "running" },
    });
    expect(await bench.call("cancel_research", run)).toMatchObject({
      spent: 2,
      run: { status: "cancelled" },
    });
  });

  test("what was never sent costs nothing, and jobs of an integration that is deleted can fail although the cap is reached", async () => {
    const integration = await addIntegration({ batch_size: 1, cost_per_job: 1 });
    const run = await research(integration, 3, { spend_cap: 1 });
    const batches = await claim();
    await bench.sql`
      select private.complete_jobs(${json(outcomes(batches, "retry", { code: "slice_over", reason: "X." }))}::text::jsonb,
        ${batches.map(({ id }) => id)}::uuid[], '[]', ${batches.map(({ id }) => id)}::uuid[])`;
    expect(await bench.progressOf(run)).toMatchObject({ spent: 0 });
    await answer(await claim(), "done", { result: {} });
    expect(await bench.progressOf(run)).toMatchObject({ spent: 1 });
    expect(await claim()).toEqual([]);
    await bench.current.as(bench.ann, (sql) => sql`select public.delete_integration(${integration})`);
    expect(await claim()).toHaveLength(2);
    expect(await bench.progressOf(run)).toMatchObject({ spent: 1 });
  });

  test("a cap that is raised lets it go on; one that is no amount is refused", async () => {
    const integration = await addIntegration({ batch_size: 1, cost_per_job: 1 });
    const run = await research(integration, 3, { spend_cap: 1 });
    expect(await claim()).toHaveLength(1);
    expect(await claim()).toEqual([]);
    const raise = (cap: number | string | null) =>
      bench.current.as(
        bench.ann,
        (sql) => sql`select public.set_spend_cap(${run}, ${cap}::numeric) as progress`,
      );
    for (const cap of [-1, "NaN", 2_000_000_000]) {
      await expect(raise(cap)).rejects.toMatchObject({ hint: "bad_options" });
    }
    expect((await raise(2))[0]?.progress).toMatchObject({ run: { spend_cap: 2 } });
    expect(await claim()).toHaveLength(1);
    await raise(null);
    expect(await claim()).toHaveLength(1);
  });

  test("the more urgent of two runs is served first, runs of the same urgency in turns", async () => {
    const integration = await addIntegration({ batch_size: 1 });
    const calm = await research(integration, 3);
    bench.campaign = await bench.current.makeCampaign(bench.ann, "Urgent");
    const urgent = await research(integration, 2, { priority: 5 });
    const served: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      const [batch] = await claim(1);
      const [row] =
        await bench.sql`select run_id from public.research_batches where id = ${batch?.id ?? null}`;
      served.push(row?.run_id);
    }
    expect(served).toEqual([urgent, urgent, calm, calm, calm]);
  });

  test("a stage is offered only to those who can do it", async () => {
    await bench.addCompanies(1);
    const start = (stages: string, options: object) =>
      bench.current.as(
        bench.ann,
        (sql) =>
          sql`select public.start_research(${bench.campaign}, ${stages}::public.research_stage[], '{}', ${json(options)}::text::jsonb)`,
      );
    await expect(start("{financials}", {})).rejects.toMatchObject({ hint: "stage_needs_integration" });
    await expect(start("{company}", { providers: { company: bench.campaign } })).rejects.toMatchObject({
      hint: "bad_providers",
    });
    await expect(start("{company}", { providers: { company: 7 } })).rejects.toMatchObject({
      hint: "bad_providers",
    });
    await expect(start("{company}", { providers: { all: null } })).rejects.toMatchObject({
      hint: "bad_providers",
    });
    await expect(start("{company}", { spend_cap: "much" })).rejects.toMatchObject({ hint: "bad_options" });
    await expect(start("{company}", { priority: 11 })).rejects.toMatchObject({ hint: "bad_options" });
  });
});

describe("stages side by side", () => {
  test("financials and contacts follow the company at once; it is done when both are, and failed if one failed", async () => {
    const integration = await addIntegration({ batch_size: 10 });
    await bench.addCompanies(2);
    const given = { providers: { company: integration, financials: integration, contacts: integration } };
    const run = await bench.current.as(bench.ann, async (sql) => {
      const [row] =
        await sql`select public.start_research(${bench.campaign}, '{company,financials,contacts}', '{}', ${json(given)}::text::jsonb) as progress`;
      return row?.progress.run.id;
    });
    await bench.sql`update public.lanes set limit_now = 200`;
    await answer(await claim(), "done", { result: {} });
    const next = await claim();
    const stages = next.flatMap(({ jobs }) => jobs.map((job) => job.stage)).sort();
    expect(stages).toEqual(["contacts", "contacts", "financials", "financials"]);
    const jobs = next.flatMap((batch) => batch.jobs.map((job) => ({ ...job, batch_id: batch.id })));
    const settle = (stage: string, outcome: (place: number) => object) =>
      bench.sql`select private.complete_jobs(${json(
        jobs
          .filter((job) => job.stage === stage)
          .map((job, place) => ({ job_id: job.id, batch_id: job.batch_id, ...outcome(place) })),
      )}::text::jsonb)`;
    const revenue = { fields: { revenue: { value: "2M", source: "https://a.example/" } } };
    await settle("financials", (place) =>
      place === 0 ? { kind: "done", result: revenue } : { kind: "failed", code: "x", reason: "X." },
    );
    const companies = () => bench.sql`
      select name, research_status, financials #>> '{revenue,value}' as revenue from public.companies where campaign_id = ${bench.campaign} order by name`;
    expect(await companies()).toMatchObject([
      { research_status: "researching", revenue: "2M" },
      { research_status: "researching" },
    ]);
    await settle("contacts", () => ({ kind: "done", result: { contacts: [] } }));
    expect(await companies()).toMatchObject([
      { research_status: "completed" },
      { research_status: "failed" },
    ]);
    expect(await bench.progressOf(run)).toMatchObject({ run: { status: "completed" } });
  });
});
