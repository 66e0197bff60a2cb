/**
 * Archives and restores the campaign with 300,000 contacts, as pg_cron does, one chunk after the other; some chunks are killed
 * halfway. Meanwhile lists of other campaigns are read: without a chunk under way and with one, in turn.
 */
import { setImmediate } from "node:timers/promises";
import postgres from "postgres";
import type { Bench } from "../bench.ts";
import { type BenchDatabase, openBenchDatabase } from "../database.ts";
import { median, rounded, timed } from "../measure.ts";
import { BIG_CAMPAIGN, WORKSPACE } from "../seed.ts";

const TABLES = ["companies", "contacts", "portfolio_companies", "research_jobs", "research_attempts"];
/** Lists read without a chunk under way before each chunk. */
const READS = 5;
/** Of so many chunks one is killed. */
const KILLED = 8;

interface Measured {
  chunks: number;
  killed: number;
  slowest: number;
  seconds: number;
  alone: number[];
  meanwhile: number[];
}

const bench: Bench = async ({ keep }) => {
  const database = await openBenchDatabase({ keep });
  try {
    await addResearch(database);
    const before = await fingerprint(database);
    const archived = await work(database, "archive_campaign");
    const cold = await state(database);
    const restored = await work(database, "restore_campaign");
    const after = await fingerprint(database);
    const [task] =
      await database.sql`select status, error_message from public.bulk_tasks where kind = 'restore'`;
    const runs = { archive: archived, restore: restored };
    console.table(
      Object.fromEntries(
        Object.entries(runs).map(([name, run]) => [
          name,
          {
            seconds: rounded(run.seconds),
            chunks: run.chunks,
            killed: run.killed,
            "slowest statement ms": rounded(run.slowest),
            "lists alone ms": rounded(median(run.alone)),
            "lists meanwhile ms": rounded(median(run.meanwhile)),
          },
        ]),
      ),
    );
    const changed = before
      .filter((table, place) => table.digest !== after[place]?.digest)
      .map(({ table }) => table);
    const lossless = cold === "archived" && task?.status === "completed" && changed.length === 0;
    if (!lossless) console.log({ cold, changed, ...task });
    return {
      rows: before.reduce((sum, table) => sum + table.rows, 0),
      lossless,
      max_statement_ms: rounded(Math.max(archived.slowest, restored.slowest)),
      other_lists_ratio: rounded(
        median([...archived.meanwhile, ...restored.meanwhile]) /
          median([...archived.alone, ...restored.alone]),
      ),
      killed: archived.killed + restored.killed,
    };
  } finally {
    await database.close();
  }
};
export default bench;

/** What a finished run leaves: a job for each company with an attempt, and an investment for every third. */
async function addResearch({ sql }: BenchDatabase): Promise<void> {
  await sql`
    with run as (
      insert into public.research_runs (workspace_id, campaign_id, status, stages, is_fed, finished_at)
      values (${WORKSPACE}, ${BIG_CAMPAIGN}, 'completed', '{company}', true, now()) returning *
    ),
    jobs as (
      insert into public.research_jobs (workspace_id, run_id, campaign_id, company_id, stage, status, finished_at)
      select c.workspace_id, run.id, c.campaign_id, c.id, 'company', 'completed', now()
      from run join public.companies c on c.campaign_id = run.campaign_id
      returning *
    )
    insert into public.research_attempts (workspace_id, job_id, attempt, outcome) select workspace_id, id, 1, 'retry' from jobs`;
  await sql`
    insert into public.portfolio_companies (workspace_id, campaign_id, company_id, name, dedupe_key)
    select workspace_id, campaign_id, id, 'Investment', 'i' from public.companies
    where campaign_id = ${BIG_CAMPAIGN} and hashtext(id::text) % 3 = 0`;
}

/** Rows and digest of each table of the big campaign: every column as text, in the order of ids. */
async function fingerprint({
  sql,
}: BenchDatabase): Promise<{ table: string; rows: number; digest: string }[]> {
  return Promise.all(
    TABLES.map(async (table) => {
      const condition =
        table === "research_attempts"
          ? "job_id in (select id from public.research_jobs where campaign_id = $1)"
          : "campaign_id = $1";
      const [row] = await sql.unsafe(
        `select count(*)::int as rows, md5(string_agg(md5(t::text), '' order by id)) as digest from public.${table} t where ${condition}`,
        [BIG_CAMPAIGN],
      );
      return { table, rows: row?.rows, digest: row?.digest };
    }),
  );
}

async function state({ sql }: BenchDatabase): Promise<string> {
  const [row] = await sql`select state from public.campaigns where id = ${BIG_CAMPAIGN}`;
  return row?.state;
}

/** Calls the function as the member, then does chunk after chunk until its task has ended. */
async function work(database: BenchDatabase, call: string): Promise<Measured> {
  const measured: Measured = { chunks: 0, killed: 0, slowest: 0, seconds: 0, alone: [], meanwhile: [] };
  const others = await database.sql`
    select id from public.campaigns where id <> ${BIG_CAMPAIGN} and workspace_id = ${WORKSPACE} order by company_count desc limit 20`;
  const read = () => {
    const other = others[(measured.alone.length + measured.meanwhile.length) % others.length]?.id;
    return timed(() =>
      database.asMember(
        (sql) =>
          sql`select public.list_contacts(campaign_id => ${other}::uuid, sort => 'name', direction => 'asc')`,
      ),
    );
  };
  for (let warm = 0; warm < 40; warm += 1) await read();
  measured.slowest = await timed(() =>
    database.asMember((sql) => sql`select public.${sql.unsafe(call)}(${BIG_CAMPAIGN}::uuid)`),
  );
  measured.seconds += measured.slowest / 1000;
  while ((await database.sql`select from public.bulk_tasks where status = 'running'`).length > 0) {
    for (let n = 0; n < READS; n += 1) measured.alone.push(await read());
    const time = await chunk(database, measured.chunks % KILLED === KILLED - 1, async () => {
      measured.meanwhile.push(await read());
    });
    measured.chunks += 1;
    if (time === null) measured.killed += 1;
    else measured.slowest = Math.max(measured.slowest, time);
    measured.seconds += (time ?? 0) / 1000;
  }
  return measured;
}

/** One chunk on a connection of its own, and `meanwhile` over and over until it ends. Its time, or null if it was killed after a random number of those. */
async function chunk(
  database: BenchDatabase,
  isKilled: boolean,
  meanwhile: () => Promise<void>,
): Promise<number | null> {
  const connection = postgres(database.url, { max: 1, prepare: false, onnotice: () => {} });
  const [row] = await connection`select pg_backend_pid() as pid`;
  const started = performance.now();
  let ended: number | null | undefined;
  const end = connection`select private.work_on_tasks()`.then(
    () => {
      ended = performance.now() - started;
    },
    () => {
      ended = null;
    },
  );
  let left = isKilled ? Math.floor(Math.random() * 30) : Number.POSITIVE_INFINITY;
  while (ended === undefined) {
    if (left === 0) await database.sql`select pg_terminate_backend(${row?.pid})`;
    await meanwhile();
    left -= 1;
    await setImmediate();
  }
  await end;
  await connection.end({ timeout: 0 }); // it may be gone
  return ended;
}
