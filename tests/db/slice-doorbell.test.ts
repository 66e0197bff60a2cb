import { expect, onTestFinished, test } from "vitest";
import { Bell } from "../../supabase/functions/_shared/engine/bell.ts";
import { SLICE_LIMITS } from "../../supabase/functions/_shared/engine/slice.ts";
import { limitsWithin } from "../../supabase/functions/_shared/engine/slice-limits.ts";
import type { JobOutcome } from "../../supabase/functions/_shared/providers/provider.ts";
import { done, sliceBench } from "../support/slices.ts";

const bench = sliceBench();
const { database, slice, start, statuses } = bench;

/** A doorbell that nobody hears; how often it was rung. */
async function doorbell(): Promise<() => Promise<number>> {
  const { sql } = database.current;
  await sql`
    select vault.create_secret('http://127.0.0.1:9/', 'research_dispatch_url'), vault.create_secret('t', 'research_dispatch_token')`;
  onTestFinished(async () => {
    await sql`delete from vault.secrets where name like 'research\\_%'`;
  });
  const rung = async () => (await sql`select from net.http_request_queue`).length;
  const before = await rung();
  return async () => (await rung()) - before;
}

test("a slice that may claim no more rings for the next one before its slow companies are done", async () => {
  await start(12);
  const rings = await doorbell();
  let release = (_: JobOutcome) => {};
  const slow = new Promise<JobOutcome>((resolve) => {
    release = resolve;
  });
  const bell = new Bell();
  let time = 0;
  const running = slice(() => slow, { bell, now: () => time });
  await expect.poll(statuses).toEqual({ processing: 10, queued: 2 });
  time = SLICE_LIMITS.claimUntilMs;
  bell.ring();
  await expect.poll(rings).toBe(1);
  release(done);
  await running;
});

test("a slice whose worker is about to end claims nothing and rings for another one", async () => {
  await start(2);
  const rings = await doorbell();
  const report = await slice(async () => done, { limits: limitsWithin(60_000) });
  expect(report.claimed).toBe(0);
  expect(await statuses()).toEqual({ queued: 2 });
  expect(await rings()).toBe(1);
});
