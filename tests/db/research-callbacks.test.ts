import { describe, expect, test } from "vitest";
import { json, lanesBench, outcomes } from "../support/lanes.ts";
import type { Batch } from "../support/research.ts";

const { addIntegration, answer, bench, claim, countOf, research } = lanesBench();

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
    expect(await of(ours)).toMatchObject([
      { id: ids[0], stage: "company", names: [expect.any(String), expect.any(String)] },
    ]);
    expect(await of(other)).toEqual([]);
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
