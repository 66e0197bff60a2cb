/**
 * What all triggers together (counters, broadcasts, foreign keys, state of the campaign) cost an insert of 100,000 companies: the
 * same inserts with every trigger on and with every trigger off, side by side. The table is empty before each: indexes are cheapest
 * then, so triggers weigh most.
 */
import type { Bench } from "../bench.ts";
import { type BenchDatabase, openBenchDatabase } from "../database.ts";
import { median, rounded, timed } from "../measure.ts";

const ROWS = 100_000;
const CHUNK = 1000;
const ROUNDS = 5;
const CONNECTIONS = 8;
const WORKSPACE = "00000000-0000-4000-8000-200000000001";

interface Scenario {
  title: string;
  campaigns: number;
  insert: (database: BenchDatabase, campaigns: number) => Promise<unknown>;
}

const scenarios = {
  spread: { title: "40 campaigns, 1,000 rows a statement", campaigns: 40, insert: inChunks },
  spreadAtOnce: { title: "40 campaigns, one statement", campaigns: 40, insert: atOnce },
  hot: { title: "one campaign, 1,000 rows a statement", campaigns: 1, insert: inChunks },
  concurrent: { title: `${CONNECTIONS} connections, the same 10 campaigns`, campaigns: 10, insert: fromAll },
  concurrentHot: { title: `${CONNECTIONS} connections, the same campaign`, campaigns: 1, insert: fromAll },
} satisfies Record<string, Scenario>;

const counts: Bench = async () => {
  const database = await openBenchDatabase({ empty: true });
  try {
    await prepare(database);
    const deadlocksBefore = await deadlocksOf(database);
    const ratios: Record<string, number> = {};
    let drift = 0;
    const table = [];
    for (const [name, scenario] of Object.entries(scenarios)) {
      const times: Record<"on" | "off", number[]> = { on: [], off: [] };
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const triggers of round % 2 === 0 ? (["on", "off"] as const) : (["off", "on"] as const)) {
          await empty(database);
          await switchTriggers(database, triggers);
          times[triggers].push(await timed(() => scenario.insert(database, scenario.campaigns)));
          if (triggers === "on") drift += await driftOf(database);
        }
      }
      const [on, off] = [median(times.on), median(times.off)];
      ratios[name] = on / off;
      table.push({
        insert: scenario.title,
        "rows/s, triggers on": Math.round(ROWS / (on / 1000)),
        "rows/s, off": Math.round(ROWS / (off / 1000)),
        ratio: rounded(on / off),
      });
      console.log(`${scenario.title}: ${rounded(on / off)}`);
    }
    const deadlocks = (await deadlocksOf(database)) - deadlocksBefore;
    console.table(table);
    const worst = (...names: (keyof typeof scenarios)[]) =>
      rounded(Math.max(...names.map((name) => ratios[name] ?? Number.NaN)));
    return {
      trigger_ratio: worst("spread", "spreadAtOnce"),
      hot_campaign_ratio: worst("hot"),
      concurrent_ratio: worst("concurrent", "concurrentHot"),
      drift,
      deadlocks,
    };
  } finally {
    await database.close();
  }
};
export default counts;

async function prepare({ sql }: BenchDatabase): Promise<void> {
  await sql`insert into public.workspaces (id, name) values (${WORKSPACE}, 'Bench')`;
  await sql`insert into public.campaigns (id, workspace_id, name)
    select ('00000000-0000-4000-8000-3' || lpad(n::text, 11, '0'))::uuid, ${WORKSPACE}, 'Campaign ' || n from generate_series(0, 39) n`;
}

async function empty({ admin }: BenchDatabase): Promise<void> {
  await admin.unsafe("alter table public.companies enable trigger all");
  await admin`truncate public.companies cascade`;
  await admin`truncate realtime.messages`;
  await admin`checkpoint`;
}

async function switchTriggers({ admin }: BenchDatabase, to: "on" | "off"): Promise<void> {
  await admin.unsafe(`alter table public.companies ${to === "on" ? "enable" : "disable"} trigger all`);
}

/** Rows as an import writes them, numbers `from` to `to`, dealt out to the campaigns. */
function insertRows({ sql }: BenchDatabase, campaigns: number, from: number, to: number) {
  return sql`
    insert into public.companies (workspace_id, campaign_id, name, domain, website, dedupe_key, industry, country, employees, tags, custom)
    select ${WORKSPACE}, ('00000000-0000-4000-8000-3' || lpad((n % ${campaigns}::int)::text, 11, '0'))::uuid, 'Acme Robotics ' || n, 'acme' || n || '.com',
      'https://www.acme' || n || '.com', 'd:acme' || n || '.com', 'Software', 'Germany', '11-50', '{warm}', '{"Segment": "SMB"}'
    from generate_series(${from}::int, ${to}::int) as n`;
}

async function insertChunks(database: BenchDatabase, campaigns: number, from: number, to: number) {
  for (let first = from; first <= to; first += CHUNK) {
    await insertRows(database, campaigns, first, Math.min(first + CHUNK - 1, to));
  }
}

function inChunks(database: BenchDatabase, campaigns: number) {
  return insertChunks(database, campaigns, 1, ROWS);
}

function atOnce(database: BenchDatabase, campaigns: number) {
  return insertRows(database, campaigns, 1, ROWS);
}

/** Each connection its own rows, a transaction a chunk, as imports send them. Any error ends the bench. */
function fromAll(database: BenchDatabase, campaigns: number) {
  const share = ROWS / CONNECTIONS;
  return Promise.all(
    Array.from({ length: CONNECTIONS }, (_, n) =>
      insertChunks(database, campaigns, n * share + 1, (n + 1) * share),
    ),
  );
}

async function driftOf({ sql }: BenchDatabase): Promise<number> {
  const [row] = await sql`select count(*)::int as n from private.recount(repair => false)`;
  return row?.n;
}

/** Since the database was made, as Postgres itself counts them; whoever is chosen as the victim of one also ends the bench with an error. */
async function deadlocksOf({ admin }: BenchDatabase): Promise<number> {
  const [row] =
    await admin`select deadlocks::int as n from pg_stat_database where datname = current_database()`;
  return row?.n;
}
