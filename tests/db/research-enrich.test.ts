import { describe, expect, test } from "vitest";
import { webhookRequest } from "../../supabase/functions/_shared/contracts/webhooks.ts";
import { connect } from "../../supabase/functions/_shared/db.ts";
import { postgresQueue } from "../../supabase/functions/_shared/engine/queue.ts";
import { sentJob } from "../../supabase/functions/_shared/providers/sent-job.ts";
import { driftOf } from "../support/counters.ts";
import { json, lanesBench, outcomes } from "../support/lanes.ts";
import { claimJobs } from "../support/research.ts";

const { addContacts, addIntegration, answer, bar, bench, claim } = lanesBench();

const lookAgain = () => bench.sql`update private.lane_runs set looked_at = now() - interval '2 seconds'`;
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

  test("are fed a few hundred at a time, in the order they came, and not again once that is done", async () => {
    const integration = await addIntegration({ batch_size: 100, max_in_flight: 200 });
    await addContacts(620);
    const run = await start(integration);
    await bench.sql`update public.lanes set limit_now = 200`;
    expect(await bench.progressOf(run)).toMatchObject({
      contacts_total: 620,
      companies_total: 0,
      stages: [{ queued: 500 }],
    });
    for (let batches = await claim(50); batches.length > 0; batches = await claim(50)) {
      await answer(batches, "done", { result: {} });
      await feed();
      await lookAgain();
    }
    expect(await bench.progressOf(run)).toMatchObject({
      run: { status: "completed" },
      stages: [{ completed: 620 }],
    });
    await expect(start(integration)).rejects.toMatchObject({ hint: "nothing_to_research" });
    expect(await bench.progressOf(await start(integration, ["enrich"], { again: true }))).toMatchObject({
      contacts_total: 620,
    });
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

  test("are not asked for, nor sent again, once they do not want to be contacted", async () => {
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
    await feed();
    const ids = claimed.flatMap(({ jobs }) => jobs.map(({ id }) => id));
    const [rerun] = await bench.current.as(
      bench.ann,
      (user) => user`select public.rerun_jobs(${run}, ${ids}::bigint[]) as progress`,
    );
    expect(rerun?.progress).toMatchObject({ requeued: 0 });
    const again = bench.sql`select private.begin_redelivery(${claimed[0]?.id ?? ""}, 100)`;
    await expect(again).rejects.toMatchObject({ hint: "nothing_to_send" });
    expect(await bench.progressOf(run)).toMatchObject({ stages: [{ queued: 0, failed: 2 }] });
  });

  test("cost nothing when only the others of their request were sent", async () => {
    const integration = await addIntegration({ cost_per_job: 1 });
    await addContacts(3);
    const run = await start(integration);
    const [batch] = await claim();
    if (!batch) throw new Error("nothing was claimed");
    const [barred, ...sent] = outcomes([batch], "done", { result: {} });
    const given = [{ ...barred, kind: "failed", code: "do_not_contact", reason: "X." }, ...sent];
    await bench.sql`select private.complete_jobs(${json(given)}::text::jsonb, ${[batch.id]}::uuid[])`;
    expect(await bench.progressOf(run)).toMatchObject({ run: { status: "completed" }, spent: 2 });
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
