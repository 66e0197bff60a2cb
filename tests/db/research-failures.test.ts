import { describe, expect, test } from "vitest";
import { type Claim, done, failed, type Outcome, researchBench } from "../support/research.ts";

const bench = researchBench();

describe("what goes wrong", () => {
  test("a retry waits and comes back with one more attempt; after five it is a dead letter that says why", async () => {
    await bench.addCompanies(1);
    const run = await bench.start(["company"]);
    const retry = { kind: "retry", code: "timeout", reason: "The site did not answer." };
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const { lease, jobs } = await bench.claimed();
      expect(jobs[0]?.attempt).toBe(attempt);
      await bench.complete(lease, [{ job_id: jobs[0]?.id, ...retry, after_ms: 60_000 }]);
      if (attempt === 1) {
        const [job] =
          await bench.sql`select run_after - now() > interval '50 seconds' as waits from public.research_jobs where run_id = ${run}`;
        expect(job).toEqual({ waits: true });
      }
      await bench.makeReady(run);
    }
    expect((await bench.progressOf(run)).failures).toMatchObject([{ error_code: "timeout", count: 1 }]);
    expect(
      await bench.sql`select research_status from public.companies where campaign_id = ${bench.campaign}`,
    ).toEqual([{ research_status: "failed" }]);
  });

  test("a worker that died loses its lease; its late result still counts, once", async () => {
    await bench.addCompanies(1);
    const run = await bench.start(["company"]);
    const dead = await bench.claimed();
    await bench.sql`update public.research_batches set leased_until = now() - interval '1 second' where run_id = ${run}`;
    await bench.sql`select private.expire_leases(), private.engine_tick()`;
    await bench.makeReady(run);
    const second = await bench.claimed();
    expect(second.jobs[0]).toMatchObject({ id: dead.jobs[0]?.id, attempt: 2 });
    expect(await bench.complete(dead.lease, dead.jobs.map(failed))).toMatchObject({ ignored: 1 });
    expect(await bench.complete(dead.lease, dead.jobs.map(done))).toMatchObject({ completed: 1 });
    expect(await bench.complete(second.lease, second.jobs.map(done))).toMatchObject({
      completed: 0,
      ignored: 1,
    });
    expect((await bench.progressOf(run)).run.status).toBe("completed");
  });

  test("work that a slice hands back costs no attempt", async () => {
    await bench.addCompanies(1);
    await bench.start();
    const first = await bench.claimed();
    await bench.complete(first.lease, [
      { job_id: first.jobs[0]?.id, kind: "retry", code: "slice_over", reason: "The slice ended." },
    ]);
    expect((await bench.claimed()).jobs[0]?.attempt).toBe(1);
  });

  test("thousands of failed jobs are retried a few at a time, and each once", async () => {
    await bench.addCompanies(1300);
    const run = await bench.start(["company"]);
    await bench.sql`update public.lanes set limit_now = 1000 where workspace_id = ${bench.ann.workspaceId}`;
    const work = async (outcome: (job: Claim["jobs"][number]) => Outcome) => {
      let most = 0;
      for (;;) {
        await bench.sql`select private.feed_runs()`;
        const next = await bench.claim(1000);
        if (!next) return most;
        most = Math.max(most, next.jobs.length);
        await bench.complete(next.lease, next.jobs.map(outcome));
      }
    };
    await work(failed);
    expect(await bench.progressOf(run)).toMatchObject({
      run: { status: "completed" },
      stages: [{ failed: 1300 }],
    });
    expect(await bench.call("retry_failed_jobs", run)).toMatchObject({
      run: { status: "running" },
      stages: [{ queued: 500, failed: 800 }],
    });
    expect(await work(failed)).toBeLessThanOrEqual(1000);
    expect(await bench.progressOf(run)).toMatchObject({
      run: { status: "completed" },
      stages: [{ failed: 1300 }],
    });
    await bench.call("retry_failed_jobs", run);
    await work(done);
    expect(await bench.progressOf(run)).toMatchObject({
      run: { status: "completed" },
      stages: [{ failed: 0, completed: 1300 }],
    });
  });

  test("those that failed for one reason can be retried alone", async () => {
    await bench.addCompanies(3);
    const run = await bench.start(["company"]);
    const { lease, jobs } = await bench.claimed();
    await bench.complete(lease, [
      ...jobs.slice(0, 2).map(failed),
      ...jobs
        .slice(2)
        .map((job) => ({ job_id: job.id, kind: "failed", code: "not_html", reason: "A picture." })),
    ]);
    const retried = await bench.current.as(bench.ann, async (sql) => {
      const [row] = await sql`select public.retry_failed_jobs(${run}, 'not_html') as progress`;
      return row?.progress;
    });
    expect(retried).toMatchObject({ run: { status: "running" }, stages: [{ queued: 1, failed: 2 }] });
    const again = await bench.claimed();
    expect(again.jobs.map((job) => job.id)).toEqual([jobs[2]?.id]);
    await bench.complete(again.lease, again.jobs.map(done));
    expect(await bench.progressOf(run)).toMatchObject({
      run: { status: "completed" },
      stages: [{ completed: 1, failed: 2 }],
    });
  });

  test("what is retried while a run is paused is queued at once, and sent when it is resumed", async () => {
    await bench.addCompanies(1);
    const run = await bench.start(["company"]);
    const first = await bench.claimed();
    await bench.complete(first.lease, first.jobs.map(failed));
    await bench.call("retry_failed_jobs", run);
    const second = await bench.claimed();
    await bench.call("pause_research", run);
    await bench.complete(second.lease, second.jobs.map(failed));
    expect(await bench.call("retry_failed_jobs", run)).toMatchObject({
      run: { status: "paused" },
      stages: [{ queued: 1, failed: 0 }],
    });
    expect(await bench.claim()).toBeNull();
    await bench.call("resume_research", run);
    const again = await bench.claimed();
    await bench.complete(again.lease, again.jobs.map(done));
    expect((await bench.progressOf(run)).run.status).toBe("completed");
  });

  test("failed jobs can be retried and the run goes on", async () => {
    await bench.addCompanies(2);
    const run = await bench.start(["company"]);
    const { lease, jobs } = await bench.claimed();
    await bench.complete(lease, jobs.map(failed));
    expect((await bench.progressOf(run)).run.status).toBe("completed");
    expect((await bench.call("retry_failed_jobs", run)).run.status).toBe("running");
    const again = await bench.claimed();
    await bench.complete(again.lease, again.jobs.map(done));
    expect(await bench.progressOf(run)).toMatchObject({
      run: { status: "completed" },
      failures: [],
      stages: [{ completed: 2, failed: 0 }],
    });
  });
});

describe("what arrives at odd times", () => {
  test("a result that comes after its run ended is kept and starts nothing that nobody would do", async () => {
    await bench.addCompanies(1);
    const run = await bench.start();
    const dead = await bench.claimed();
    await bench.complete(dead.lease, dead.jobs.map(failed));
    expect((await bench.progressOf(run)).run.status).toBe("completed");
    expect(await bench.complete(dead.lease, dead.jobs.map(done))).toMatchObject({ completed: 1 });
    expect((await bench.progressOf(run)).stages).toMatchObject([
      { completed: 1, failed: 0 },
      { queued: 0, processing: 0 },
    ]);
    const [company] = await bench.sql`
      select research_status, description from public.companies where campaign_id = ${bench.campaign}`;
    expect(company).toEqual({ research_status: "completed", description: "Robots" });
  });

  test("a result for a cancelled job counts once, however often it is told", async () => {
    await bench.addCompanies(1);
    const run = await bench.start();
    const { lease, jobs } = await bench.claimed();
    await bench.call("cancel_research", run);
    expect(await bench.complete(lease, jobs.map(done))).toMatchObject({ completed: 1, ignored: 0 });
    expect(await bench.complete(lease, jobs.map(done))).toMatchObject({ completed: 0, ignored: 1 });
  });

  test("a site that asks to be left alone for ages, or for a broken number of milliseconds, is asked again after a day at most", async () => {
    for (const after_ms of [1e15, 2500.5]) {
      bench.campaign = await bench.current.makeCampaign(bench.ann);
      await bench.addCompanies(1);
      const run = await bench.start(["company"]);
      const { lease, jobs } = await bench.claimed();
      const retry = { kind: "retry", code: "rate_limited", reason: "The site asks to wait.", after_ms };
      await bench.complete(lease, [{ job_id: jobs[0]?.id, ...retry }]);
      const [job] = await bench.sql`
        select extract(epoch from run_after - now())::float8 as seconds from public.research_jobs where run_id = ${run}`;
      expect(job?.seconds).toBeGreaterThan(2);
      expect(job?.seconds).toBeLessThanOrEqual(86_400);
    }
  });

  test("a lane whose limit was lowered below what it has under way waits, and holds up nobody", async () => {
    await bench.addCompanies(8);
    await bench.start(["company"]);
    const under = await bench.claimed(5);
    await bench.sql`update public.lanes set limit_now = 2 where workspace_id = ${bench.ann.workspaceId}`;
    expect(await bench.claim()).toBeNull();
    await bench.complete(under.lease, under.jobs.map(done));
    expect((await bench.claimed()).jobs).toHaveLength(2);
  });
});
