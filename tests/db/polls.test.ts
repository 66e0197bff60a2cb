import { describe, expect, test } from "vitest";
import { json, lanesBench, outcomes } from "../support/lanes.ts";
import { type Batch, COMPANY } from "../support/research.ts";

const { addIntegration, answer, bench, claim, countOf, research, researchElsewhere, serve } = lanesBench();

const FOUND = { result: COMPANY };
const poll = (task: number) => ({ after_ms: 30_000, state: { task } });

/** One company that an integration was asked for, which wants to be asked again. */
async function polled(settings: object = {}, options: object = {}) {
  const integration = await addIntegration({ cost_per_job: 1, deadline_seconds: 600, ...settings });
  const run = await research(integration, 1, options);
  const batches = await claim();
  await answer(batches, "poll", poll(1));
  return { integration, run, batches };
}

async function jobOf(run: string) {
  const [job] = await bench.sql`
    select status::text, attempt, error_code, error_message, polled_since is not null as is_polled, extract(epoch from run_after - now())::int as seconds
    from public.research_jobs where run_id = ${run}`;
  return job;
}

const makeOld = (run: string, seconds: number) =>
  bench.sql`update public.research_jobs set polled_since = now() - make_interval(secs => ${seconds}) where run_id = ${run}`;

/** Lets the time of the next question come, and asks it. */
async function askAgain(run: string): Promise<Batch[]> {
  await bench.makeReady(run);
  return claim();
}

describe("an integration that wants to be asked again", () => {
  test("is, when it said, with what it said; that is one try, and paid for once", async () => {
    const { run } = await polled();
    expect(await jobOf(run)).toMatchObject({
      status: "queued",
      attempt: 0,
      is_polled: true,
      error_code: null,
    });
    expect((await jobOf(run))?.seconds).toBeGreaterThan(25);
    expect(await claim()).toEqual([]);
    for (const task of [2, 3]) {
      const batches = await askAgain(run);
      expect(batches[0]?.jobs).toMatchObject([{ attempt: 1, state: { task: task - 1 } }]);
      await answer(batches, "poll", poll(task));
    }
    await answer(await askAgain(run), "done", FOUND);
    expect(await bench.progressOf(run)).toMatchObject({ run: { status: "completed" }, spent: 1 });
    const attempts =
      await bench.sql`select from public.research_attempts where workspace_id = ${bench.ann.workspaceId}`;
    expect(attempts).toEqual([]);
  });

  test("is asked once more when its time is over, and then no more", async () => {
    const { run } = await polled({ deadline_seconds: 60 });
    await makeOld(run, 45);
    await answer(await askAgain(run), "poll", { after_ms: 3_600_000, state: null });
    expect((await jobOf(run))?.seconds).toBeLessThanOrEqual(15);
    await makeOld(run, 61);
    expect(await answer(await askAgain(run), "poll", poll(3))).toMatchObject({ failed: 1 });
    expect(await jobOf(run)).toMatchObject({
      status: "failed",
      error_code: "timed_out",
      error_message: expect.stringContaining("not done within the 1 min"),
    });
  });

  test("has all its time again when somebody retries", async () => {
    const { run } = await polled({ deadline_seconds: 60 });
    await makeOld(run, 61);
    await answer(await askAgain(run), "poll", poll(2));
    await bench.call("retry_failed_jobs", run);
    const batches = await claim();
    expect(batches[0]?.jobs).toMatchObject([{ attempt: 1, state: null }]);
    await answer(batches, "poll", poll(3));
    expect(await jobOf(run)).toMatchObject({ status: "queued", is_polled: true });
    expect(await bench.progressOf(run)).toMatchObject({ spent: 2 });
  });

  test("may hand in the result meanwhile, which counts", async () => {
    const { run, batches } = await polled();
    await bench.sql`select private.complete_jobs(${json(outcomes(batches, "done", FOUND))}::text::jsonb)`;
    expect(await bench.progressOf(run)).toMatchObject({ run: { status: "completed" } });
    expect(await askAgain(run)).toEqual([]);
  });

  test("may say so by callback, but not of an earlier request", async () => {
    const integration = await addIntegration();
    const run = await research(integration, 1);
    const first = await claim();
    await answer(first, "accepted");
    const take = async (id: string) => {
      const [row] = await bench.sql`
        select private.take_event(${integration}, ${id}, '{}', '{}', ${json(outcomes(first, "poll", poll(1)))}::text::jsonb) as taken`;
      return row?.taken;
    };
    expect(await take("m1")).toMatchObject({ taken: 1, ignored: 0 });
    expect(await countOf(run)).toEqual({ queued: 1 });
    await askAgain(run);
    expect(await take("m2")).toMatchObject({ taken: 0, ignored: 1 });
    expect(await countOf(run)).toEqual({ processing: 1 });
  });

  test("is asked again although its run has spent what it may", async () => {
    const { run } = await polled({}, { spend_cap: 1 });
    const batches = await askAgain(run);
    expect(batches).toHaveLength(1);
    expect(await bench.progressOf(run)).toMatchObject({ spent: 1 });
    await answer(batches, "done", FOUND);
    expect(await bench.progressOf(run)).toMatchObject({ run: { status: "completed" }, spent: 1 });
  });

  test("is asked again behind hundreds of jobs that its run cannot pay for", async () => {
    const integration = await addIntegration({ cost_per_job: 1, deadline_seconds: 600 });
    const run = await research(integration, 501, { spend_cap: 1 });
    const [batch] = await claim();
    await answer(batch ? [batch] : [], "poll", poll(1));
    await bench.sql`update private.queue set ready_at = now() + interval '1 hour' where job_id = ${batch?.jobs[0]?.id ?? 0}`;
    await bench.sql`select private.feed_runs()`;
    expect(await countOf(run)).toEqual({ queued: 501 });
    expect(await claim()).toEqual([]);
    await bench.sql`update public.research_jobs set run_after = now() where run_id = ${run} and polled_since is not null`;
    await bench.sql`
      update private.queue q set ready_at = j.run_after from public.research_jobs j where j.id = q.job_id and j.run_id = ${run} and j.polled_since is not null`;
    await bench.sql`select private.find_free_jobs()`;
    const again = await claim();
    expect(again.flatMap(({ jobs }) => jobs.map(({ id }) => id))).toEqual(batch?.jobs.map(({ id }) => id));
    expect(await bench.progressOf(run)).toMatchObject({ spent: 1 });
  });

  test("is done behind them with a result that has become known meanwhile", async () => {
    const integration = await addIntegration({ cost_per_job: 1, deadline_seconds: 600, batch_size: 1 });
    const run = await research(integration, 501, { spend_cap: 1 });
    const [batch] = await claim();
    await bench.sql`select private.feed_runs()`;
    await answer(batch ? [batch] : [], "poll", { after_ms: 0, state: {} });
    const [key] = await bench.sql`
      select l.id as lane_id, c.dedupe_key from public.research_jobs j join public.companies c on c.id = j.company_id
      join public.lanes l on l.integration_id = ${integration} where j.id = ${batch?.jobs[0]?.id ?? 0}`;
    await bench.sql`
      insert into private.research_cache (lane_id, stage, subject_key, result, asked_at)
      values (${key?.lane_id}, 'company', ${key?.dedupe_key}, ${json(FOUND.result)}::text::jsonb, now())`;
    await bench.sql`select private.find_free_jobs()`;
    expect(await serve()).toEqual({ batches: [], known: 1 });
    expect(await countOf(run)).toEqual({ completed: 1, queued: 500 });
    expect(await serve()).toEqual({ batches: [], known: 0 });
    const [looking] = await bench.sql`select private.has_work() as goes_on`;
    expect(looking).toEqual({ goes_on: false });
  });

  test("is not asked for the same by another campaign meanwhile", async () => {
    const { integration, run } = await polled();
    const second = await researchElsewhere(integration, 1);
    expect(await serve()).toEqual({ batches: [], known: 0 });
    await answer(await askAgain(run), "done", FOUND);
    await bench.makeReady(second);
    expect(await serve()).toEqual({ batches: [], known: 1 });
  });

  test("keeps nobody waiting who goes on when its own campaign is paused", async () => {
    const { integration, run } = await polled();
    await bench.call("pause_research", run);
    await researchElsewhere(integration, 1);
    expect((await serve()).batches).toHaveLength(1);
  });
});
