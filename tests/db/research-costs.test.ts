import { describe, expect, test } from "vitest";
import { json, lanesBench, outcomes } from "../support/lanes.ts";

const { addIntegration, answer, bench, claim, research } = lanesBench();

describe("what a run may cost and how urgent it is", () => {
  test("nothing is sent that would cost more than its cap, and the run says what it has spent", async () => {
    const integration = await addIntegration({ batch_size: 2, cost_per_job: 0.5 });
    const run = await research(integration, 10, { spend_cap: 2.2 });
    const batches = await claim();
    expect(batches.map(({ jobs }) => jobs.length)).toEqual([2, 2]);
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
