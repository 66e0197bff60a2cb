import { describe, expect, test } from "vitest";
import { driftOf } from "../support/counters.ts";
import { lanesBench } from "../support/lanes.ts";
import { until } from "../support/until.ts";

const { addContacts, addIntegration, answer, bar, bench, claim, countOf, finish } = lanesBench();

describe.each([
  ["enrich", "enriched"],
  ["sync", "handed on"],
])("contacts at the stage %s", (stage, done) => {
  const start = (integration: string, options: object = {}) =>
    bench.start([stage], {}, { providers: { [stage]: integration }, ...options });

  test("are fed a few hundred at a time, and not again once that is done", async () => {
    const integration = await addIntegration({ batch_size: 100, max_in_flight: 200 });
    await addContacts(620);
    await bar("Person 7");
    const run = await start(integration);
    expect(await bench.progressOf(run)).toMatchObject({
      contacts_total: 619,
      companies_total: 0,
      stages: [{ stage, queued: 500 }],
    });
    await finish();
    expect(await bench.progressOf(run)).toMatchObject({
      run: { status: "completed" },
      stages: [{ completed: 619 }],
    });
    await expect(start(integration)).rejects.toMatchObject({
      hint: "nothing_to_research",
      message: expect.stringContaining(done),
    });
    expect(await bench.progressOf(await start(integration, { again: true }))).toMatchObject({
      contacts_total: 619,
    });
    expect(await driftOf(bench.sql)).toEqual([]);
  });

  test("are looked for past thousands for whom it was done", async () => {
    const integration = await addIntegration({ batch_size: 100, max_in_flight: 200 });
    await addContacts(2_000);
    await finishAll(integration);
    await bench.sql`
      delete from public.research_jobs j using public.contacts p
      where p.id = j.contact_id and p.campaign_id = ${bench.campaign} and p.name in ('Person 700', 'Person 1999')`;
    const run = await start(integration);
    expect(await bench.progressOf(run)).toMatchObject({ contacts_total: 2 });
    await until("all were looked at", async () => {
      await bench.sql`select private.feed_run(${run})`;
      return (await bench.sql`select from public.research_runs where id = ${run} and is_fed`).length > 0;
    });
    await finish();
    expect(await bench.progressOf(run)).toMatchObject({
      run: { status: "completed" },
      stages: [{ completed: 2 }],
    });
  });

  test("are neither asked for nor sent again once they do not want to be contacted", async () => {
    await addContacts(2);
    const run = await start(await addIntegration());
    await bar("Person 1");
    const claimed = await claim();
    expect(claimed.flatMap(({ jobs }) => jobs)).toMatchObject([
      { is_barred: true, contact: { name: "Person 1" } },
      { is_barred: false, contact: { name: "Person 2" } },
    ]);
    await answer(claimed, "failed", { code: "x", reason: "X." });
    await bar("Person 2");
    await bench.call("retry_failed_jobs", run);
    await bench.sql`select private.feed_runs()`;
    const ids = claimed.flatMap(({ jobs }) => jobs.map(({ id }) => id));
    const [rerun] = await bench.current.as(
      bench.ann,
      (user) => user`select public.rerun_jobs(${run}, ${ids}::bigint[]) as progress`,
    );
    expect(rerun?.progress).toMatchObject({ requeued: 0 });
    const again = bench.sql`select private.begin_redelivery(${claimed[0]?.id ?? ""}, 100)`;
    await expect(again).rejects.toMatchObject({ hint: "nothing_to_send" });
    expect(await countOf(run)).toEqual({ failed: 2 });
  });

  test("end with their run although it can pay for nothing more, when they do not want to be contacted", async () => {
    await addContacts(3);
    const run = await start(await addIntegration({ cost_per_job: 1, batch_size: 1 }), { spend_cap: 1 });
    await answer(await claim(), "done", { result: {} });
    await bar("Person 1", "Person 2", "Person 3");
    await bench.sql`select private.find_free_jobs()`;
    await answer(await claim(), "failed", { code: "do_not_contact", reason: "X." });
    expect(await bench.progressOf(run)).toMatchObject({ run: { status: "completed" }, spent: 1 });
  });

  /** As if it had been done for all contacts of the campaign in a run before. */
  async function finishAll(integration: string): Promise<void> {
    const run = await start(integration);
    await bench.call("cancel_research", run);
    await bench.sql`
      insert into public.research_jobs (workspace_id, run_id, campaign_id, contact_id, stage, status, has_result, started_at, finished_at)
      select p.workspace_id, ${run}, p.campaign_id, p.id, ${stage}, 'completed', true, now(), now()
      from public.contacts p where p.campaign_id = ${bench.campaign}
      on conflict (workspace_id, contact_id, run_id, stage) where contact_id is not null do update set has_result = true, status = 'completed', started_at = now()`;
  }
});
