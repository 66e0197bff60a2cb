import { expect, test } from "vitest";
import { Bell } from "../../supabase/functions/_shared/engine/bell.ts";
import { SLICE_LIMITS } from "../../supabase/functions/_shared/engine/slice.ts";
import type { JobOutcome, ProviderJob } from "../../supabase/functions/_shared/providers/provider.ts";
import { done, NOTHING, sliceBench, usage } from "../support/slices.ts";
import { companyOf } from "../support/subjects.ts";
import { until } from "../support/until.ts";

const bench = sliceBench();
const { database, slice, start, statuses } = bench;

const NO_CONTACTS: JobOutcome = { kind: "done", result: { stage: "contacts", value: { contacts: [] } } };

/** These writes fail as they do for the victim of a deadlock, until `allowWrites`. */
async function refuse(writes: "update on public.lanes" | "delete on public.research_batches"): Promise<void> {
  await database.current.sql.unsafe(`
    create function public.refuse() returns trigger language plpgsql as
      $$ begin raise exception 'deadlock detected' using errcode = 'deadlock_detected'; end $$;
    create trigger refuse before ${writes} for each statement execute function public.refuse()`);
}

const allowWrites = () => database.current.sql`drop function public.refuse() cascade`;

test("a slice does all there is, at most ten jobs at once", async () => {
  await start(37);
  let atOnce = 0;
  let most = 0;
  const report = await slice(async () => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    await new Promise((resolve) => setImmediate(resolve));
    atOnce -= 1;
    return done;
  });
  expect(report).toMatchObject({ claimed: 37, done: 37, failed: 0 });
  expect(most).toBe(10);
  expect(await statuses()).toEqual({ completed: 37 });
});

test("a job that throws is retried and takes no other with it", async () => {
  await start(5);
  const report = await slice(async (job) => {
    if (companyOf(job).name === "Company 3") throw new Error("bug");
    return done;
  });
  expect(report).toMatchObject({ done: 4, retried: 1 });
  expect(await statuses()).toEqual({ completed: 4, queued: 1 });
});

test("text that Postgres cannot hold loses only its broken characters", async () => {
  await start(1);
  const source = "https://acme.example/";
  const description = { value: "Nul\u0000 and half \ud83d a character", source };
  await slice(async () => ({
    kind: "done",
    result: { stage: "company", value: { ...NOTHING, description } },
  }));
  expect(await statuses()).toEqual({ completed: 1 });
  const [company] = await database.current
    .sql`select description from public.companies where campaign_id = ${bench.campaign}`;
  expect(company?.description).toBe("Nul and half \ufffd a character");
});

test("a result that cannot be stored fails its own job, says so, and takes no other with it", async () => {
  await start(4);
  // Not a list: no provider of ours gives this, a broken one might.
  const broken = { ...NOTHING, portfolio: "many" as never };
  const report = await slice(async (job) =>
    companyOf(job).name === "Company 2"
      ? { kind: "done", result: { stage: "company", value: broken } }
      : done,
  );
  expect(report.claimed).toBe(4);
  expect(await statuses()).toEqual({ completed: 3, failed: 1 });
  const [job] = await database.current
    .sql`select error_code, error_message from public.research_jobs where campaign_id = ${bench.campaign} and status = 'failed'`;
  expect(job).toEqual({ error_code: "internal", error_message: "What was found could not be stored." });
});

test("a fast company is stored while a slow one is still being read", async () => {
  await start(2);
  let release = (_: JobOutcome) => {};
  const slow = new Promise<JobOutcome>((resolve) => {
    release = resolve;
  });
  const running = slice((job) => (companyOf(job).name === "Company 1" ? slow : Promise.resolve(done)));
  await expect.poll(statuses).toEqual({ completed: 1, processing: 1 });
  release(done);
  await running;
  expect(await statuses()).toEqual({ completed: 2 });
});

test("what a result makes possible is not left until a slow company is done, also if a claim just missed it", async () => {
  await start(2, ["company", "contacts"]);
  let release = (_: JobOutcome) => {};
  const slow = new Promise<JobOutcome>((resolve) => {
    release = resolve;
  });
  let noticed = () => {};
  const seenNothing = new Promise<void>((resolve) => {
    noticed = resolve;
  });
  let storing: Promise<unknown> = Promise.resolve();
  const running = slice(
    (job) => {
      if (job.stage === "contacts") return Promise.resolve(NO_CONTACTS);
      return companyOf(job).name === "Company 1" ? slow : Promise.resolve(done);
    },
    {},
    // The first result is stored while a claim that saw nothing is on its way back.
    (queue) => ({
      ...queue,
      complete(...results) {
        storing = seenNothing.then(() => queue.complete(...results));
        return storing.then(() => {});
      },
      async claim(...wanted) {
        const claim = await queue.claim(...wanted);
        if (claim) return claim;
        noticed();
        await storing;
        return null;
      },
    }),
  );
  await expect.poll(statuses).toEqual({ completed: 2, processing: 1 });
  release(done);
  await running;
  expect(await statuses()).toEqual({ completed: 4 });
});

test("what comes while a slow company is being read is not left until that is done, if the bell is rung", async () => {
  await start(1);
  let release = (_: JobOutcome) => {};
  const slow = new Promise<JobOutcome>((resolve) => {
    release = resolve;
  });
  const bell = new Bell();
  const running = slice((job) => (companyOf(job).name === "Company 1" ? slow : Promise.resolve(done)), {
    bell,
  });
  await expect.poll(statuses).toEqual({ processing: 1 });
  await database.current.sql`
    insert into public.companies (workspace_id, campaign_id, name, dedupe_key) values (${bench.ann.workspaceId}, ${bench.campaign}, 'Company 2', 'c2')`;
  await database.current
    .sql`update public.research_runs set is_fed = false where campaign_id = ${bench.campaign}`;
  bell.ring();
  await expect.poll(statuses).toEqual({ completed: 1, processing: 1 });
  release(done);
  await running;
});

test("a job under way keeps its lease for as long as its worker is heard of", async () => {
  await start(1);
  let release = (_: JobOutcome) => {};
  const slow = new Promise<JobOutcome>((resolve) => {
    release = resolve;
  });
  const running = slice(() => slow, { limits: { ...SLICE_LIMITS, renewEveryMs: 20 } });
  await expect.poll(statuses).toEqual({ processing: 1 });
  await database.current.sql`
    update public.research_batches set leased_until = now() + interval '1 second' where run_id in (select id from public.research_runs where campaign_id = ${bench.campaign})`;
  await expect
    .poll(async () => {
      const [job] = await database.current.sql`
        select leased_until > now() + interval '30 seconds' as is_renewed from public.research_batches where run_id in (select id from public.research_runs where campaign_id = ${bench.campaign})`;
      return job?.is_renewed;
    })
    .toBe(true);
  release(done);
  await running;
  expect(await statuses()).toEqual({ completed: 1 });
});

test("what is found keeps its lease while it waits to be stored", async () => {
  await start(1);
  const { sql } = database.current;
  const ofRun = sql`run_id in (select id from public.research_runs where campaign_id = ${bench.campaign} and status = 'running')`;
  let running: Promise<unknown> = Promise.resolve();
  await sql.begin(async (writer) => {
    await writer`select from public.campaigns where id = ${bench.campaign} for no key update`;
    running = slice(async () => done, { limits: { ...SLICE_LIMITS, renewEveryMs: 20 } });
    await until("the result waits", async () => {
      const waiting = await sql`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%complete_jobs%' and pid <> pg_backend_pid()`;
      return waiting.length > 0;
    });
    await sql`update public.research_batches set leased_until = now() + interval '1 second' where ${ofRun}`;
    await until("its lease is renewed", async () => {
      const [row] = await sql`
        select leased_until > now() + interval '30 seconds' as is_renewed from public.research_batches where ${ofRun}`;
      return row?.is_renewed === true;
    });
  });
  await running;
  expect(await statuses()).toEqual({ completed: 1 });
});

test("when the database refuses a claim, what is under way is still stored, and the next slice does the rest", async () => {
  await start(12);
  let began = 0;
  const breakClaims = async () => {
    began += 1;
    if (began === 10) await refuse("update on public.lanes");
    await expect.poll(() => began).toBe(10);
    return done;
  };
  await expect(slice(breakClaims)).rejects.toThrow("The queue failed");
  expect(await statuses()).toEqual({ completed: 10, queued: 2 });
  await allowWrites();
  expect(await slice(async () => done)).toMatchObject({ claimed: 2 });
});

test("a result that the database cannot store right now does not fail its job: another worker gets it", async () => {
  await start(1);
  await refuse("delete on public.research_batches");
  const limits = { ...SLICE_LIMITS, storeUntilMs: 50 };
  await expect(slice(async () => done, { limits })).rejects.toThrow("The queue failed");
  await allowWrites();
  expect(await statuses()).toEqual({ processing: 1 });
  await database.current.sql`
    update public.research_batches set leased_until = now() - interval '1 second' where run_id in (select id from public.research_runs where campaign_id = ${bench.campaign})`;
  await database.current.sql`select private.expire_leases()`;
  expect(await statuses()).toEqual({ queued: 1 });
});

test("a slice that has used its CPU claims no more and leaves the rest to the next", async () => {
  await start(30);
  let cpu = 0;
  const report = await slice(
    async () => {
      cpu += 200;
      return done;
    },
    { usage: { ...usage, cpuMs: () => cpu } },
  );
  expect(report.claimed).toBeLessThan(30);
  expect((await statuses()).queued).toBe(30 - report.claimed);
});

test("what is under way when the time is over goes back to the queue without costing an attempt", async () => {
  await start(2);
  const over: JobOutcome = { kind: "retry", afterMs: null, code: "slice_over", reason: "The slice ended." };
  const waitForEnd = (_: ProviderJob, signal?: AbortSignal) =>
    new Promise<JobOutcome>((resolve) => {
      if (signal?.aborted) resolve(over);
      signal?.addEventListener("abort", () => resolve(over));
    });
  const report = await slice(waitForEnd, {
    limits: { ...SLICE_LIMITS, claimUntilMs: 50, abortAfterMs: 100 },
  });
  expect(report.retried).toBe(2);
  expect(await statuses()).toEqual({ queued: 2 });
  const [row] = await database.current
    .sql`select max(attempt) as attempt from public.research_jobs where campaign_id = ${bench.campaign}`;
  expect(row?.attempt).toBe(0);
});
