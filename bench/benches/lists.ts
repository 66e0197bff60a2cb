/**
 * Lists and search at 1,000,000 contacts, as a member under row-level security. Times are of the whole call in the database, as
 * EXPLAIN (ANALYZE, SERIALIZE) gives them: planning, execution and writing the rows out as JSON; one connection, warm.
 */
import type postgres from "postgres";
import type { Bench } from "../bench.ts";
import { type BenchDatabase, openBenchDatabase } from "../database.ts";
import { type ListCase, pageCases, searchCases } from "../list-cases.ts";
import { inDatabase, interleave, median, p95, rounded, timed } from "../measure.ts";
import { BIG_CAMPAIGN, WORKSPACE } from "../seed.ts";

const ROUNDS = 50;
const DEPTH = 900_000;

interface Timed {
  name: string;
  rows: number;
  p50: number;
  p95: number;
}

const lists: Bench = async ({ keep }) => {
  const database = await openBenchDatabase({ keep });
  try {
    await readLexemes(database);
    return await database.asMember(async (sql) => {
      const depth = await measureDepth(sql);
      const pages = await measureCases(sql, pageCases(await tenUpdates(database)));
      const searches = await measureCases(sql, searchCases());
      console.log("\nFirst pages of 50 rows, slowest first (ms)");
      console.table(shown(pages).slice(0, 25));
      console.log("\nSearches, first 50 hits, slowest first (ms)");
      console.table(shown(searches));
      const [page, search] = [worst(pages), worst(searches)];
      return {
        ...depth,
        first_page_p95_ms: rounded(page.p95),
        search_p95_ms: rounded(search.p95),
        worst_case: page.p95 / 5 > search.p95 / 15 ? page.name : search.name,
      };
    });
  } finally {
    await database.close();
  }
};
export default lists;

/** As the clock does it in the background. */
async function readLexemes({ sql }: BenchDatabase): Promise<void> {
  for (;;) {
    const [row] = await sql`select private.read_lexemes() as read`;
    if (!row?.read) break;
  }
  await sql`vacuum analyze private.lexemes`;
}

/** A range of updated_at that ten contacts of the big campaign are in. */
async function tenUpdates({ sql }: BenchDatabase) {
  const [row] = await sql`
    select to_json(min(updated_at)) #>> '{}' as updated_after, to_json(max(updated_at) + interval '1 microsecond') #>> '{}' as updated_before
    from (select updated_at from public.contacts where campaign_id = ${BIG_CAMPAIGN} order by updated_at offset 150000 limit 10) as ten`;
  return { updated_after: String(row?.updated_after), updated_before: String(row?.updated_before) };
}

/** The call of a list as a part of a statement. */
function call(sql: postgres.TransactionSql, wanted: Omit<ListCase, "name">, cursor: string | null = null) {
  const { list, scope, filter, sort = null, direction = null } = wanted;
  // A filter is JSON by what it is made of; the driver's type does not say so of `unknown`.
  const json = sql.json(filter as postgres.JSONValue);
  return sql`select public.${sql(`list_${list}`)}(campaign_id => ${scope.campaign_id ?? null}, workspace_id => ${scope.workspace_id ?? null},
    filter => ${json}, sort => ${sort}, direction => ${direction}, cursor => ${cursor}, page_size => 50, with_total => false) as page`;
}

/** The first page, the page at DEPTH and OFFSET at DEPTH of all contacts of the workspace, interleaved. */
async function measureDepth(sql: postgres.TransactionSql) {
  const all = {
    list: "contacts",
    scope: { workspace_id: WORKSPACE },
    filter: {},
    sort: "created_at",
    direction: "desc",
  } as const;
  let cursor = "";
  const jump = await timed(async () => {
    const [row] =
      await sql`select public.list_place(list => 'contacts', "row" => ${DEPTH}, workspace_id => ${WORKSPACE}) as place`;
    cursor = row?.place.cursor;
  });
  const company = sql`left join lateral (select o.id, o.name, o.domain from public.companies o where o.id = c.company_id) as company on true`;
  const skipping = (columns: postgres.Fragment, join: postgres.Fragment) =>
    sql`select ${columns} from public.contacts c ${join} where c.workspace_id = ${WORKSPACE} order by c.created_at desc, c.id desc limit 51 offset ${DEPTH}`;
  const times = await interleave(ROUNDS, {
    first: () => inDatabase(sql, call(sql, all)),
    deep: () => inDatabase(sql, call(sql, all, cursor)),
    // The same page, as the REST API makes it of a request with `offset`: rows with their company, as JSON.
    offset: () =>
      inDatabase(
        sql,
        sql`select coalesce(json_agg(page), '[]') from (${skipping(sql`c.*, row_to_json(company) as company`, company)}) as page`,
      ),
    rows: () => inDatabase(sql, skipping(sql`c.*`, sql``)),
  });
  const shownTimes = (each: number[]) => ({ p50: rounded(median(each)), p95: rounded(p95(each)) });
  console.log(`\nAll ${DEPTH.toLocaleString("en")} and more contacts of a workspace, newest first (ms)`);
  console.table({
    "first page": shownTimes(times.first),
    "page at depth": shownTimes(times.deep),
    "the same with OFFSET": shownTimes(times.offset),
    "OFFSET, bare rows of contacts": shownTimes(times.rows),
    "jump of the scrollbar (once)": shownTimes([jump]),
  });
  return {
    deep_over_first: rounded(median(times.deep) / median(times.first)),
    offset_over_keyset: rounded(median(times.offset) / median(times.deep)),
  };
}

/** Each case ROUNDS times, interleaved with all others after a round to warm up. */
async function measureCases(sql: postgres.TransactionSql, cases: ListCase[]): Promise<Timed[]> {
  const rows = new Map<string, number>();
  for (const each of cases) {
    const [row] = await sql<{ page: { rows: unknown[] } }[]>`${call(sql, each)}`;
    rows.set(each.name, row?.page.rows.length ?? 0);
  }
  const times = await interleave(
    ROUNDS,
    Object.fromEntries(cases.map((each) => [each.name, () => inDatabase(sql, call(sql, each))])),
  );
  return cases.map(({ name }) => ({
    name,
    rows: rows.get(name) ?? 0,
    p50: median(times[name] ?? []),
    p95: p95(times[name] ?? []),
  }));
}

const shown = (cases: Timed[]) =>
  [...cases]
    .sort((a, b) => b.p95 - a.p95)
    .map((each) => ({ ...each, p50: rounded(each.p50), p95: rounded(each.p95) }));

function worst(cases: Timed[]): Timed {
  return cases.reduce((slowest, each) => (each.p95 > slowest.p95 ? each : slowest));
}
