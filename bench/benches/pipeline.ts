/**
 * 2,000 companies through three stages, each with a receiver of its own that takes so many requests at once and 2 s for each, ten jobs a request: the wall time against the least that the
 * receivers' ledger allows, and against the same stages run one after another.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Bench } from "../bench.ts";
import { type BenchDatabase, openBenchDatabase } from "../database.ts";
import { rounded } from "../measure.ts";
import { startDispatchers, startReceiver } from "../tenants.ts";

const COMPANIES = 2_000;
const BATCH = 10;
const SERVICE_MS = 2_000;
/** How often pg_cron looks after the engine. */
const TICK_MS = 5_000;
/** Requests at once that each stage's receiver takes. */
const CAPACITY = { company: 40, financials: 25, contacts: 15 };
type Stage = keyof typeof CAPACITY;
const STAGES: Stage[] = ["company", "financials", "contacts"];

interface Ledger {
  /** When requests were served, in ms of performance.now(). */
  served: Record<Stage, { from: number; to: number }[]>;
  refused: number;
}

const pipeline: Bench = async () => {
  const together = await run([STAGES]);
  const apart = await run(STAGES.map((stage) => [stage]));
  console.table({
    "stages side by side": { ...together, bound: rounded(together.bound) },
    "one after another": { ...apart, bound: rounded(apart.bound) },
  });
  return {
    vs_bound: rounded(together.seconds / together.bound),
    sequential_over_pipelined: rounded(apart.seconds / together.seconds),
    bound_ratio: rounded(apart.bound / together.bound),
  };
};
export default pipeline;

/** Runs of these stages, one run after another, of the same companies. */
async function run(
  runs: Stage[][],
): Promise<{ seconds: number; bound: number; requests: number; refused: number }> {
  const database = await openBenchDatabase({ empty: true });
  const ledger: Ledger = { served: { company: [], financials: [], contacts: [] }, refused: 0 };
  const serving: Record<string, number> = {};
  const receiver = await startReceiver(async (path) => {
    const stage = STAGES.find((one) => path === `/${one}`) ?? "company";
    if ((serving[stage] ?? 0) >= CAPACITY[stage]) {
      ledger.refused += 1;
      return false;
    }
    serving[stage] = (serving[stage] ?? 0) + 1;
    const from = performance.now();
    await delay(SERVICE_MS);
    ledger.served[stage].push({ from, to: performance.now() });
    serving[stage] -= 1;
    return true;
  });
  const dispatchers = startDispatchers(database.url, 4);
  try {
    const world = await makeWorld(database, (stage) => receiver.url(`/${stage}`));
    const start = performance.now();
    for (const stages of runs) {
      const id = await world.start(stages);
      dispatchers.ring();
      for (let nextTick = performance.now() + TICK_MS; !(await world.hasEnded(id)); await delay(100)) {
        if (performance.now() < nextTick) continue;
        nextTick += TICK_MS;
        await database.sql`select private.engine_tick()`;
        dispatchers.ring();
      }
    }
    const seconds = rounded((performance.now() - start) / 1000);
    const requests = STAGES.reduce((sum, stage) => sum + ledger.served[stage].length, 0);
    return {
      seconds,
      bound: runs.reduce((sum, stages) => sum + boundOf(ledger, stages), 0),
      requests,
      refused: ledger.refused,
    };
  } finally {
    await dispatchers.stop();
    receiver.close();
    await database.close();
  }
}

/**
 * The least seconds that stages side by side can take, given what the ledger says that their requests took: the busiest receiver has to serve all of its own, and can begin when
 * the first company is known, which takes one request of the stage before it.
 */
function boundOf({ served }: Ledger, stages: Stage[]): number {
  return Math.max(
    ...stages.map((stage) => {
      const work = served[stage].reduce((sum, { from, to }) => sum + to - from, 0) / 1000;
      const before = stage !== "company" && stages.includes("company") ? SERVICE_MS / 1000 : 0;
      return before + work / CAPACITY[stage];
    }),
  );
}

async function makeWorld({ sql, admin, asMember }: BenchDatabase, url: (stage: Stage) => string) {
  const owner = randomUUID();
  await admin`insert into auth.users (id, email, email_confirmed_at) values (${owner}, 'owner@bench.example', now())`;
  const [workspace] =
    await sql`select workspace_id as id from public.workspace_members where user_id = ${owner}`;
  const [campaign] =
    await sql`insert into public.campaigns (workspace_id, name) values (${workspace?.id}, 'Bench') returning id`;
  await sql`
    insert into public.companies (workspace_id, campaign_id, name, dedupe_key)
    select ${workspace?.id}, ${campaign?.id}, 'Company ' || n, 'c' || n from generate_series(1, ${COMPANIES}::int) as n`;
  const providers: Record<string, string> = {};
  for (const stage of STAGES) {
    const row = {
      workspace_id: workspace?.id,
      kind: "webhook",
      name: stage,
      url: url(stage),
      batch_size: BATCH,
      max_in_flight: CAPACITY[stage],
    };
    const [integration] = await sql`insert into public.integrations ${sql(row)} returning id`;
    providers[stage] = integration?.id;
  }
  return {
    async start(stages: Stage[]): Promise<string> {
      const options = JSON.stringify({ again: true, providers });
      const [row] = await asMember(
        (user) =>
          user`select public.start_research(${campaign?.id}, ${stages}::public.research_stage[], '{}', ${options}::text::jsonb) #>> '{run,id}' as id`,
        owner,
      );
      return row?.id;
    },
    async hasEnded(id: string): Promise<boolean> {
      const [row] = await sql`select status <> 'running' as ended from public.research_runs where id = ${id}`;
      return row?.ended;
    },
  };
}
