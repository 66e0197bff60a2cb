import { describe, expect, test } from "vitest";
import { WEB_CACHE_DAYS } from "../../supabase/functions/_shared/contracts/index.ts";
import { json, lanesBench } from "../support/lanes.ts";
import { COMPANY, done, PEOPLE } from "../support/research.ts";

const { addIntegration, answer, bench, claim, countOf, enrichElsewhere, research, researchElsewhere, serve } =
  lanesBench();

const FOUND = { result: COMPANY };

/** An integration that was asked for so many companies and found something about each. */
async function askedBefore(companies: number, settings: object = {}): Promise<string> {
  const integration = await addIntegration({ cost_per_job: 1, ...settings });
  await research(integration, companies);
  await answer(await claim(), "done", FOUND);
  return integration;
}

const sentFor = async (run: string): Promise<number> => {
  const rows = await bench.sql`select job_ids from public.research_batches where run_id = ${run}`;
  return rows.flatMap((row) => row.job_ids).length;
};

/** Somebody with a workspace of their own, whose campaign is the bench's from now on. */
async function asSomebodyElse(): Promise<void> {
  bench.ann = await bench.current.makePerson("bob");
  bench.campaign = await bench.current.makeCampaign(bench.ann);
}

describe("a result that is known", () => {
  test("costs a second campaign nothing, and nothing is sent for it", async () => {
    const integration = await askedBefore(3);
    const run = await researchElsewhere(integration, 3);
    expect(await serve()).toEqual({ batches: [], known: 3 });
    expect(await bench.progressOf(run)).toMatchObject({
      run: { status: "completed", jobs_from_cache: 3 },
      spent: 0,
    });
    expect(await sentFor(run)).toBe(0);
    const companies = await bench.sql`
      select research_status, description from public.companies where campaign_id = ${bench.campaign}`;
    expect(companies).toHaveLength(3);
    expect(companies[0]).toEqual({ research_status: "completed", description: "Robots" });
    const [job] = await bench.sql`
      select attempt, batch_id, cached_at is not null as is_known from public.research_jobs where run_id = ${run} limit 1`;
    expect(job).toEqual({ attempt: 0, batch_id: null, is_known: true });
  });

  test("leads to the next stage, like every result", async () => {
    const integration = await askedBefore(2);
    bench.campaign = await bench.current.makeCampaign(bench.ann, "Another");
    await bench.addCompanies(2);
    const options = { providers: { company: integration, contacts: integration } };
    await bench.current.as(
      bench.ann,
      (sql) =>
        sql`select public.start_research(${bench.campaign}, '{company,contacts}', '{}', ${json(options)}::text::jsonb)`,
    );
    expect(await serve()).toMatchObject({ batches: [], known: 2 });
    const { batches } = await serve();
    expect(batches.flatMap(({ jobs }) => jobs.map((job) => job.stage))).toEqual(["contacts", "contacts"]);
    await answer(batches, "done", { result: PEOPLE });
  });

  test("needs no money: a run that may spend nothing takes what is known and leaves the rest", async () => {
    const integration = await askedBefore(2);
    const run = await researchElsewhere(integration, 5, { spend_cap: 0 });
    expect(await serve()).toEqual({ batches: [], known: 2 });
    expect(await serve()).toEqual({ batches: [], known: 0 });
    expect(await countOf(run)).toEqual({ completed: 2, queued: 3 });
    const [row] = await bench.sql`select private.has_work() as has_work`;
    expect(row?.has_work).toBe(false);
  });

  test("is found within seconds by a run that may spend nothing, once somebody else has paid for it", async () => {
    const integration = await addIntegration({ cost_per_job: 1 });
    const run = await researchElsewhere(integration, 1, { spend_cap: 0 });
    expect(await serve()).toEqual({ batches: [], known: 0 });
    await researchElsewhere(integration, 1);
    await answer((await serve()).batches, "done", FOUND);
    expect(await serve()).toEqual({ batches: [], known: 0 });
    await bench.sql`select private.find_free_jobs()`;
    expect(await serve()).toEqual({ batches: [], known: 1 });
    expect(await countOf(run)).toEqual({ completed: 1 });
  });

  test("leaves the claim's requests to those that are to be asked for", async () => {
    const integration = await askedBefore(2, { batch_size: 1 });
    const run = await researchElsewhere(integration, 4, { spend_cap: 2 });
    expect(await serve(2)).toEqual({ batches: [], known: 2 });
    expect((await serve(2)).batches).toHaveLength(2);
    expect(await bench.progressOf(run)).toMatchObject({ spent: 2 });
  });

  test("is found by the next claim when a worker dies before it used it", async () => {
    const integration = await askedBefore(1);
    const run = await researchElsewhere(integration, 1);
    expect(await claim()).toEqual([]);
    expect(await countOf(run)).toEqual({ queued: 1 });
    await bench.sql`update private.lane_runs set looked_at = now() - interval '1 minute' where run_id = ${run}`;
    expect(await serve()).toMatchObject({ known: 1 });
  });

  test("counts once, and not for a run that was cancelled meanwhile", async () => {
    const integration = await askedBefore(1);
    const run = await researchElsewhere(integration, 1);
    const ids = await bench.sql`select array_agg(id) as ids from public.research_jobs where run_id = ${run}`;
    await bench.call("cancel_research", run);
    const [row] = await bench.sql`select private.complete_known(${ids[0]?.ids}::bigint[]) as n`;
    expect(row?.n).toBe(0);
    expect(await countOf(run)).toEqual({ cancelled: 1 });
  });
});

describe("it is asked for again", () => {
  test("when nothing was found", async () => {
    const integration = await addIntegration();
    await research(integration, 1);
    const nothing = {
      ...COMPANY,
      name: null,
      description: null,
      industry: [],
      emails: [],
      social: {},
      portfolio: [],
    };
    await answer(await claim(), "done", { result: nothing });
    await researchElsewhere(integration, 1);
    expect((await serve()).batches).toHaveLength(1);
  });

  test("when it is older than the integration's results may be", async () => {
    const integration = await askedBefore(2, { cache_days: 3 });
    await bench.sql`update private.research_cache set asked_at = now() - interval '4 days' where subject_key = 'c1'`;
    await researchElsewhere(integration, 2);
    const { batches, known } = await serve();
    expect(known).toBe(1);
    expect(batches.flatMap(({ jobs }) => jobs.map((job) => job.name))).toEqual(["Company 1"]);
  });

  test("when the integration's results are not used again, and not when they were kept before", async () => {
    const integration = await askedBefore(1);
    const keepFor = (days: number) =>
      bench.sql`update public.integrations set cache_days = ${days} where id = ${integration}`;
    await keepFor(0);
    await researchElsewhere(integration, 1);
    await answer((await serve()).batches, "done", FOUND);
    await keepFor(30);
    await researchElsewhere(integration, 1);
    expect((await serve()).batches).toHaveLength(1);
  });

  test("when the integration has another address, also what the old one still answers", async () => {
    const integration = await askedBefore(1);
    const run = await researchElsewhere(integration, 2);
    const before = await serve();
    expect(before).toMatchObject({ known: 1 });
    await bench.sql`update public.integrations set url = 'https://b.example/' where id = ${integration}`;
    await answer(before.batches, "done", FOUND);
    expect(await bench.progressOf(run)).toMatchObject({ run: { status: "completed" } });
    await researchElsewhere(integration, 2);
    expect((await serve()).batches.flatMap(({ jobs }) => jobs)).toHaveLength(2);
  });

  test("by a run that is to ask afresh; what it finds is known from then on", async () => {
    const integration = await askedBefore(1);
    await researchElsewhere(integration, 1, { afresh: true });
    const { batches } = await serve();
    expect(batches).toHaveLength(1);
    await answer(batches, "done", {
      result: { ...COMPANY, description: { value: "Newer", source: "https://a.example/" } },
    });
    await researchElsewhere(integration, 1);
    expect(await serve()).toMatchObject({ known: 1 });
    const [company] =
      await bench.sql`select description from public.companies where campaign_id = ${bench.campaign}`;
    expect(company?.description).toBe("Newer");
  });

  test("for jobs that are done and researched again", async () => {
    const integration = await askedBefore(2);
    const run = await researchElsewhere(integration, 2);
    await serve();
    const [job] =
      await bench.sql`select id from public.research_jobs where run_id = ${run} order by id limit 1`;
    await bench.current.as(bench.ann, (sql) => sql`select public.rerun_jobs(${run}, ${[job?.id]}::bigint[])`);
    const { batches, known } = await serve();
    expect(known).toBe(0);
    expect(batches.flatMap(({ jobs }) => jobs.map(({ id }) => String(id)))).toEqual([job?.id]);
    await answer(batches, "done", FOUND);
    const [asked] = await bench.sql`select cached_at from public.research_jobs where id = ${job?.id}`;
    expect(asked?.cached_at).toBeNull();
  });

  test("in another workspace, whatever the integration's address", async () => {
    await askedBefore(1);
    await asSomebodyElse();
    const run = await research(await addIntegration(), 1);
    expect((await serve()).batches).toHaveLength(1);
    expect(await countOf(run)).toEqual({ processing: 1 });
  });
});

describe("what websites say", () => {
  /** Research by the web researcher of one company that has this website; whether it had to be read. */
  async function wasRead(website: string | null, description = "Robots"): Promise<boolean> {
    await bench.addCompanies(1);
    await bench.sql`update public.companies set website = ${website} where campaign_id = ${bench.campaign}`;
    await bench.start(["company"]);
    const { batches, known } = await serve(10, true);
    const result = { ...COMPANY, description: { value: description, source: "https://c1.example/" } };
    const outcomes = batches.flatMap(({ id, jobs }) =>
      jobs.map((job) => ({ ...done(job), batch_id: id, result })),
    );
    await bench.sql`select private.complete_jobs(${json(outcomes)}::text::jsonb, ${batches.map(({ id }) => id)}::uuid[])`;
    expect(known).toBe(1 - outcomes.length);
    return outcomes.length === 1;
  }

  const forgetAll = () => bench.sql`delete from private.research_cache`;

  test("is read once for all workspaces, however the address is written", async () => {
    await forgetAll();
    expect(await wasRead(null)).toBe(true);
    await asSomebodyElse();
    expect(await wasRead("https://C1.example/")).toBe(false);
    await bench.sql`update private.research_cache set asked_at = now() - interval '8 days'`;
    await asSomebodyElse();
    expect(await wasRead("c1.example")).toBe(true);
  });

  test("is no answer for another site: neither a page of it, nor that of a row with its domain", async () => {
    await forgetAll();
    for (const website of [
      "https://evil.example/",
      "c1.example/people/evil",
      "https://c1.example:8443",
      "c1.example?evil",
    ]) {
      expect(await wasRead(website, "Evil")).toBe(true);
      await asSomebodyElse();
    }
    expect(await wasRead("c1.example")).toBe(true);
    const [company] =
      await bench.sql`select description from public.companies where campaign_id = ${bench.campaign}`;
    expect(company?.description).toBe("Robots");
  });
});

test("results that nobody may use any more are deleted", async () => {
  await bench.sql`delete from private.research_cache`;
  const integration = await askedBefore(3, { cache_days: 10 });
  const age = (key: string, days: number) =>
    bench.sql`update private.research_cache set asked_at = now() - ${days} * interval '1 day' where subject_key = ${key}`;
  await age("c1", 11);
  await age("c2", 9);
  await bench.sql`
    insert into private.research_cache (lane_id, stage, subject_key, result, asked_at)
    values (null, 'company', 'old.example', '{}', now() - interval '8 days'), (null, 'company', 'new.example', '{}', now())`;
  const left = async () => {
    const [row] = await bench.sql`select private.prune_results() as pruned`;
    const rows = await bench.sql`select subject_key from private.research_cache order by 1`;
    return { pruned: row?.pruned, left: rows.map((one) => one.subject_key) };
  };
  expect(await left()).toEqual({ pruned: 2, left: ["c2", "c3", "new.example"] });
  await bench.current.as(bench.ann, (sql) => sql`select public.delete_integration(${integration})`);
  await age("c3", 2);
  expect(await left()).toEqual({ pruned: 2, left: ["new.example"] });
});

test("a contact is known in another campaign of the workspace", async () => {
  const integration = await addIntegration({ cost_per_job: 1 });
  await enrichElsewhere(integration);
  const { batches } = await serve();
  await answer(batches, "done", { result: { title: { value: "CEO", source: "https://a.example/" } } });
  await enrichElsewhere(integration);
  expect(await serve()).toEqual({ batches: [], known: 1 });
  const [contact] = await bench.sql`select title from public.contacts where campaign_id = ${bench.campaign}`;
  expect(contact?.title).toBe("CEO");
});

test("the app says how long websites are known as the database does", async () => {
  const [row] = await bench.sql`select private.days_kept(null) as days`;
  expect(row?.days).toBe(WEB_CACHE_DAYS);
});
