import { describe, expect, test } from "vitest";
import { driftOf } from "../support/counters.ts";
import { json, outcomes } from "../support/lanes.ts";
import { type Batch, claimJobs } from "../support/research.ts";
import { byName, namesOf, syncBench } from "../support/sync.ts";

const { addContacts, addIntegration, answer, bar, bench, claim, countOf, handedOn, lookAgain, serve, start } =
  syncBench();

/** Has the jobs of these batches researched again. */
async function rerun(run: string, batches: readonly Batch[]): Promise<void> {
  const ids = batches.flatMap(({ jobs }) => jobs.map(({ id }) => id));
  await bench.current.as(bench.ann, (user) => user`select public.rerun_jobs(${run}, ${ids}::bigint[])`);
  await lookAgain();
}

/** Another campaign with the same contact. */
async function contactElsewhere(integration: string): Promise<string> {
  bench.campaign = await bench.current.makeCampaign(bench.ann, "Another");
  await addContacts(1);
  return start(integration);
}

describe("contacts are handed on", () => {
  test("when they are enriched, each in the same moment as that, but not those who do not want to be contacted by then", async () => {
    await addContacts(3);
    const run = await start(await addIntegration({ batch_size: 1 }), ["enrich", "sync"]);
    expect(await bench.progressOf(run)).toMatchObject({
      contacts_total: 3,
      stages: [
        { stage: "enrich", queued: 3 },
        { stage: "sync", queued: 0 },
      ],
    });
    const [first, second, third] = byName(await claim());
    if (!first || !second || !third) throw new Error("three jobs were expected");
    await answer([first], "done", { result: { title: { value: "CEO", source: "https://a.example/" } } });
    expect(await handedOn(run)).toEqual(["Person 1"]);
    await bench.age(run);
    const { eta_seconds, rate_per_minute } = await bench.progressOf(run);
    expect(eta_seconds).toBe(Math.ceil((5 * 60) / rate_per_minute)); // two to be enriched and handed on, one only handed on
    await bar("Person 2");
    await answer([second], "done", { result: {} });
    await answer([third], "failed", { code: "no_match", reason: "Nobody of this name." });
    await lookAgain();
    const batches = await claim();
    expect(namesOf(batches)).toEqual(["sync Person 1"]);
    expect(batches[0]?.jobs[0]).toMatchObject({ contact: { title: "CEO" } });
    expect(await bench.progressOf(run)).toMatchObject({ run: { status: "running" }, contacts_total: 3 });
    await answer(batches, "done", { result: {} });
    expect(await bench.progressOf(run)).toMatchObject({
      run: { status: "completed" },
      stages: [{ completed: 2, failed: 1 }, { completed: 1 }],
    });
    expect(await driftOf(bench.sql)).toEqual([]);
  });

  test("once in a run, also when they are enriched again", async () => {
    await addContacts(1);
    const run = await start(await addIntegration(), ["enrich", "sync"]);
    const enriched = await claim();
    await answer(enriched, "done", { result: {} });
    await lookAgain();
    await answer(await claim(), "done", { result: {} });
    await rerun(run, enriched);
    const again = await claim();
    expect(namesOf(again)).toEqual(["enrich Person 1"]);
    await answer(again, "done", { result: {} });
    expect(await bench.progressOf(run)).toMatchObject({
      run: { status: "completed" },
      stages: [{ completed: 1 }, { completed: 1 }],
    });
  });

  test("also when what they lack was known", async () => {
    const integration = await addIntegration();
    const enriching = ["enrich", "sync"];
    await addContacts(1);
    await start(integration, enriching);
    const result = { title: { value: "CEO", source: "https://a.example/" } };
    await answer(await claim(), "done", { result });
    bench.campaign = await bench.current.makeCampaign(bench.ann, "Another");
    await addContacts(1);
    const run = await start(integration, enriching);
    await bench.sql`delete from private.lane_runs where run_id <> ${run}`;
    expect(await serve()).toEqual({ batches: [], known: 1 });
    expect(await handedOn(run)).toEqual(["Person 1"]);
  });

  test("when a company's contacts were found, if nobody enriches them: new and known ones, but nobody who does not want to be contacted", async () => {
    await addContacts(2);
    await bar("Person 2");
    const run = await start(await addIntegration(), ["contacts", "sync"]);
    const [batch] = await claimJobs(bench.sql);
    if (!batch) throw new Error("the contacts job was not there");
    const found = { contacts: [{ name: "Jane Doe", source: "https://c1.example/team" }] };
    await bench.sql`select private.complete_jobs(${json(outcomes([batch], "done", { result: found }))}::text::jsonb, ${[batch.id]}::uuid[])`;
    expect(await bench.progressOf(run)).toMatchObject({ run: { status: "running" }, contacts_total: 2 });
    expect(namesOf(await claim())).toEqual(["sync Jane Doe", "sync Person 1"]);
    expect(await driftOf(bench.sql)).toEqual([]);
  });

  test("after they were found and enriched, and counted once", async () => {
    await addContacts(1);
    const run = await start(await addIntegration(), ["contacts", "enrich", "sync"]);
    const [batch] = await claimJobs(bench.sql);
    await answer(batch ? [batch] : [], "done", { result: { contacts: [] } });
    expect(await handedOn(run)).toEqual([]);
    await answer(await claim(), "done", { result: {} });
    expect(await handedOn(run)).toEqual(["Person 1"]);
    expect(await bench.progressOf(run)).toMatchObject({ contacts_total: 1 });
  });
});

describe("a contact that is handed on", () => {
  test("keeps all that is given back as fields of its own, none of them over what was there", async () => {
    await addContacts(1);
    await bench.sql`update public.contacts set custom = '{"owner": "Typed"}' where campaign_id = ${bench.campaign}`;
    await start(await addIntegration());
    const custom = { salesforce_id: "003A", owner: "Somebody", title: "Lead" };
    await answer(await claim(), "done", { result: { custom } });
    expect(
      await bench.sql`select title, custom, research from public.contacts where campaign_id = ${bench.campaign}`,
    ).toEqual([
      { title: null, custom: { owner: "Typed", salesforce_id: "003A", title: "Lead" }, research: {} },
    ]);
  });

  test("keeps what both stages found when their results come together", async () => {
    await addContacts(1);
    const run = await start(await addIntegration(), ["enrich", "sync"]);
    const enriching = await claim();
    await answer(enriching, "done", { result: {} });
    await rerun(run, enriching);
    const both = await claim();
    expect(namesOf(both)).toEqual(["enrich Person 1", "sync Person 1"]);
    const results = both.flatMap(({ id, jobs }) =>
      jobs.map((job) => ({
        job_id: job.id,
        batch_id: id,
        kind: "done",
        result: { custom: { [job.stage]: "1" } },
      })),
    );
    await bench.sql`select private.complete_jobs(${json(results)}::text::jsonb)`;
    const [contact] =
      await bench.sql`select custom from public.contacts where campaign_id = ${bench.campaign}`;
    expect(contact).toEqual({ custom: { enrich: "1", sync: "1" } });
    const kept = await bench.sql`
      select distinct e.stage from private.research_cache e join public.lanes l on l.id = e.lane_id where l.workspace_id = ${bench.ann.workspaceId}`;
    expect(kept).toEqual([{ stage: "enrich" }]);
  });

  test("is handed on in each campaign, whatever is known of it, or under way, in others", async () => {
    const integration = await addIntegration();
    await addContacts(1);
    await start(integration);
    const first = await serve();
    expect(namesOf(first.batches)).toEqual(["sync Person 1"]);
    await contactElsewhere(integration); // the first is under way
    const second = await serve();
    expect(namesOf(second.batches)).toEqual(["sync Person 1"]);
    await answer([...first.batches, ...second.batches], "done", { result: { custom: { crm: "1" } } });
    await contactElsewhere(integration); // both have a result
    const third = await serve();
    expect({ known: third.known, names: namesOf(third.batches) }).toEqual({
      known: 0,
      names: ["sync Person 1"],
    });
    expect(await bench.sql`select from private.research_cache where stage = 'sync'`).toEqual([]);
  });

  test("is handed on although a result should be kept of it", async () => {
    const integration = await addIntegration();
    await addContacts(1);
    await start(integration);
    await bench.sql`
      insert into private.research_cache (lane_id, stage, subject_key, result, asked_at)
      select l.id, 'sync', E'c1\nn:person 1', '{"custom": {"crm": "1"}}', now() from public.lanes l where l.integration_id = ${integration}`;
    const served = await serve();
    expect({ known: served.known, names: namesOf(served.batches) }).toEqual({
      known: 0,
      names: ["sync Person 1"],
    });
  });

  test("is not when the run was cancelled before it was enriched, and keeps what comes later", async () => {
    await addContacts(2);
    const run = await start(await addIntegration({ batch_size: 1 }), ["enrich", "sync"]);
    const [first, second] = byName(await claim());
    await answer(first ? [first] : [], "done", { result: {} });
    await lookAgain();
    const handed = await claim();
    await bench.call("cancel_research", run);
    await answer(second ? [second] : [], "done", { result: {} });
    await answer(handed, "done", { result: { custom: { crm: "1" } } });
    expect(await handedOn(run)).toEqual(["Person 1"]);
    expect(await countOf(run)).toEqual({ cancelled: 2, completed: 1 });
    const rows =
      await bench.sql`select custom from public.contacts where campaign_id = ${bench.campaign} order by name`;
    expect(rows).toEqual([{ custom: { crm: "1" } }, { custom: {} }]);
    expect(await driftOf(bench.sql)).toEqual([]);
  });

  test("is not one that a source is still to bring", async () => {
    const source = { url: "https://fair.example/", format: "json", name: "name" };
    const started = start(await addIntegration(), ["discover", "sync"], { source });
    await expect(started).rejects.toMatchObject({ hint: "bad_stages" });
  });
});
