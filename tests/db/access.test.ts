import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "../support/database.ts";
import type { Failure } from "./matrix/cells.ts";
import { definers } from "./matrix/definers.ts";
import { functions } from "./matrix/functions.ts";
import { inDiscarded, partsOf } from "./matrix/matrix.ts";
import { tables } from "./matrix/tables.ts";
import { makeWorld } from "./matrix/world.ts";

const database = testDatabase();
/** What came out otherwise than expected, by the part of the matrix. */
const found = new Map<string, Failure[]>();

beforeAll(async () => {
  const world = await makeWorld(database.current);
  await inDiscarded(database.current.sql, async (sql) => {
    for (const part of await partsOf(sql, world)) found.set(part.name, await part.failures());
  });
});

/** Failures of the parts whose names begin so; none of these parts is a failure too. */
function failuresIn(...beginnings: string[]): Failure[] {
  const parts = [...found].filter(([name]) => beginnings.some((beginning) => name.startsWith(beginning)));
  if (parts.length === 0) return [{ cell: beginnings.join(), expected: "something to try", got: "nothing" }];
  return parts.flatMap(([, failures]) => failures);
}

describe("who may do what", () => {
  test("is said of every table, function and foreign key, and of nothing that is not there", () => {
    expect(failuresIn("expectations")).toEqual([]);
  });

  test.each(Object.keys(tables))("with rows of %s: each role as expected, everybody else nothing", (name) => {
    expect(failuresIn(`${name}.`, `${name}: `)).toEqual([]);
  });

  test.each(Object.keys(functions))(
    "by calling %s: each role as expected, strangers learn and change nothing",
    (name) => {
      expect(failuresIn(`call ${name}(`)).toEqual([]);
    },
  );

  test("is the same wherever it is not said: functions that nobody may call, foreign keys, schemas, channels", () => {
    const said = [
      "expectations",
      ...Object.keys(tables).flatMap((name) => [`${name}.`, `${name}: `]),
      ...Object.keys(functions).map((name) => `call ${name}(`),
    ];
    const others = [...found].filter(([name]) => !said.some((beginning) => name.startsWith(beginning)));
    expect(others.flatMap(([, failures]) => failures)).toEqual([]);
  });
});

const OURS = "('public'::regnamespace, 'private'::regnamespace)";

/** The names that a query gives. */
async function namesOf(query: string): Promise<string[]> {
  const rows = await database.current.sql.unsafe<{ name: string }[]>(query);
  return rows.map(({ name }) => name);
}

const archived =
  "a row in the archive keeps what it had, written by the mover alone; what it names may be in the archive too, or gone";
const imported =
  "which import made the row: written by import_rows alone, of its own campaign; imports outlive no campaign, rows may outlive imports";
const batch = "batches are written by the engine alone and gone after 30 days; what names one may stay";
/** Columns that name a row of another table and have no foreign key, and why. */
const LOOSE_IDS: Record<string, string> = {
  "archived_companies.import_id": archived,
  "archived_companies.owner_id": archived,
  "archived_contacts.company_id": archived,
  "archived_contacts.import_id": archived,
  "archived_contacts.owner_id": archived,
  "archived_attempts.batch_id": archived,
  "archived_jobs.batch_id": archived,
  "archived_jobs.company_id": archived,
  "archived_jobs.contact_id": archived,
  "archived_jobs.run_id": archived,
  "archived_portfolio_companies.company_id": archived,
  "companies.import_id": imported,
  "contacts.import_id": imported,
  "deliveries.batch_id": batch,
  "events.event_id": "the sender's id of a message, not a row",
  "private.assignees.user_id":
    "somebody who left, whose account may be gone, for as long as rows are in their name",
  "private.moving_campaigns.transaction_id": "a transaction, not a row",
  "private.pending_changes.transaction_id": "a transaction, not a row",
  "private.queue.job_id": "the job may be deleted; whoever claims what is gone takes it out of the queue",
  "private.queue.lane_id": "that of the run for the job's stage, written with the job",
  "research_attempts.batch_id": batch,
  "research_jobs.batch_id": batch,
};

describe("every table", () => {
  test("of public says whose rows it has", async () => {
    const silent = await namesOf(`
      select c.oid::regclass::text as name from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'workspaces' and not exists (
        select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and a.attnotnull
      )`);
    expect(silent).toEqual([]);
  });

  test("leads into its own workspace by foreign keys, wherever it names a row", async () => {
    const loose = await namesOf(`
      select format('%s.%s', c.oid::regclass, a.attname) as name from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace in ${OURS} and c.relkind in ('r', 'p') and a.attnum > 0 and a.attname like '%\\_id' and a.attname <> 'workspace_id'
        and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any (k.conkey))
      order by 1`);
    expect(loose).toEqual(Object.keys(LOOSE_IDS).sort());
  });

  test("has an index that begins with the columns of each foreign key", async () => {
    const bare = await namesOf(`
      select format('%s: %s', k.conrelid::regclass, k.conname) as name from pg_constraint k
      where k.contype = 'f' and k.connamespace in ${OURS} and not exists (
        select from pg_index i where i.indrelid = k.conrelid and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey
      )`);
    expect(bare).toEqual([]);
  });

  test("is read by views as whoever asks", async () => {
    const views = await namesOf(`
      select c.oid::regclass::text as name from pg_class c
      where c.relnamespace in ${OURS} and (c.relkind = 'm' or c.relkind = 'v' and not coalesce('security_invoker=true' = any (c.reloptions), false))`);
    expect(views).toEqual([]);
  });
});

describe("every policy", () => {
  test("asks who the caller is once a statement, not once a row", async () => {
    const { sql } = database.current;
    const policies = await sql`
      select format('%s: %s', polrelid::regclass, polname) as name, concat_ws(' ', pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) as condition
      from pg_policy p join pg_class c on c.oid = p.polrelid where pg_has_role(c.relowner, 'usage')`;
    // What a subquery without columns of the row gives is computed once; what is left of the condition calls nothing.
    const perRow = policies.filter(({ condition }) => /\w+\(/.test(withoutSubqueries(condition)));
    expect(perRow.map(({ name }) => name)).toEqual([]);
    expect(policies.length).toBeGreaterThan(10);
  });
});

/** The condition without each "( SELECT f(…) AS f)" that has no table, "ARRAY( SELECT …)" included. */
function withoutSubqueries(condition: string): string {
  const inner = /\(\s*SELECT [\w.]+\((?:'\w+'::[\w.]+|\$)?\) AS \w+\)/g;
  const shorter = condition.replaceAll(inner, "$");
  return shorter === condition ? condition.replaceAll("ARRAY$", "$") : withoutSubqueries(shorter);
}

describe("every function", () => {
  test("looks up names in no schema but those it says", async () => {
    const loose = await namesOf(`
      select p.oid::regprocedure::text as name from pg_proc p
      where p.pronamespace in ${OURS} and not coalesce('search_path=""' = any (p.proconfig), false)`);
    expect(loose).toEqual([]);
  });

  test("that runs as its owner and that users may call checks the caller before it writes or locks anything", async () => {
    const { sql } = database.current;
    const functions = await sql`
      select p.pronamespace::regnamespace || '.' || p.proname as name, p.prosrc as source from pg_proc p
      where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace) and p.prosecdef and has_function_privilege('authenticated', p.oid, 'execute')`;
    const checks = /my_workspaces|open_\w+\(|auth\.uid\(\)|my_email\(\)|invite_of_token\(/;
    const effects =
      /\binsert into\b|\bupdate public\.|\bupdate private\.|\bdelete from\b|\bfor (?:no key )?update\b/;
    const late = functions.filter(({ source }) => {
      const check = source.search(checks);
      const effect = source.search(effects);
      return check === -1 || (effect !== -1 && effect < check);
    });
    expect(late.map(({ name }) => name)).toEqual(Object.keys(UNCHECKED));
  });

  test("that runs as its owner has a reason", () => {
    for (const [name, reason] of Object.entries(definers)) expect(reason, name).not.toBe("");
  });
});

/** Functions that check nobody, and why. */
const UNCHECKED = { "public.engine_status": "the same answer for everybody, about no workspace" };
