import { describe, expect, test } from "vitest";
import { json, lanesBench, outcomes } from "../support/lanes.ts";
import { done, failed, type Progress } from "../support/research.ts";
import { until } from "../support/until.ts";

const { addIntegration, answer, bench, claim, countOf, research } = lanesBench();

type Rerun = Progress & { requeued: number };

/** Asks as ann for jobs of a run to be researched again. */
const rerun = (run: string, ids: readonly number[]): Promise<Rerun> =>
  bench.current.as(bench.ann, async (sql) => {
    const [row] = await sql`select public.rerun_jobs(${run}, ${[...ids]}::bigint[]) as progress`;
    return row?.progress;
  });

const idsOf = async (run: string, stage = "company"): Promise<number[]> => {
  const rows =
    await bench.sql`select id::int from public.research_jobs where run_id = ${run} and stage = ${stage} order by id`;
  return rows.map((row) => row.id);
};

/** A finished run of so many companies; the first of them failed. */
async function finishedRun(companies: number): Promise<{ run: string; ids: number[] }> {
  await bench.addCompanies(companies);
  const run = await bench.start(["company"]);
  const { lease, jobs } = await bench.claimed(companies);
  await bench.complete(
    lease,
    jobs.map((job, at) => (at === 0 ? failed(job) : done(job))),
  );
  return { run, ids: jobs.map((job) => job.id) };
}

/** A run by an integration whose only job is done, and the request that brought its result. */
async function doneByIntegration(options: object = {}, settings: { cost_per_job?: number } = {}) {
  const run = await research(await addIntegration(settings), 1, options);
  const [batch] = await claim();
  if (!batch) throw new Error("nothing was claimed");
  await answer([batch], "done", { result: {} });
  return { run, batch, ids: await idsOf(run) };
}

const statusOf = async (run: string) => (await bench.progressOf(run)).run.status;

describe("jobs that are researched again", () => {
  test("start afresh, done or failed, and their run goes on and ends once more", async () => {
    const { run, ids } = await finishedRun(3);
    const before = await bench.progressOf(run);
    expect(before.run).toMatchObject({ status: "completed", finished_at: expect.any(String) });
    expect(await rerun(run, ids.slice(0, 2))).toMatchObject({
      requeued: 2,
      run: { status: "running", finished_at: null },
      stages: [{ queued: 2, completed: 1, failed: 0 }],
      failures: [],
    });
    const companies =
      await bench.sql`select research_status from public.companies where campaign_id = ${bench.campaign} order by created_at`;
    expect(companies.map((row) => row.research_status)).toEqual(["queued", "queued", "completed"]);
    const { lease, jobs } = await bench.claimed();
    expect(jobs.map(({ id, attempt }) => ({ id, attempt }))).toEqual(
      ids.slice(0, 2).map((id) => ({ id, attempt: 1 })),
    );
    expect(await bench.complete(lease, jobs.map(done))).toMatchObject({ completed: 2, ignored: 0 });
    expect(await bench.progressOf(run)).toMatchObject({
      run: { status: "completed" },
      stages: [{ queued: 0, completed: 3, failed: 0 }],
    });
    const ended =
      await bench.sql`select distinct research_status from public.companies where campaign_id = ${bench.campaign}`;
    expect(ended).toEqual([{ research_status: "completed" }]);
  });

  test("make what follows from them only once, and show their company as done again", async () => {
    await bench.addCompanies(1);
    const run = await bench.start(["company", "contacts"]);
    for (let next = await bench.claim(); next; next = await bench.claim())
      await bench.complete(next.lease, next.jobs.map(done));
    expect(await rerun(run, await idsOf(run))).toMatchObject({ requeued: 1 });
    const { lease, jobs } = await bench.claimed();
    expect(jobs.map(({ stage }) => stage)).toEqual(["company"]);
    await bench.complete(lease, jobs.map(done));
    expect(await bench.claim()).toBeNull();
    expect(await idsOf(run, "contacts")).toHaveLength(1);
    expect(await statusOf(run)).toBe("completed");
    const [company] =
      await bench.sql`select research_status, contact_count from public.companies where campaign_id = ${bench.campaign}`;
    expect(company).toEqual({ research_status: "completed", contact_count: 1 });
  });

  test("take a late result of an earlier attempt, once, and are not sent any more", async () => {
    const { run, batch, ids } = await doneByIntegration();
    await rerun(run, ids);
    const handIn = async () => {
      const late = json(outcomes([batch], "done", { result: {} }));
      const [row] = await bench.sql`select private.complete_jobs(${late}::text::jsonb) as counts`;
      return row?.counts;
    };
    expect(await handIn()).toMatchObject({ completed: 1 });
    expect(await handIn()).toMatchObject({ completed: 0, ignored: 1 });
    expect(await claim()).toEqual([]);
    expect(await countOf(run)).toEqual({ completed: 1 });
    expect(await statusOf(run)).toBe("completed");
  });

  test("count towards the spending cap", async () => {
    const { run, ids } = await doneByIntegration({ spend_cap: 1.5 }, { cost_per_job: 1 });
    expect(await rerun(run, ids)).toMatchObject({ requeued: 1, spent: 1 });
    expect(await claim()).toEqual([]);
    expect(await countOf(run)).toEqual({ queued: 1 });
  });

  test("are only those of the run that have ended", async () => {
    const other = await finishedRun(1);
    bench.campaign = await bench.current.makeCampaign(bench.ann);
    await bench.addCompanies(2);
    const run = await bench.start(["company"]);
    await bench.claimed(1);
    const ids = await idsOf(run);
    expect(await rerun(run, [...ids, ...other.ids, 999_999_999])).toMatchObject({ requeued: 0 });
    expect(await countOf(run)).toEqual({ processing: 1, queued: 1 });
    expect(await countOf(other.run)).toEqual({ failed: 1 });
  });

  test("wait for a paused run to be resumed", async () => {
    await bench.addCompanies(2);
    const run = await bench.start(["company"]);
    const { lease, jobs } = await bench.claimed(1);
    await bench.complete(lease, jobs.map(done));
    await bench.call("pause_research", run);
    expect(
      await rerun(
        run,
        jobs.map((job) => job.id),
      ),
    ).toMatchObject({ requeued: 1, run: { status: "paused" } });
    expect(await bench.claim()).toBeNull();
    await bench.call("resume_research", run);
    expect((await bench.claimed()).jobs).toHaveLength(2);
  });
});

describe("asking for it is refused", () => {
  test("for no jobs, and for more than a thousand", async () => {
    const { run } = await finishedRun(1);
    const many = Array.from({ length: 1001 }, (_, n) => n);
    for (const ids of [[], many]) await expect(rerun(run, ids)).rejects.toMatchObject({ hint: "bad_jobs" });
  });

  test("in a cancelled run, and while another one is under way", async () => {
    await bench.addCompanies(2);
    const cancelled = await bench.start(["company"]);
    await bench.call("cancel_research", cancelled);
    await expect(rerun(cancelled, await idsOf(cancelled))).rejects.toMatchObject({ hint: "run_ended" });
    const ended = await bench.start(["company"]);
    const { lease, jobs } = await bench.claimed();
    await bench.complete(lease, jobs.map(failed));
    await bench.start(["company"]);
    await expect(rerun(ended, await idsOf(ended))).rejects.toMatchObject({ hint: "run_active" });
  });
});

describe("while the last job of the run is being completed", () => {
  /** Waits until a statement waits for another transaction. */
  const waiting = (text: string) =>
    until(`${text} waits`, async () => {
      const rows = await bench.sql`
        select from pg_stat_activity where wait_event_type = 'Lock' and query like ${`%${text}%`} and pid <> pg_backend_pid()`;
      return rows.length > 0;
    });

  /** A run of two jobs: one is done, the other is about to be. */
  async function almostDone() {
    await bench.addCompanies(2);
    const run = await bench.start(["company"]);
    const { lease, jobs } = await bench.claimed(2);
    const [first, last] = jobs;
    if (!first || !last) throw new Error("two jobs were to be claimed");
    await bench.complete(lease, [done(first)]);
    const outcome = json([{ ...done(last), batch_id: lease.get(last.id) }]);
    return { run, ids: [first.id], outcome, batch: lease.get(last.id) ?? "" };
  }

  test("the run is not ended with a job in it that was queued before", async () => {
    const { run, ids, outcome, batch } = await almostDone();
    let completed: Promise<unknown> | undefined;
    await bench.current.as(bench.ann, async (sql) => {
      await sql`select public.rerun_jobs(${run}, ${ids}::bigint[])`;
      const completing = bench.sql`select private.complete_jobs(${outcome}::text::jsonb, ${[batch]}::uuid[]) as counts`;
      completed = completing.then(([row]) => row?.counts);
      await waiting("complete_jobs");
    });
    expect(await completed).toMatchObject({ completed: 1 });
    expect(await statusOf(run)).toBe("running");
    const { lease, jobs } = await bench.claimed();
    await bench.complete(lease, jobs.map(done));
    expect(await statusOf(run)).toBe("completed");
  });

  test("the run that it has ended goes on", async () => {
    const { run, ids, outcome, batch } = await almostDone();
    let asked: Promise<Rerun> | undefined;
    await bench.sql.begin(async (sql) => {
      await sql`select private.complete_jobs(${outcome}::text::jsonb, ${[batch]}::uuid[])`;
      asked = rerun(run, ids);
      await waiting("rerun_jobs");
    });
    expect(await asked).toMatchObject({ requeued: 1, run: { status: "running", finished_at: null } });
    expect(await countOf(run)).toEqual({ completed: 1, queued: 1 });
  });
});
