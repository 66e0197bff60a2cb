import { describe, expect, test } from "vitest";
import { driftOf } from "../support/counters.ts";
import { lanesBench } from "../support/lanes.ts";

const { addContacts, addIntegration, answer, bar, bench, claim, finish } = lanesBench();

/** Starts research of the campaign's contacts that fit the filter. */
const start = (integration: string, filter: object, options: object = {}, stages = ["enrich"]) =>
  bench.start(
    stages,
    filter,
    { providers: Object.fromEntries(stages.map((stage) => [stage, integration])), ...options },
    "contacts",
  );

const idOf = async (name: string): Promise<string> => {
  const [row] = await bench.sql<{ id: string }[]>`
    select id from public.contacts where campaign_id = ${bench.campaign} and name = ${name}`;
  if (!row) throw new Error(`${name} is not there`);
  return row.id;
};
const asked = async () => {
  const batches = await claim();
  const names = batches.flatMap(({ jobs }) => jobs.map(({ contact }) => contact?.name)).sort();
  await answer(batches, "done", { result: {} });
  return names;
};
const planOf = async () => {
  const [row] =
    await bench.sql`select research_plan as plan from public.campaigns where id = ${bench.campaign}`;
  return row?.plan;
};

describe("contacts that are chosen", () => {
  test("by their ids are enriched, they alone, but not who does not want to be contacted", async () => {
    const integration = await addIntegration();
    await addContacts(4);
    await bar("Person 3");
    const ids = [await idOf("Person 1"), await idOf("Person 3"), await idOf("Person 4")];
    const run = await start(integration, { ids });
    expect(await bench.progressOf(run)).toMatchObject({ companies_total: 0, contacts_total: 2 });
    expect(await asked()).toEqual(["Person 1", "Person 4"]);
    expect(await bench.progressOf(run)).toMatchObject({
      run: { status: "completed" },
      stages: [{ completed: 2 }],
    });
    expect(await driftOf(bench.sql)).toEqual([]);
  });

  test("by a filter or a search are those that match, and those enriched already only when asked to", async () => {
    const integration = await addIntegration();
    await addContacts(3);
    await bench.sql`update public.contacts set title = 'Chief Executive' where campaign_id = ${bench.campaign} and name <> 'Person 1'`;
    const chiefs = { title: "chief" };
    await start(integration, { q: "person 2" });
    expect(await asked()).toEqual(["Person 2"]);
    await start(integration, chiefs);
    expect(await asked()).toEqual(["Person 3"]);
    await expect(start(integration, chiefs)).rejects.toMatchObject({
      hint: "nothing_to_research",
      message: expect.stringContaining("these contacts"),
    });
    await start(integration, chiefs, { again: true, afresh: true });
    expect(await asked()).toEqual(["Person 2", "Person 3"]);
  });

  test("are fed a few hundred at a time, those only that match", async () => {
    const integration = await addIntegration({ batch_size: 100, max_in_flight: 200 });
    await addContacts(1200);
    await bench.sql`update public.contacts set title = 'CEO' where campaign_id = ${bench.campaign} and right(name, 1) in ('1', '2', '3', '4', '5')`;
    const run = await start(integration, { title: "CEO" });
    expect(await bench.progressOf(run)).toMatchObject({ contacts_total: 600, stages: [{ queued: 500 }] });
    await finish();
    expect(await bench.progressOf(run)).toMatchObject({
      run: { status: "completed" },
      stages: [{ completed: 600 }],
    });
  });

  test("are enriched and then handed on", async () => {
    const integration = await addIntegration();
    await addContacts(2);
    await start(integration, { ids: [await idOf("Person 2")] }, {}, ["enrich", "sync"]);
    expect(await asked()).toEqual(["Person 2"]);
    expect(await asked()).toEqual(["Person 2"]);
    expect(await asked()).toEqual([]);
  });

  test("change nothing of what the campaign does with its companies, but who enriches is remembered", async () => {
    const integration = await addIntegration();
    await addContacts(1);
    await start(integration, {});
    expect(await planOf()).toMatchObject({
      stages: ["company", "contacts"],
      providers: { enrich: integration },
    });
    await asked();
    await bench.start(["company"], {}, { again: true, spend_cap: 5 });
    await bench.sql`update public.research_runs set status = 'cancelled' where status = 'running'`;
    await start(integration, {}, { again: true, afresh: true });
    expect(await planOf()).toMatchObject({
      stages: ["company"],
      providers: { enrich: integration },
      spend_cap: 5,
    });
  });
});

describe("what is refused", () => {
  test.each([
    [
      "contacts that are to be researched as companies are",
      ["contacts", "enrich"],
      {},
      "contacts",
      "bad_stages",
    ],
    ["a source beside contacts", ["discover", "enrich"], {}, "contacts", "bad_stages"],
    ["a filter of companies for contacts", ["enrich"], { has_website: true }, "contacts", "bad_filter"],
    ["a filter of contacts for companies", ["company"], { seniority: ["VP"] }, "companies", "bad_filter"],
    ["a list that is not there", ["enrich"], {}, "campaigns", "bad_list"],
    ["no list", ["enrich"], {}, null, "bad_list"],
  ])("%s", async (_, stages, filter, list, code) => {
    const integration = await addIntegration();
    await addContacts(1);
    const started = bench.start(stages, filter, { providers: { enrich: integration } }, list);
    await expect(started).rejects.toMatchObject({ hint: code });
    expect(
      await bench.sql`select id from public.research_runs where campaign_id = ${bench.campaign}`,
    ).toEqual([]);
  });
});
