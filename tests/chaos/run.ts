/**
 * `npm run test:chaos [-- --jobs N --kills N --restarts N --seed N]`: research against a receiver that misbehaves, while dispatchers, the callback function and Postgres are killed
 * with SIGKILL. Prints one line of JSON and fails if a job or what it found is lost, has an effect twice, is delivered too often, or a counter is off.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { startDatabase } from "../../local/src/postgres/database.ts";
import { freePort } from "../../local/src/postgres/free-port.ts";
import { newWebhookSecret } from "../../supabase/functions/_shared/webhooks/standard-webhooks.ts";
import { type Receiver, startReceiver } from "./receiver.ts";
import {
  asOwner,
  BATCH_SIZE,
  INTEGRATION_KEYS,
  LEASE_SECONDS,
  makeWorld,
  type Sql,
  seeded,
  type World,
} from "./world.ts";

const DISPATCHERS = 3;
const MOST_DELIVERIES = 1.05;
/** Share of the batches. A slow machine, where they wait longer, would give up more. */
const MOST_GIVEN_UP = 0.01;

const { values } = parseArgs({
  options: {
    jobs: { type: "string", default: "100000" },
    kills: { type: "string", default: "100" },
    restarts: { type: "string", default: "3" },
    seed: { type: "string", default: "1" },
    stall: { type: "string", default: "60000" },
  },
});
const jobs = Number(values.jobs);
const [kills, restarts] = [Number(values.kills), Number(values.restarts)];
const random = seeded(Number(values.seed));
let givenUp = 0;

const projectDir = join(import.meta.dirname, "..", "..");
const dataDir = await mkdtemp(join(tmpdir(), "aim-chaos-"));
const database = await startDatabase({ projectDir, dataDir, settings: { statement_timeout: "30s" } });
const quiet = { onnotice: () => {}, prepare: false };
const sql = postgres(database.dbUrl, { max: 4, ...quiet });
const admin = postgres(database.connection("supabase_admin"), { max: 1, ...quiet });
const secret = newWebhookSecret();
const receiver = await startReceiver(secret, random, Number(values.stall));
const world = await makeWorld(sql, admin, jobs / 2, receiver.url, secret);
const children = await startChildren();
try {
  const killed = await survive();
  const result = await verdict(sql, world, receiver, killed);
  console.log(JSON.stringify(result));
  const isGood =
    result.lost === 0 &&
    result.doubled === 0 &&
    result.drift === 0 &&
    result.acknowledged_per_job <= MOST_DELIVERIES;
  process.exitCode = isGood ? 0 : 1;
} finally {
  children.stop();
  receiver.close();
  // Without a limit it waits without end for a connection that the server has ended.
  await Promise.all([sql.end({ timeout: 1 }), admin.end({ timeout: 1 })]);
  await database.stop();
  await rm(dataDir, { recursive: true, force: true });
}

/** Lets the research go on, and kills something whenever it has come a piece further, until everything is done. */
async function survive(): Promise<{ kills: number; restarts: number }> {
  const killed = { kills: 0, restarts: 0 };
  for (;;) {
    await tick();
    const done = await completedJobs();
    if (done === null) continue;
    if (killed.restarts < restarts && done / jobs >= (killed.restarts + 1) / (restarts + 1)) {
      killed.restarts += 1;
      // The second of three is one that the postmaster outlives.
      await (killed.restarts % 3 === 2 ? killBackend() : killPostgres());
    }
    for (; killed.kills < kills && done / jobs >= killed.kills / kills; killed.kills += 1) {
      children.kill(Math.floor(random() * (DISPATCHERS + 1)));
      await delay(20 + 80 * random());
    }
    if (done >= jobs) return killed;
    await retryDeadLetters();
    await delay(200);
  }
}

/** What pg_cron does every few seconds; and now and then a batch that waits is given up too early, which means one delivery more. */
async function tick(): Promise<void> {
  await patiently(sql`select private.engine_tick()`);
  await patiently(sql`select private.expire_leases(grace => ${`${LEASE_SECONDS / 2} seconds`}::interval)`);
  const early = await patiently(sql`
    update public.research_batches set leased_until = now() where id in (
      select id from public.research_batches where answered_at is not null and leased_until is not null and random() < 0.002
      limit ${Math.ceil((MOST_GIVEN_UP * jobs) / BATCH_SIZE) - givenUp} for update skip locked) returning id`);
  givenUp += early?.length ?? 0;
}

async function completedJobs(): Promise<number | null> {
  const rows = await patiently(sql`
    select coalesce(sum(jobs), 0)::int as done from public.research_run_counters where run_id = ${world.run} and status = 'completed'`);
  return rows ? Number(rows[0]?.done) : null;
}

/** Jobs that failed five times in a row get another chance, as somebody would click. */
async function retryDeadLetters(): Promise<void> {
  const failed = await patiently(
    sql`select from public.research_runs where id = ${world.run} and status = 'completed'`,
  );
  if (failed?.length)
    await patiently(asOwner(sql, world.owner, (user) => user`select public.retry_failed_jobs(${world.run})`));
}

/** What the query gives; null while Postgres is away. */
async function patiently<T>(query: PromiseLike<T>): Promise<T | null> {
  try {
    return await query;
  } catch (error) {
    const isAway =
      !(error instanceof postgres.PostgresError) ||
      error.code.startsWith("57") ||
      error.code.startsWith("08");
    if (!isAway) throw error;
    await delay(100);
    return null;
  }
}

/** The server dies at once; the stack starts it again where it was. */
async function killPostgres(): Promise<void> {
  const [pid] = (await readFile(join(dataDir, "postgres", "postmaster.pid"), "utf8")).split("\n");
  process.kill(Number(pid), "SIGKILL");
}

/** One of its sessions, ours, dies at once: Postgres ends all others, recovers and goes on, as the same process. */
async function killBackend(): Promise<void> {
  let session: postgres.Row | undefined;
  while (!session) session = (await patiently(sql`select pg_backend_pid() as pid`))?.[0];
  process.kill(session.pid, "SIGKILL");
}

/** Dispatchers, and last the callback function, each started again as soon as it dies. */
async function startChildren() {
  const port = await freePort();
  const env = {
    ...process.env,
    SUPABASE_DB_URL: database.dbUrl,
    INTEGRATION_KEYS,
    OUTBOUND_ALLOW_HOSTS: "127.0.0.1",
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    PORT: String(port),
  };
  let isOver = false;
  const running: ChildProcess[] = [];
  const start = (place: number) => {
    const file = place < DISPATCHERS ? "dispatcher.ts" : "callbacks.ts";
    const child = spawn(process.execPath, ["--import", "tsx", join(import.meta.dirname, file)], {
      env,
      stdio: ["ignore", "ignore", process.env.CHAOS_LOG ? "inherit" : "ignore"],
    });
    child.once("exit", () => {
      if (!isOver) start(place);
    });
    running[place] = child;
  };
  for (let place = 0; place <= DISPATCHERS; place += 1) start(place);
  return {
    kill: (place: number) => running[place]?.kill("SIGKILL"),
    stop() {
      isOver = true;
      for (const child of running) child.kill("SIGKILL");
    },
  };
}

async function verdict(
  db: Sql,
  { run, campaign }: World,
  { ledger, settled }: Receiver,
  killed: { kills: number; restarts: number },
) {
  await settled();
  const [counts] = await db`
    with jobs as (
      select j.has_result, case j.stage
        when 'company' then (select count(*) from public.portfolio_companies x where x.company_id = j.company_id)
        else (select count(*) from public.contacts x where x.company_id = j.company_id) end as effects
      from public.research_jobs j where j.run_id = ${run}
    )
    select count(*) filter (where has_result)::int as completed,
      count(*) filter (where has_result and effects = 0)::int as without_effect,
      coalesce(sum(effects - has_result::int) filter (where effects > has_result::int), 0)::int as effects_too_many,
      (select coalesce(sum(completed), 0)::int from private.run_rates where run_id = ${run}) as completions,
      (select count(*)::int from private.count_drift()) as drift,
      (select count(*)::int from private.queue where run_id = ${run}) as queued,
      (select count(*)::int from public.research_attempts where workspace_id = (select workspace_id from public.campaigns where id = ${campaign})) as retries
    from jobs`;
  const more = counts?.completions - counts?.completed;
  return {
    chaos: "queue",
    jobs,
    kills: killed.kills,
    postgres_restarts: killed.restarts,
    lost: jobs - counts?.completed + counts?.queued + counts?.without_effect + Math.max(0, -more),
    doubled: counts?.effects_too_many + Math.max(0, more),
    drift: counts?.drift,
    acknowledged_per_job: Number((ledger.acknowledged / jobs).toFixed(4)),
    unacknowledged: ledger.unacknowledged,
    worked_unacknowledged: ledger.workedUnacknowledged,
    retries: counts?.retries,
    callbacks: ledger.callbacks,
  };
}
