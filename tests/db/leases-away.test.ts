import { beforeEach, expect, test } from "vitest";
import type { Queue } from "../../supabase/functions/_shared/engine/queue.ts";
import { done, sliceBench } from "../support/slices.ts";
import { until } from "../support/until.ts";

const bench = sliceBench();
const { database, slice, start, statuses } = bench;

/** A worker found something, could not store it, and its lease ran out. */
beforeEach(async () => {
  await start(1);
  const crash = (queue: Queue): Queue => ({ ...queue, complete: () => Promise.reject(new Error("killed")) });
  await expect(slice(async () => done, {}, crash)).rejects.toThrow("The queue failed");
  await database.current.sql`
    update public.research_batches set leased_until = now() - interval '1 second'
    where run_id in (select id from public.research_runs where campaign_id = ${bench.campaign})`;
});

/** What the clock does every 5 seconds. */
async function round(): Promise<number> {
  const [row] = await database.current.sql`select private.expire_leases(grace => '15 seconds') as n`;
  return row?.n;
}

/** The clock went without a break for an hour, until so many seconds ago. */
async function wentUntil(secondsAgo: number): Promise<void> {
  await database.current.sql`
    insert into private.engine_pulse (last_at, resumed_at)
    values (clock_timestamp() - make_interval(secs => ${secondsAgo}), clock_timestamp() - interval '1 hour')
    on conflict (is_only) do update set last_at = excluded.last_at, resumed_at = excluded.resumed_at`;
}

/** Makes all that the clock noted so much older. */
async function pass(seconds: number): Promise<void> {
  await database.current.sql`
    update private.engine_pulse
    set last_at = last_at - make_interval(secs => ${seconds}), resumed_at = resumed_at - make_interval(secs => ${seconds})`;
}

test("leases that ran out while the clock went are put back at once", async () => {
  await wentUntil(6);
  expect(await round()).toBe(1);
  expect(await statuses()).toEqual({ queued: 1 });
});

test("leases that ran out while Postgres was away are left alone until its workers could be heard", async () => {
  await wentUntil(20);
  for (const seconds of [5, 5, 4.5]) {
    expect(await round()).toBe(0);
    await pass(seconds);
  }
  expect(await round()).toBe(0);
  expect(await statuses()).toEqual({ processing: 1 });
  await pass(5);
  expect(await round()).toBe(1);
  expect(await statuses()).toEqual({ queued: 1 });
});

test("the same after a crash or a failover, which empty what is not in the write-ahead log", async () => {
  const { sql } = database.current;
  const [table] = await sql`select relpersistence from pg_class where oid = 'private.engine_pulse'::regclass`;
  expect(table?.relpersistence).toBe("u");
  await sql`delete from private.engine_pulse`;
  expect([await round(), await round()]).toEqual([0, 0]);
  await pass(15);
  expect(await round()).toBe(1);
});

test("a clock that is late every time puts leases back all the same", async () => {
  await wentUntil(12);
  const rounds: number[] = [];
  for (let n = 0; n < 3; n += 1) {
    rounds.push(await round());
    await pass(12);
  }
  expect(rounds).toEqual([0, 0, 1]);
});

test("two rounds at once put leases back once, and to have waited for a campaign is not to have been away", async () => {
  await wentUntil(6);
  const { sql } = database.current;
  let rounds: Promise<number>[] = [];
  let released = new Date(0);
  await sql.begin(async (holder) => {
    await holder`select from public.campaigns where id = ${bench.campaign} for no key update`;
    rounds = [round(), round()];
    await until("one round waits for the campaign, the other for that one", async () => {
      const waiting = await sql`
        select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%expire_leases%' and pid <> pg_backend_pid()`;
      return waiting.length === 2;
    });
    const [row] = await holder`select clock_timestamp() as at`;
    released = row?.at;
  });
  expect((await Promise.all(rounds)).sort()).toEqual([0, 1]);
  expect(await statuses()).toEqual({ queued: 1 });
  const [pulse] = await sql`select last_at, resumed_at from private.engine_pulse`;
  expect(pulse?.last_at.getTime()).toBeGreaterThanOrEqual(released.getTime());
  expect(pulse?.resumed_at.getTime()).toBeLessThan(released.getTime() - 60_000);
});
