/**
 * What tenants take from each other. First: jobs arrive for nine tenants while a tenth has a backlog whose receiver answers at once, or stalls for 30 s a request; the time from a job being
 * ready to its request being written. Then: ten tenants with backlogs of very different sizes; how evenly they are served while all have one.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { Bench } from "../bench.ts";
import { type BenchDatabase, openBenchDatabase } from "../database.ts";
import { median, p95, rounded } from "../measure.ts";
import { addJobs, makeTenant, startDispatchers, startReceiver, type Tenant } from "../tenants.ts";

const TENANTS = 10;
const ROUNDS = 5;
const ARRIVALS = 60;
const EVERY_MS = 150;
const SERVICE_MS = 200;
const STALL_MS = 30_000;
/** Short enough for the least of the tenants to have jobs left. */
const EVEN_WINDOW_MS = 8_000;
/** Of the first tenant; each other has fewer. */
const MOST_JOBS = 24_000;
/** Jobs in one request, as integrations have it by default. */
const BATCH = 10;

const fairness: Bench = async () => {
  const delays: Record<"calm" | "stalled", number[]> = { calm: [], stalled: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const kind of round % 2 === 0 ? (["calm", "stalled"] as const) : (["stalled", "calm"] as const)) {
      delays[kind].push(await dispatchDelay(kind === "stalled" ? STALL_MS : SERVICE_MS));
      console.log(`${kind}: p95 of the dispatch delay ${rounded(delays[kind].at(-1) ?? 0)} ms`);
    }
  }
  const jain = await evenness();
  return { p95_ratio: rounded(median(delays.stalled) / median(delays.calm)), jain: rounded(jain) };
};
export default fairness;

/** The 95th percentile, in ms, for tenants beside one whose requests take so long. */
async function dispatchDelay(neighbourMs: number): Promise<number> {
  return withTenants(
    (path) => delay(path === "/0" ? neighbourMs : SERVICE_MS, true, { ref: false }),
    async (database, tenants, dispatchers) => {
      const [busy, ...others] = tenants;
      if (busy) await addJobs(database, busy, 2_000);
      dispatchers.ring();
      for (let n = 0; n < ARRIVALS; n += 1) {
        const tenant = others[n % others.length];
        if (tenant) await addJobs(database, tenant, 1);
        dispatchers.ring();
        await delay(EVERY_MS);
      }
      const rows = await database.sql`
        select extract(epoch from j.started_at - j.run_after) * 1000 as ms from public.research_jobs j where j.run_id = any (${others.map(({ run }) => run)}) and j.run_after <= now()`;
      return p95(rows.map((row) => Number(row.ms ?? Number.POSITIVE_INFINITY)));
    },
  );
}

/** Jain's index over what each tenant got, all receivers being alike: every fair share is the same. */
async function evenness(): Promise<number> {
  return withTenants(
    () => delay(SERVICE_MS, true, { ref: false }),
    async (database, tenants, dispatchers) => {
      dispatchers.ring();
      await delay(EVEN_WINDOW_MS);
      const counts = await Promise.all(tenants.map((tenant) => jobsOf(database, tenant)));
      console.table(counts);
      if (counts.some(({ queued }) => queued < BATCH))
        throw new Error("a tenant ran out of jobs: the window is too long");
      const done = counts.map((one) => one.done);
      const sum = done.reduce((a, b) => a + b, 0);
      return sum ** 2 / (done.length * done.reduce((a, b) => a + b * b, 0));
    },
    // All of them have their jobs before the first is served.
    async (database, tenants) => {
      for (const [n, tenant] of tenants.entries()) {
        await addJobs(database, tenant, Math.round(MOST_JOBS / 1.15 ** n));
      }
    },
  );
}

async function jobsOf({ sql }: BenchDatabase, { run }: Tenant): Promise<{ done: number; queued: number }> {
  const [row] = await sql`
    select coalesce(sum(jobs) filter (where status = 'completed'), 0)::int as done, coalesce(sum(jobs) filter (where status = 'queued'), 0)::int as queued
    from public.research_run_counters where run_id = ${run}`;
  return { done: Number(row?.done), queued: Number(row?.queued) };
}

async function withTenants<T>(
  serve: (path: string) => Promise<boolean>,
  work: (
    database: BenchDatabase,
    tenants: Tenant[],
    dispatchers: ReturnType<typeof startDispatchers>,
  ) => Promise<T>,
  prepare: (database: BenchDatabase, tenants: Tenant[]) => Promise<void> = async () => {},
): Promise<T> {
  const database = await openBenchDatabase({ empty: true });
  const receiver = await startReceiver(serve);
  const tenants: Tenant[] = [];
  for (let n = 0; n < TENANTS; n += 1) tenants.push(await makeTenant(database, n, receiver.url(`/${n}`)));
  await prepare(database, tenants);
  const dispatchers = startDispatchers(database.url, 4);
  try {
    return await work(database, tenants, dispatchers);
  } finally {
    receiver.close();
    await dispatchers.stop();
    await database.close();
  }
}
