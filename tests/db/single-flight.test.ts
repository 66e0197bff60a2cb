import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { json, lanesBench, outcomes } from "../support/lanes.ts";
import { type Batch, COMPANY, claimJobs } from "../support/research.ts";

const { addIntegration, answer, bench, claim, countOf, enrichElsewhere, research, researchElsewhere, serve } =
  lanesBench();

const FOUND = { result: COMPANY };
const FAILED = { code: "x", reason: "X." };
const NOTHING = { batches: [], known: 0 };

/** Two campaigns of the same company, both started, the first of which has just asked for it. */
async function twoCampaigns(options: object = {}) {
  const integration = await addIntegration({ cost_per_job: 1, deadline_seconds: 600 });
  const first = await research(integration, 1);
  const asked = await claim();
  const second = await researchElsewhere(integration, 1, options);
  return { first, asked, second };
}

/** The worker of the run died; its job is tried again in an hour. */
async function dieIn(run: string): Promise<void> {
  await bench.sql`update public.research_batches set leased_until = now() - interval '1 second' where run_id = ${run} and leased_until is not null`;
  await bench.sql`select private.expire_leases()`;
  await bench.sql`update public.research_jobs set run_after = now() + interval '1 hour' where run_id = ${run}`;
  await bench.sql`update private.queue set ready_at = (select j.run_after from public.research_jobs j where j.id = job_id) where run_id = ${run}`;
}

describe("two campaigns that ask for the same company at once", () => {
  test("pay once: the second waits for what the first is told, without an attempt", async () => {
    const { asked, second } = await twoCampaigns();
    expect(await serve()).toEqual(NOTHING);
    const [waits] = await bench.sql`
      select attempt, status::text, extract(epoch from run_after - now())::int as seconds from public.research_jobs where run_id = ${second}`;
    expect(waits).toMatchObject({ attempt: 0, status: "queued" });
    expect(waits?.seconds).toBeGreaterThan(5);
    await answer(asked, "done", FOUND);
    await bench.makeReady(second);
    expect(await serve()).toEqual({ batches: [], known: 1 });
    expect(await bench.progressOf(second)).toMatchObject({ run: { status: "completed" }, spent: 0 });
  });

  test("also of hundreds, while what nobody has asked for goes on", async () => {
    const integration = await addIntegration({ batch_size: 100, max_in_flight: 10 });
    await research(integration, 500);
    const asked = await claim();
    expect(asked).toHaveLength(5);
    const second = await researchElsewhere(integration, 600);
    for (let n = 0; n < 5; n += 1) await serve();
    await bench.sql`select private.feed_runs()`;
    expect((await serve()).batches.flatMap(({ jobs }) => jobs)).toHaveLength(100);
    expect(await countOf(second)).toEqual({ processing: 100, queued: 500 });
  });

  test("also when the first is told by callback", async () => {
    const { asked, second } = await twoCampaigns();
    await answer(asked, "accepted");
    expect(await serve()).toEqual(NOTHING);
    await bench.sql`select private.complete_jobs(${json(outcomes(asked, "done", FOUND))}::text::jsonb)`;
    await bench.makeReady(second);
    expect(await serve()).toEqual({ batches: [], known: 1 });
  });

  test("also when the first is paused: what is under way arrives", async () => {
    const { first, asked, second } = await twoCampaigns();
    await bench.call("pause_research", first);
    expect(await serve()).toEqual(NOTHING);
    await answer(asked, "done", FOUND);
    await bench.makeReady(second);
    expect(await serve()).toEqual({ batches: [], known: 1 });
  });

  test("also when the first is cancelled while its request is under way", async () => {
    const { first, asked, second } = await twoCampaigns();
    await bench.call("cancel_research", first);
    expect(await serve()).toEqual(NOTHING);
    await answer(asked, "done", FOUND);
    await bench.makeReady(second);
    expect(await serve()).toEqual({ batches: [], known: 1 });
  });

  test("also when the second is to ask afresh: it asks when the first is told", async () => {
    const { asked, second } = await twoCampaigns({ afresh: true });
    expect(await serve()).toEqual(NOTHING);
    await answer(asked, "done", FOUND);
    await bench.makeReady(second);
    expect((await serve()).batches).toHaveLength(1);
  });
});

test("a claim looks past the companies that are asked for elsewhere", async () => {
  const integration = await addIntegration({ batch_size: 1 });
  await research(integration, 2);
  expect(await claim()).toHaveLength(2);
  await researchElsewhere(integration, 3);
  const { batches } = await serve(1);
  expect(batches.flatMap(({ jobs }) => jobs.map((job) => job.name))).toEqual(["Company 3"]);
});

describe("the second asks itself", () => {
  test("when the first was told nothing", async () => {
    const { asked, second } = await twoCampaigns();
    expect(await serve()).toEqual(NOTHING);
    await answer(asked, "failed", FAILED);
    await bench.makeReady(second);
    expect((await serve()).batches).toHaveLength(1);
    expect(await bench.progressOf(second)).toMatchObject({ spent: 1 });
  });

  test("when the worker of the first died; then the first waits for it", async () => {
    const { first, second } = await twoCampaigns();
    expect(await serve()).toEqual(NOTHING);
    await dieIn(first);
    expect(await countOf(first)).toEqual({ queued: 1 });
    await bench.makeReady(second);
    const { batches } = await serve();
    expect(batches).toHaveLength(1);
    await bench.makeReady(first);
    expect(await serve()).toEqual(NOTHING);
    await answer(batches, "done", FOUND);
    await bench.makeReady(first);
    expect(await serve()).toEqual({ batches: [], known: 1 });
  });

  test("when the first was cancelled, once its request is over", async () => {
    const { first, asked, second } = await twoCampaigns();
    await bench.call("cancel_research", first);
    await answer(asked, "accepted");
    expect((await serve()).batches).toHaveLength(1);
    expect(await countOf(second)).toEqual({ processing: 1 });
  });

  test("when results of the integration are not used again", async () => {
    const integration = await addIntegration({ cache_days: 0 });
    await research(integration, 1);
    expect(await claim()).toHaveLength(1);
    await researchElsewhere(integration, 1);
    expect((await serve()).batches).toHaveLength(1);
  });

  test("when they use different integrations", async () => {
    await research(await addIntegration(), 1);
    expect(await claim()).toHaveLength(1);
    await researchElsewhere(await addIntegration(), 1);
    expect((await serve()).batches).toHaveLength(1);
  });
});

test("one contact of two campaigns is asked for once", async () => {
  const integration = await addIntegration();
  await enrichElsewhere(integration);
  expect((await serve()).batches).toHaveLength(1);
  const second = await enrichElsewhere(integration);
  expect(await serve()).toEqual(NOTHING);
  expect(await countOf(second)).toEqual({ queued: 1 });
});

/** What happens: claims of several workers at the same moment, an answer to the oldest request, a worker that dies, time that passes. */
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("claim" as const), workers: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("answer" as const), isFound: fc.boolean() }) },
  fc.constant({ do: "die" as const }),
  { weight: 2, arbitrary: fc.constant({ do: "wait" as const }) },
);

test("whatever happens, no company is asked for twice at once, nor after it was found", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      await bench.sql`update public.research_runs set status = 'cancelled' where status in ('running', 'paused')`;
      const integration = await addIntegration({ batch_size: 1 });
      const runs = [await researchElsewhere(integration, 3)];
      runs.push(await researchElsewhere(integration, 3), await researchElsewhere(integration, 2));
      const open: Batch[] = [];
      const found = new Set<string>();
      const nameOf = (batch: Batch | undefined) => batch?.jobs[0]?.name ?? "";
      const ask = (batches: Batch[]) => {
        for (const batch of batches) {
          expect(found).not.toContain(nameOf(batch));
          expect(open.map(nameOf)).not.toContain(nameOf(batch));
          open.push(batch);
        }
      };
      for (const one of steps) {
        if (one.do === "claim") {
          const claims = await Promise.all(
            Array.from({ length: one.workers }, () => claimJobs(bench.sql, 2, false)),
          );
          ask(claims.flat());
        } else if (one.do === "wait") {
          for (const run of runs) await bench.makeReady(run);
          const { batches } = await serve(2);
          ask(batches);
        } else {
          const batch = open.shift();
          if (!batch) continue;
          if (one.do === "die") {
            await bench.sql`update public.research_batches set leased_until = now() - interval '1 second' where id = ${batch.id}`;
            await bench.sql`select private.expire_leases()`;
          } else if (one.isFound) {
            found.add(nameOf(batch));
            await answer([batch], "done", FOUND);
          } else await answer([batch], "failed", FAILED);
        }
      }
    }),
    { numRuns: 12 },
  );
});
