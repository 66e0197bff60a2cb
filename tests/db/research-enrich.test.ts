import { describe, expect, test } from "vitest";
import { webhookRequest } from "../../supabase/functions/_shared/contracts/webhooks.ts";
import { connect } from "../../supabase/functions/_shared/db.ts";
import { postgresQueue } from "../../supabase/functions/_shared/engine/queue.ts";
import { sentJob } from "../../supabase/functions/_shared/providers/sent-job.ts";
import { driftOf } from "../support/counters.ts";
import { json, lanesBench, outcomes } from "../support/lanes.ts";
import { claimJobs } from "../support/research.ts";

const { addContacts, addIntegration, answer, bar, bench, claim } = lanesBench();

const contacts = () =>
  bench.sql`select * from public.contacts where campaign_id = ${bench.campaign} order by name`;
const feed = () => bench.sql`select private.feed_runs()`;

const start = (integration: string, stages = ["enrich"], options: object = {}) =>
  bench.start(stages, {}, { providers: { enrich: integration }, ...options });

describe("contacts that are enriched", () => {
  test("follow when a company's contacts were found: new and known ones, but nobody who does not want to be contacted", async () => {
    const integration = await addIntegration();
    await addContacts(2);
    await bar("Person 2");
    const run = await start(integration, ["contacts", "enrich"]);
    const [batch] = await claimJobs(bench.sql);
    if (!batch) throw new Error("the contacts job was not there");
    const found = { contacts: [{ name: "Jane Doe", title: "CEO", source: "https://c1.example/team" }] };
    await bench.sql`select private.complete_jobs(${json(outcomes([batch], "done", { result: found }))}::text::jsonb, ${[batch.id]}::uuid[])`;
    expect(await bench.progressOf(run)).toMatchObject({ run: { status: "running" }, contacts_total: 2 });
    // The company is done: its contacts are something of their own.
    expect(
      await bench.sql`select research_status from public.companies where campaign_id = ${bench.campaign}`,
    ).toEqual([{ research_status: "completed" }]);
    const batches = await claim();
    const jobs = batches.flatMap((one) => one.jobs);
    expect(jobs.map(({ contact }) => contact?.name).sort()).toEqual(["Jane Doe", "Person 1"]);
    expect(jobs[0]).toMatchObject({
      stage: "enrich",
      name: "Company 1",
      contact: { contact_id: expect.any(String), email: null },
    });
    await answer(batches, "done", { result: {} });
    expect(await bench.progressOf(run)).toMatchObject({
      run: { status: "completed" },
      stages: [{ completed: 1 }, { completed: 2 }],
    });
    expect(await driftOf(bench.sql)).toEqual([]);
  });

  test("get what they lack with its source, and keep what somebody typed", async () => {
    await addContacts(1);
    await bench.sql`update public.contacts set title = 'Typed' where campaign_id = ${bench.campaign}`;
    await start(await addIntegration());
    const from = (value: string) => ({ value, source: "https://c1.example/team" });
    const result = { title: from("CEO"), email: from("p@c1.example"), custom: { Assistant: "Max" } };
    await answer(await claim(), "done", { result });
    expect(await contacts()).toMatchObject([
      {
        title: "Typed",
        email: "p@c1.example",
        phone: null,
        custom: { Assistant: "Max" },
        research: {
          title: { value: "CEO" },
          email: { value: "p@c1.example", source: "https://c1.example/team" },
        },
      },
    ]);
  });

  test("keep the page of what was found first, when something else is found later", async () => {
    await addContacts(1);
    const first = { value: "CEO", source: "https://c1.example/team" };
    await bench.sql`update public.contacts set title = 'CEO', research = ${json({ title: first })}::text::jsonb where campaign_id = ${bench.campaign}`;
    await start(await addIntegration());
    const later = { value: "Chief", source: "https://n8n.example/" };
    await answer(await claim(), "done", { result: { title: later, phone: { ...later, value: "+1 555" } } });
    expect(await contacts()).toMatchObject([
      { title: "CEO", phone: "+1 555", research: { title: first, phone: { source: later.source } } },
    ]);
  });

  test("are those of the campaign when nobody looks for others, beside what is found out about companies", async () => {
    await addContacts(3);
    const run = await start(await addIntegration(), ["company", "enrich"]);
    await feed();
    expect(await bench.progressOf(run)).toMatchObject({
      companies_total: 1,
      contacts_total: 3,
      stages: [{ queued: 1 }, { queued: 3 }],
    });
    await answer(await claim(), "done", { result: {} });
    expect(await bench.progressOf(run)).toMatchObject({ run: { status: "running" } });
    const [company] = await claimJobs(bench.sql);
    await answer(company ? [company] : [], "done", { result: {} });
    expect(await bench.progressOf(run)).toMatchObject({ run: { status: "completed" } });
  });

  test.each(["enrich", "sync"])(
    "are sent at %s as the webhook contract says, with their company and the state they asked to be told",
    async (stage) => {
      await addContacts(1);
      await bench.start([stage], {}, { providers: { [stage]: await addIntegration() } });
      await bench.sql`update public.research_jobs set poll_state = '{"task": 1}' where campaign_id = ${bench.campaign}`;
      const db = connect(bench.current.url);
      try {
        const claimed = await postgresQueue(db).claim("integration", 10, []);
        const jobs = claimed?.batches.flatMap((one) => one.jobs).map((job) => sentJob(job, "token"));
        const sent = webhookRequest.parse({ batch_id: "b", callback_url: "https://a.example/", jobs });
        expect(sent.jobs).toMatchObject([
          {
            stage,
            state: { task: 1 },
            subject: { name: "Company 1", contact: { name: "Person 1", email: null } },
          },
        ]);
      } finally {
        await db.end();
      }
    },
  );

  test("fail alone, are retried, and are listed with their company", async () => {
    await addContacts(1);
    const run = await start(await addIntegration());
    await answer(await claim(), "failed", { code: "no_match", reason: "Nobody of this name." });
    expect(await bench.progressOf(run)).toMatchObject({
      run: { status: "completed" },
      stages: [{ failed: 1 }],
    });
    expect(
      await bench.sql`select research_status from public.companies where campaign_id = ${bench.campaign}`,
    ).toEqual([{ research_status: "new" }]);
    await bench.call("retry_failed_jobs", run);
    const page = async (filter: object) =>
      (
        await bench.current.as(
          bench.ann,
          (sql) => sql`select public.list_jobs(${run}, ${json(filter)}::text::jsonb) as page`,
        )
      )[0]?.page.rows;
    const [company] = await bench.sql`select id from public.companies where campaign_id = ${bench.campaign}`;
    const shown = [
      { status: "queued", company: null, contact: { name: "Person 1", company: { name: "Company 1" } } },
    ];
    expect(await page({ company_id: company?.id })).toMatchObject(shown);
    expect(await page({ q: "person" })).toMatchObject(shown);
    expect(await page({ q: "nobody" })).toEqual([]);
  });

  test("cost nothing when only the others of their request are sent, whoever was asked for before", async () => {
    const integration = await addIntegration({ cost_per_job: 1, batch_size: 2, deadline_seconds: 600 });
    await addContacts(3);
    const run = await start(integration);
    const [first] = await claim(1);
    if (!first) throw new Error("nothing was claimed");
    await answer([first], "poll", { after_ms: 0, state: {} });
    await bar("Person 1");
    await bench.sql`update private.lane_runs set looked_at = now() - interval '2 seconds'`;
    const batches = await claim();
    expect(batches.flatMap(({ jobs }) => jobs)).toHaveLength(3);
    expect(await bench.progressOf(run)).toMatchObject({ spent: 3 });
    for (const outcome of outcomes(batches, "failed", { code: "do_not_contact", reason: "X." }))
      await bench.sql`select private.complete_jobs(${json([outcome])}::text::jsonb)`;
    expect(await bench.progressOf(run)).toMatchObject({ run: { status: "completed" }, spent: 3 });
  });

  test("of whom nobody is told cost nothing, however what became of them is stored", async () => {
    await addContacts(2);
    const run = await start(await addIntegration({ cost_per_job: 1 }));
    await bar("Person 1", "Person 2");
    const [batch] = await claim();
    if (!batch) throw new Error("nothing was claimed");
    for (const outcome of outcomes([batch], "failed", { code: "do_not_contact", reason: "X." }))
      await bench.sql`select private.complete_jobs(${json([outcome])}::text::jsonb)`;
    await bench.sql`select private.complete_jobs('[]', ${[batch.id]}::uuid[], '[]', ${[batch.id]}::uuid[])`;
    expect(await bench.progressOf(run)).toMatchObject({ run: { status: "completed" }, spent: 0 });
  });

  test("that are deleted take their jobs along, and the run ends", async () => {
    await addContacts(1);
    const run = await start(await addIntegration());
    await bench.current.as(
      bench.ann,
      (sql) => sql`select public.delete_matching(${bench.campaign}, 'contacts', '{}')`,
    );
    expect(await bench.progressOf(run)).toMatchObject({
      run: { status: "completed" },
      stages: [{ queued: 0 }],
    });
    expect(await driftOf(bench.sql)).toEqual([]);
  });

  test("are not of companies that a source is still to bring", async () => {
    const source = { url: "https://fair.example/", format: "json", name: "name" };
    const integration = await addIntegration();
    await expect(start(integration, ["discover", "enrich"], { source })).rejects.toMatchObject({
      hint: "bad_stages",
    });
  });
});
