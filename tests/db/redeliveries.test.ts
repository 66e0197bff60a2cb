import { describe, expect, test } from "vitest";
import { json, lanesBench, outcomes } from "../support/lanes.ts";
import type { Batch } from "../support/research.ts";

const { addIntegration, answer, bench, claim, countOf, research } = lanesBench();

interface Begun {
  integration: { id: string; url: string };
  batch: Batch;
  tried: number[];
}

const begin = async (batchId: string): Promise<Begun> => {
  const [row] = await bench.sql`select private.begin_redelivery(${batchId}, 100) as begun`;
  return row?.begun;
};

const end = async (batchId: string, given: object[] = [], isPaid = true) => {
  const [row] = await bench.sql`
    select private.end_redelivery(${batchId}, ${json(given)}::text::jsonb, '[]', ${isPaid}) as counts`;
  return row?.counts;
};

/** A request by an integration that is over, with the same said of each of its jobs. */
async function sent(
  { settings = {}, jobs = 2, options = {} }: { settings?: object; jobs?: number; options?: object },
  kind: string,
  details: object = {},
) {
  const integration = await addIntegration(settings);
  const run = await research(integration, jobs, options);
  const [batch] = await claim();
  if (!batch) throw new Error("nothing was claimed");
  await answer([batch], kind, details);
  return { integration, run, batch, ids: batch.jobs.map((job) => job.id) };
}

const RETRY = { code: "http_500", reason: "It had a problem." };
const FAILED = { code: "http_404", reason: "There is nothing." };
const spentOf = async (run: string) => (await bench.progressOf(run)) as unknown as { spent: number }; // more is in it than tests mostly need

describe("a request that is sent again", () => {
  test("goes to where the integration is now, with the jobs it had", async () => {
    const { integration, batch, ids } = await sent({}, "failed", FAILED);
    await bench.sql`update public.integrations set url = 'https://b.example/new' where id = ${integration}`;
    await bench.sql`delete from public.companies where id = ${batch.jobs[1]?.company_id ?? ""}`;
    const begun = await begin(batch.id);
    expect(begun).toMatchObject({
      integration: { id: integration, url: "https://b.example/new" },
      batch: {
        id: batch.id,
        jobs: [{ id: ids[0], stage: "company", name: "Company 1", domain: "c1.example" }],
      },
      tried: [],
    });
    expect(begun.batch.jobs).toHaveLength(1);
  });

  test("is the next try of jobs that wait for one: they are not sent by themselves meanwhile", async () => {
    const { run, batch, ids } = await sent({}, "retry", RETRY);
    expect((await begin(batch.id)).tried).toEqual(ids);
    await bench.makeReady(run);
    expect(await claim()).toEqual([]);
    expect(await countOf(run)).toEqual({ processing: 2 });
    expect(await end(batch.id, outcomes([batch], "accepted"))).toMatchObject({ accepted: 2 });
    expect(await countOf(run)).toEqual({ waiting: 2 });
    const [row] = await bench.sql`
      select leased_until > now() + interval '10 minutes' as is_awaited, (select array_agg(distinct attempt) from public.research_jobs where run_id = ${run}) as attempts
      from public.research_batches where id = ${batch.id}`;
    expect(row).toEqual({ is_awaited: true, attempts: [2] });
  });

  test("is tried again when it fails, like every other, and after a crash too", async () => {
    const { run, batch } = await sent({}, "retry", RETRY);
    await begin(batch.id);
    expect(await end(batch.id, outcomes([batch], "retry", RETRY))).toMatchObject({ retried: 2 });
    expect(await countOf(run)).toEqual({ queued: 2 });
    await begin(batch.id);
    await bench.sql`update public.research_batches set leased_until = now() - interval '1 second' where id = ${batch.id}`;
    await bench.sql`select private.expire_leases()`;
    expect(await countOf(run)).toEqual({ queued: 2 });
    await bench.makeReady(run);
    expect((await claim()).flatMap(({ jobs }) => jobs.map((job) => job.attempt))).toEqual([4, 4]);
  });

  test("brings results to jobs that were given up, once, and changes nothing in those that have one", async () => {
    const { run, batch } = await sent({}, "failed", FAILED);
    const results = outcomes([batch], "done", { result: {} });
    await begin(batch.id);
    expect(await end(batch.id, results)).toMatchObject({ completed: 2 });
    expect(await countOf(run)).toEqual({ completed: 2 });
    await begin(batch.id);
    expect(await end(batch.id, results)).toMatchObject({ completed: 0, ignored: 2 });
    expect(await bench.progressOf(run)).toMatchObject({ run: { status: "completed" }, failures: [] });
  });

  test("leaves jobs whose result is awaited waiting, for as long again when it is taken", async () => {
    const { run, batch } = await sent({}, "accepted");
    await bench.sql`update public.research_batches set leased_until = now() + interval '5 minutes' where id = ${batch.id}`;
    expect((await begin(batch.id)).tried).toEqual([]);
    expect(await countOf(run)).toEqual({ waiting: 2 });
    await end(batch.id, outcomes([batch], "accepted"));
    const [row] = await bench.sql`
      select leased_until > now() + interval '15 minutes' as is_longer from public.research_batches where id = ${batch.id}`;
    expect(row?.is_longer).toBe(true);
  });

  test("is tried again soon when its worker dies, although others of it are awaited for long", async () => {
    const { run, batch } = await sent({ settings: { deadline_seconds: 86_400 } }, "accepted");
    const [one, other] = outcomes([batch], "retry", RETRY);
    await bench.sql`select private.complete_jobs(${json([one])}::text::jsonb)`;
    await begin(batch.id);
    const leased = async () => {
      const [row] = await bench.sql`
        select extract(epoch from leased_until - now())::int as seconds from public.research_batches where id = ${batch.id}`;
      return row?.seconds;
    };
    expect(await leased()).toBeLessThanOrEqual(100);
    await bench.sql`update public.research_batches set leased_until = now() - interval '1 second' where id = ${batch.id}`;
    await bench.sql`select private.expire_leases()`;
    expect(await countOf(run)).toEqual({ queued: 1, waiting: 1 });
    expect(await leased()).toBeGreaterThan(80_000);
    expect(await bench.sql`select status from public.research_jobs where id = ${other?.job_id ?? 0}`).toEqual(
      [{ status: "waiting" }],
    );
  });

  test("takes its turn in the requests per second, and costs what it costs", async () => {
    const settings = { cost_per_job: 2, requests_per_second: 1, burst: 1 };
    const { integration, run, batch } = await sent({ settings }, "failed", FAILED);
    expect(await spentOf(run)).toMatchObject({ spent: 4 });
    await bench.sql`update public.lanes set tokens = 1, tokens_at = now() where integration_id = ${integration}`;
    await begin(batch.id);
    expect(await spentOf(run)).toMatchObject({ spent: 8 });
    const [lane] =
      await bench.sql`select tokens < 0.9 as is_taken from public.lanes where integration_id = ${integration}`;
    expect(lane?.is_taken).toBe(true);
    await end(batch.id);
    expect(await spentOf(run)).toMatchObject({ spent: 8 });
    await begin(batch.id);
    expect(await spentOf(run)).toMatchObject({ spent: 12 });
    await end(batch.id, [], false);
    expect(await spentOf(run)).toMatchObject({ spent: 8 });
    await end(batch.id, [], false); // the first answer was lost
    expect(await spentOf(run)).toMatchObject({ spent: 8 });
  });
});

describe("sending again is refused", () => {
  const refused = (batchId: string, hint: string) =>
    expect(begin(batchId)).rejects.toMatchObject({ hint, message: expect.stringMatching(/.{20,}\.$/) });

  test("while the request is being sent, also when two ask at once", async () => {
    const { batch } = await sent({ settings: { cost_per_job: 1 } }, "retry", RETRY);
    const [one, other] = await Promise.allSettled([begin(batch.id), begin(batch.id)]);
    expect([one.status, other.status].sort()).toEqual(["fulfilled", "rejected"]);
    await refused(batch.id, "under_way");
  });

  test("while nothing is sent to the integration", async () => {
    const { integration, batch } = await sent({}, "retry", RETRY);
    await bench.sql`update public.lanes set held_until = now() + interval '90 seconds' where integration_id = ${integration}`;
    await expect(begin(batch.id)).rejects.toMatchObject({
      message: expect.stringMatching(/for another \d\d seconds/),
    });
  });

  test("over the run's spending cap", async () => {
    const { run, batch } = await sent(
      { settings: { cost_per_job: 1 }, options: { spend_cap: 3 } },
      "failed",
      FAILED,
    );
    await refused(batch.id, "cap_reached");
    expect(await spentOf(run)).toMatchObject({ spent: 2 });
  });

  test("once integration, companies, research or campaign are gone", async () => {
    const { integration, batch } = await sent({}, "failed", FAILED);
    await bench.sql`update public.integrations set deleted_at = now() where id = ${integration}`;
    await refused(batch.id, "integration_deleted");
    await bench.sql`update public.integrations set deleted_at = null where id = ${integration}`;
    await bench.sql`delete from public.companies where campaign_id = ${bench.campaign}`;
    await refused(batch.id, "nothing_to_send");
    await bench.sql`update public.campaigns set state = 'archived' where id = ${bench.campaign}`;
    await refused(batch.id, "campaign_busy");
    await refused("00000000-0000-4000-8000-000000000000", "batch_gone");
  });
});

/** Keeps a delivery of a batch, or of a test. */
async function deliver(integration: string, batch: string | null): Promise<number> {
  const delivery = {
    integration_id: integration,
    batch_id: batch,
    address: "a.example/",
    sent_at: new Date().toISOString(),
    duration_ms: 1,
    request_headers: {},
    request_body: "{}",
    notes: [],
  };
  await bench.sql`select private.keep_deliveries(${json([delivery])}::text::jsonb)`;
  const [row] =
    await bench.sql`select max(id)::int as id from public.deliveries where integration_id = ${integration}`;
  return row?.id;
}

test("a delivery says how many jobs it was about and at which stages; a test was about none", async () => {
  const { integration, batch } = await sent({}, "failed", FAILED);
  const about = async (id: number) =>
    (await bench.sql`select jobs, stages::text[] from public.deliveries where id = ${id}`)[0];
  expect(await about(await deliver(integration, batch.id))).toEqual({ jobs: 2, stages: ["company"] });
  expect(await about(await deliver(integration, null))).toEqual({ jobs: 0, stages: [] });
});

describe("who may send a delivery again", () => {
  const may = (id: number) =>
    bench.current.as(bench.ann, async (sql) => {
      const [row] = await sql`select public.may_redeliver(${id}) as batch`;
      return row?.batch;
    });

  test("is told its batch; a test has none", async () => {
    const { integration, batch } = await sent({}, "failed", FAILED);
    expect(await may(await deliver(integration, batch.id))).toBe(batch.id);
    await expect(may(await deliver(integration, null))).rejects.toMatchObject({ hint: "test_delivery" });
  });
});
