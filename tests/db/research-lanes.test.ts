import { describe, expect, test } from "vitest";
import { json, lanesBench } from "../support/lanes.ts";
import { type Batch, claimJobs } from "../support/research.ts";

const { addIntegration, answer, bench, claim, countOf, research, researchElsewhere } = lanesBench();

/** A claim that fails when it has to wait that long for a row. */
const claimWithin = (wait: string) =>
  bench.sql.begin(async (claiming) => {
    await claiming`select set_config('lock_timeout', ${wait}, true)`;
    return claimJobs(claiming, 10, false);
  });

const sizes = (batches: readonly Batch[]) => batches.map(({ jobs }) => jobs.length);

describe("a lane of an integration", () => {
  test("sends batches of the size it is set to, and no more requests at once than it allows", async () => {
    const run = await research(await addIntegration({ batch_size: 10, max_in_flight: 3 }), 45);
    const first = await claim();
    expect(sizes(first)).toEqual([10, 10, 10]);
    expect(await claim()).toEqual([]);
    expect(await answer(first.slice(0, 1), "done", { result: {} })).toMatchObject({ completed: 10 });
    expect(sizes(await claim())).toEqual([10]);
    expect(await countOf(run)).toEqual({ completed: 10, processing: 30, queued: 5 });
  });

  test("starts carefully, and goes as far as its limiter says", async () => {
    await research(await addIntegration({ batch_size: 1 }), 30);
    await bench.sql`update public.lanes set limit_now = 5.9 where integration_id is not null`;
    expect(await claim(20)).toHaveLength(5);
  });

  test("sends nothing while it is held, and says when it may be asked again", async () => {
    await research(await addIntegration(), 5);
    await bench.sql`update public.lanes set held_until = now() + interval '4 seconds' where integration_id is not null`;
    expect(await claim()).toEqual([]);
    const [row] = await bench.sql`select private.next_claim_ms() as ms, private.has_work() as has_work`;
    expect(row?.ms).toBeGreaterThan(3_000);
    expect(row?.ms).toBeLessThanOrEqual(4_000);
    expect(row?.has_work).toBe(false);
    await bench.sql`update public.lanes set held_until = now() + interval '1 hour' where integration_id is not null`;
    const [later] = await bench.sql`select private.next_claim_ms() as ms`;
    expect(later?.ms).toBeNull();
  });

  test("keeps to its requests per second, with a burst after a quiet time", async () => {
    await research(
      await addIntegration({ batch_size: 1, max_in_flight: 200, requests_per_second: 10, burst: 20 }),
      60,
    );
    expect(await claim(50)).toHaveLength(20);
    expect((await claim(50)).length).toBeLessThanOrEqual(1);
    await bench.sql`update public.lanes set tokens = 0, tokens_at = now() - interval '1 second' where integration_id is not null`;
    expect((await claim(50)).length).toBeGreaterThanOrEqual(10);
    await bench.sql`update public.lanes set tokens = 0, tokens_at = now() - interval '1 hour' where integration_id is not null`;
    expect(await claim(50)).toHaveLength(20);
  });

  test("is passed over by a worker that has enough of it under way", async () => {
    await research(await addIntegration(), 5);
    const [lane] =
      await bench.sql`select id from public.lanes where integration_id is not null and workspace_id = ${bench.ann.workspaceId}`;
    const [row] =
      await bench.sql`select private.claim_jobs(false, 5, 60, array[${lane?.id}]::uuid[]) as claim`;
    expect(row?.claim).toBeNull();
  });

  test("finds a job that was queued with an earlier time than those already claimed", async () => {
    const run = await research(await addIntegration({ batch_size: 1 }), 3);
    const [late] = await bench.sql`
      update private.queue set ready_at = now() + interval '1 hour' where job_id = (select max(id) from public.research_jobs where run_id = ${run}) returning job_id`;
    expect(await claim()).toHaveLength(2);
    await bench.sql`update private.queue set ready_at = '2020-01-01' where job_id = ${late?.job_id}`;
    await bench.sql`update private.lane_runs set looked_at = now() - interval '2 seconds' where run_id = ${run}`;
    expect((await claim()).flatMap(({ jobs }) => jobs.map((job) => String(job.id)))).toEqual([
      String(late?.job_id),
    ]);
  });

  test("does not wait for a run that somebody deletes, and serves the others", async () => {
    const integration = await addIntegration();
    await research(integration, 1, { priority: 1 });
    const deleted = bench.campaign;
    await researchElsewhere(integration, 2);
    await bench.sql.begin(async (deletion) => {
      await deletion`delete from public.campaigns where id = ${deleted}`;
      const batches = await claimWithin("2s");
      expect(sizes(batches)).toEqual([2]);
    });
  });

  test("is not waited for by claims when somebody settles what its run has cost", async () => {
    const integration = await addIntegration();
    const run = await research(integration, 1);
    await bench.sql.begin(async (settling) => {
      await settling`select from private.lane_runs where run_id = ${run} for no key update`;
      expect(await claimWithin("2s")).toEqual([]);
    });
    expect(await claim()).toHaveLength(1);
  });

  test("that may send once in minutes does not disturb those that may send sooner", async () => {
    const [slow, fast] = [
      await addIntegration({ batch_size: 1, requests_per_second: 0.01, burst: 1 }),
      await addIntegration({ batch_size: 1, requests_per_second: 1, burst: 1 }),
    ];
    await research(slow, 2);
    await researchElsewhere(fast, 2);
    expect([...(await claim()), ...(await claim())]).toHaveLength(2);
    const [row] = await bench.sql`select private.next_claim_ms() as ms`;
    expect(row?.ms).toBeGreaterThan(0);
    expect(row?.ms).toBeLessThanOrEqual(1000);
    await expect(addIntegration({ requests_per_second: 1e-9 })).rejects.toThrow(/violates check constraint/);
  });

  test("keeps what several workers learn: who was late learns again", async () => {
    const integration = await addIntegration();
    await research(integration, 1);
    const save = async (version: number, limit: number) => {
      const [row] = await bench.sql`
        select private.save_limiter(l.id, ${version}, ${json({ limit })}::text::jsonb, ${limit}::real, 'epoch') as kept
        from public.lanes l where l.integration_id = ${integration}`;
      return row?.kept;
    };
    expect(await save(0, 7)).toMatchObject({ saved: true, limiter_version: 1 });
    expect(await save(0, 3)).toEqual({ saved: false, limiter: { limit: 7 }, limiter_version: 1 });
    expect(await save(1, 8)).toMatchObject({ saved: true, limiter: { limit: 8 }, limiter_version: 2 });
  });

  test("that was deleted is claimed as such, so that its jobs can say so", async () => {
    const integration = await addIntegration();
    await research(integration, 1);
    await bench.current.as(bench.ann, (sql) => sql`select public.delete_integration(${integration})`);
    const [row] = await bench.sql`select private.claim_jobs(false, 5, 60) as claim`;
    expect(row?.claim.integration.deleted_at).not.toBeNull();
  });
});
