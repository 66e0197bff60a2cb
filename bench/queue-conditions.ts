/** What makes queues slow that leave dead rows in the way of claims: a snapshot that is held for long, and a table full of finished jobs. */
import { setTimeout as delay } from "node:timers/promises";
import { type BenchDatabase, openBenchDatabase } from "./database.ts";
import { median, timed } from "./measure.ts";
import { addFinished, endRuns, prepareProduct, productQueue, startRun } from "./product-queue.ts";

const BURST = 50_000;
const HELD_SECONDS = 180;
/** Spread over the time for which the snapshot is held, which no vacuum may clean up behind. */
const BURSTS = 9;
const HELD_ROUNDS = 3;
const FINISHED = 1_000_000;
const FINISHED_ROUNDS = 11;

/**
 * Jobs per second at the end of three minutes of a held snapshot, by those of the same minutes without: two databases, each with one run, that
 * take turns. The median of three.
 */
export async function heldSnapshotRatio(): Promise<number> {
  const [held, free] = await Promise.all([openFilled(BURST * BURSTS), openFilled(BURST * BURSTS)]);
  try {
    const ratios: number[] = [];
    for (let round = 0; round < HELD_ROUNDS; round += 1) {
      for (const { database } of [held, free]) {
        await endRuns(database.sql);
        await startRun(database.sql, BURST * BURSTS);
        await settle(database);
      }
      const snapshot = await holdSnapshot(held.database);
      const times = { held: [] as number[], free: [] as number[] };
      const start = performance.now();
      for (let burst = 0; burst < BURSTS; burst += 1) {
        await delay(start + (burst * HELD_SECONDS * 1000) / (BURSTS - 1) - performance.now());
        times.held.push(await timed(() => held.queue.drain(BURST)));
        times.free.push(await timed(() => free.queue.drain(BURST)));
      }
      await snapshot.release();
      const ratio = median(times.free.slice(-3)) / median(times.held.slice(-3));
      console.log(`a snapshot held for ${HELD_SECONDS} s: x ${ratio.toFixed(2)} (ms a burst)`, times);
      ratios.push(ratio);
    }
    return median(ratios);
  } finally {
    await Promise.all([held.database.close(), free.database.close()]);
  }
}

/** Jobs per second with a million finished jobs in the table, by those with none: two databases that take turns, the median of the rounds' ratios. */
export async function millionDoneRatio(): Promise<number> {
  const [full, empty] = await Promise.all([openFilled(BURST), openFilled(BURST)]);
  try {
    await addFinished(full.database, FINISHED);
    const times = { full: [] as number[], empty: [] as number[] };
    for (let round = 0; round < FINISHED_ROUNDS; round += 1) {
      for (const name of round % 2 ? (["full", "empty"] as const) : (["empty", "full"] as const)) {
        const { database, queue } = name === "full" ? full : empty;
        await queue.fill(BURST);
        await settle(database);
        times[name].push(await timed(() => queue.drain(BURST)));
      }
    }
    console.log("a million finished jobs (ms a round)", times);
    return median(times.empty.map((ms, round) => ms / (times.full[round] ?? Number.NaN)));
  } finally {
    await Promise.all([full.database.close(), empty.database.close()]);
  }
}

async function openFilled(companies: number) {
  const database = await openBenchDatabase({ empty: true });
  await prepareProduct(database, companies);
  return { database, queue: productQueue(database) };
}

/** So that neither statistics nor a checkpoint of what was filled in falls into what is measured. */
async function settle({ admin }: BenchDatabase): Promise<void> {
  await admin`vacuum analyze`;
  await admin`checkpoint`;
}

/** A reader that sees the database as it is now until it is released. */
async function holdSnapshot({ sql }: BenchDatabase) {
  const reader = await sql.reserve();
  await reader`begin isolation level repeatable read`;
  await reader`select count(*) from public.research_jobs`;
  return {
    async release() {
      await reader`commit`;
      reader.release();
    },
  };
}
