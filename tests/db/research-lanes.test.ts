import { describe, expect, test } from "vitest";
import { json, lanesBench, outcomes } from "../support/lanes.ts";
import { type Batch, claimJobs } from "../support/research.ts";

const { addIntegration, answer, bench, claim, countOf, research, researchElsewhere } = lanesBench();

/** A claim that fails when it has to wait that long for a row. */
const claimWithin = (wait: string) =>
  bench.sql.begin(async (claiming) => {
    await claiming`select set_config('lock_timeout', ${wait}, true)`;
    return claimJobs(claiming, 10, false);
  });

const sizes = (batches: readonly Batch[]) => batches.map(({ jobs }) => jobs.length);

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

  test("does not wait for a run that somebody deletes, and serves the others", async () => {
    const integration = await addIntegration();
    await research(integration, 1, { priority: 1 });
    const deleted = bench.campaign;
    await researchElsewhere(integration, 2);
    await bench.sql.begin(async (deletion) => {
      await deletion`delete from public.campaigns where id = ${deleted}`;
      const batches = await claimWithin("2s");
      expect(sizes(batches)).toEqual([2]);
    });
  });

  test("is not waited for by claims when somebody settles what its run has cost", async () => {
    const integration = await addIntegration();
    const run = await research(integration, 1);
    await bench.sql.begin(async (settling) => {
      await settling`select from private.lane_runs where run_id = ${run} for no key update`;
      expect(await claimWithin("2s")).toEqual([]);
    });
    expect(await claim()).toHaveLength(1);
  });

  test("that may send once in minutes does not disturb those that may send sooner", async () => {
    const [slow, fast] = [
      await addIntegration({ batch_size: 1, requests_per_second: 0.01, burst: 1 }),
      await addIntegration({ batch_size: 1, requests_per_second: 1, burst: 1 }),
    ];
    await research(slow, 2);
    await researchElsewhere(fast, 2);
    expect([...(await claim()), ...(await claim())]).toHaveLength(2);
    const [row] = await bench.sql`select private.next_claim_ms() as ms`;
    expect(row?.ms).toBeGreaterThan(0);
    expect(row?.ms).toBeLessThanOrEqual(1000);
    await expect(addIntegration({ requests_per_second: 1e-9 })).rejects.toThrow(/violates check constraint/);
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

  test("what was never sent costs nothing either when the run ends with it", async () => {
    const run = await research(await addIntegration({ cost_per_job: 10_000 }), 1);
    await bench.sql`update private.lane_runs set spent = 9999999999 where run_id = ${run}`;
    const [batch] = await claim();
    if (!batch) throw new Error("nothing was claimed");
    const failures = outcomes([batch], "failed", { code: "blocked_address", reason: "X." });
    await bench.sql`select private.complete_jobs(${json(failures)}::text::jsonb, ${[batch.id]}::uuid[], '[]', ${[batch.id]}::uuid[])`;
    expect(await bench.progressOf(run)).toMatchObject({ run: { status: "completed" }, spent: 9999999999 });
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

  test("a run has time left for as long as it can pay for what it does next", async () => {
    const run = await research(await addIntegration({ batch_size: 1, cost_per_job: 3 }), 10, {
      spend_cap: 10,
    });
    await answer(await claim(2), "done", { result: {} });
    expect((await bench.progressOf(run)).eta_seconds).toBeNull(); // too soon to tell
    await bench.age(run);
    expect((await bench.progressOf(run)).eta_seconds).toEqual(expect.any(Number));
    await bench.sql`update private.lane_runs set looked_at = now() - interval '2 seconds'`;
    await answer(await claim(), "done", { result: {} });
    expect(await bench.progressOf(run)).toMatchObject({ spent: 9, eta_seconds: null });
  });

  test("a run does not end before its last job may be tried again", async () => {
    const run = await research(await addIntegration({ batch_size: 1 }), 2);
    const [first, second] = await claim();
    if (!first || !second) throw new Error("two jobs were expected");
    await answer([first], "done", { result: {} });
    await answer([second], "retry", { code: "busy", reason: "X.", after_ms: 3_600_000 });
    const { eta_seconds } = await bench.progressOf(run);
    expect(eta_seconds).toBeGreaterThan(3_500);
    await bench.sql`update private.run_rates set at = at - interval '5 minutes' where run_id = ${run}`;
    expect((await bench.progressOf(run)).eta_seconds).toBeGreaterThan(3_500);
  });

  test("a run does not end before its integration may be sent to again", async () => {
    const integration = await addIntegration({ batch_size: 1 });
    const run = await research(integration, 2);
    await answer(await claim(1), "done", { result: {} });
    await bench.age(run);
    expect((await bench.progressOf(run)).eta_seconds).toBeLessThan(120);
    await bench.sql`update public.lanes set held_until = now() + interval '1 hour' where integration_id = ${integration}`;
    expect((await bench.progressOf(run)).eta_seconds).toBeGreaterThan(3_500);
  });

  test("a run that costs nothing has time left whatever its cap", async () => {
    await bench.addCompanies(5);
    const run = await bench.start(["company"], {}, { spend_cap: 0 });
    const { lease, jobs } = await bench.claimed(2);
    await bench.complete(
      lease,
      jobs.map(({ id }) => ({ job_id: id, kind: "done", result: {} })),
    );
    await bench.age(run);
    expect((await bench.progressOf(run)).eta_seconds).toEqual(expect.any(Number));
  });

  test("of two later stages only the one that was not done is asked for", async () => {
    const integration = await addIntegration({ cost_per_job: 1, cache_days: 0 });
    await bench.addCompanies(2);
    const providers = { financials: integration, contacts: integration };
    await bench.start(["financials"], {}, { providers });
    await answer(await claim(), "done", { result: { fields: {} } });
    await bench.start(["financials", "contacts"], {}, { providers });
    const stages = (await claim()).flatMap(({ jobs }) => jobs.map(({ stage }) => stage));
    expect(stages).toEqual(["contacts", "contacts"]);
  });

  test("what is over and being written to holds nobody up", async () => {
    await research(await addIntegration({ batch_size: 1 }), 2);
    const ids = (await claim()).map(({ id }) => id).toSorted();
    await bench.sql.begin(async (writer) => {
      await writer`delete from public.research_batches where id = ${ids[1] ?? ""}`;
      await bench.sql`select private.end_requests(${ids}::uuid[])`;
      expect(
        await bench.sql`select id from public.research_batches where is_over and id = any (${ids}::uuid[])`,
      ).toEqual([{ id: ids[0] }]);
    });
  });

  test("the more urgent of two runs is served first, runs of the same urgency in turns", async () => {
    const integration = await addIntegration({ batch_size: 1, cache_days: 0 });
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
