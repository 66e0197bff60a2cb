import type { Sql, TransactionSql } from "postgres";
import { prepareAttempts } from "./attempt.ts";
import { type Catalog, readCatalog } from "./catalog.ts";
import { type Failure, failuresOf, type Part } from "./cells.ts";
import { channelFailures } from "./channel-cells.ts";
import { definers } from "./definers.ts";
import { foreignKeyCells } from "./foreign-key-cells.ts";
import { callFailures, callGrantFailures } from "./function-cells.ts";
import { functions } from "./functions.ts";
import { helpers } from "./helpers.ts";
import { lockFailures } from "./lock-cells.ts";
import { memberCells } from "./member-cells.ts";
import { schemaFailures } from "./schema-cells.ts";
import { tableParts } from "./table-cells.ts";
import { tables } from "./tables.ts";
import type { World } from "./world.ts";

/** Everything there is to try on this database, as parts that stand alone. Expectations without a subject, and subjects without one, are parts that fail. */
export async function partsOf(sql: TransactionSql, world: World): Promise<Part[]> {
  await prepareAttempts(sql);
  const catalog = await readCatalog(sql);
  return [
    { name: "expectations", failures: async () => missing(catalog) },
    ...catalog.tables.flatMap((table) => tableParts(sql, world, table, tables[table.name] ?? {})),
    ...catalog.foreignKeys.map((key) => ({
      name: `${key.child} ${key.name}`,
      failures: () => failuresOf(sql, foreignKeyCells(world, key)),
    })),
    ...catalog.routines.map((routine) => ({
      name: `call ${routine.signature}`,
      failures: async () => {
        const calls = functions[routine.name];
        const usersMayCall = calls !== undefined || helpers.includes(routine.name);
        return [
          ...(await callGrantFailures(sql, routine, usersMayCall)),
          ...(calls ? await callFailures(sql, world, routine, calls) : []),
        ];
      },
    })),
    { name: "definers", failures: () => definerFailures(sql) },
    { name: "members", failures: () => failuresOf(sql, memberCells(world)) },
    { name: "locks of strangers", failures: () => lockFailures(sql, world) },
    { name: "schemas", failures: () => schemaFailures(sql) },
    { name: "realtime channels", failures: () => channelFailures(sql, world) },
  ];
}

/** Functions that run as their owner and are not listed, and the other way round. */
async function definerFailures(sql: TransactionSql): Promise<Failure[]> {
  const found = await sql<{ name: string }[]>`
    select p.pronamespace::regnamespace || '.' || p.proname as name from pg_proc p
    where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace) and p.prosecdef`;
  const names = new Set(found.map(({ name }) => name));
  return [
    ...[...names]
      .filter((name) => !(name in definers))
      .map((cell) => ({
        cell,
        expected: "its reason in tests/db/matrix/definers.ts, or no security definer",
        got: "none",
      })),
    ...Object.keys(definers)
      .filter((name) => !names.has(name))
      .map((cell) => ({
        cell,
        expected: "security definer, or no entry in tests/db/matrix/definers.ts",
        got: "neither",
      })),
  ];
}

/** What of the catalog has no expectation, and the other way round. */
function missing({ tables: found, routines, foreignKeys }: Catalog): Failure[] {
  const failures: Failure[] = [];
  const add = (cell: string, expected: string, got: string) => failures.push({ cell, expected, got });
  for (const { name } of found) {
    if (!(name in tables))
      add(name, "an entry in tests/db/matrix/tables.ts: who reads, adds, changes and deletes", "none");
  }
  for (const name of Object.keys(tables)) {
    if (!found.some((table) => table.name === name))
      add(name, "a table, or no entry in tests/db/matrix/tables.ts", "no table");
  }
  for (const { name, signature, usersMayCall, isDefiner } of routines) {
    const needsCalls = usersMayCall && !helpers.includes(name);
    if (needsCalls && !(name in functions)) {
      const how = `"${name}": [{ with: "…", by: "member" }]`;
      add(
        signature,
        `an entry in tests/db/matrix/functions.ts: ${how}${isDefiner ? "" : ", or among the helpers"}`,
        "none",
      );
    }
    if (helpers.includes(name) && isDefiner)
      add(signature, "calls in tests/db/matrix/functions.ts, since it runs as its owner", "a helper");
  }
  for (const name of [...Object.keys(functions), ...helpers]) {
    const isThere = routines.some((routine) => routine.name === name && routine.usersMayCall);
    if (!isThere)
      add(name, "a function that users may call, or no entry in tests/db/matrix/functions.ts", "none");
  }
  for (const { child, name, hasWorkspace } of foreignKeys) {
    if (!hasWorkspace)
      add(`${child} ${name}`, "a key that includes workspace_id", "one that can lead into another workspace");
  }
  return failures;
}

/** Thrown to leave a transaction that must not be kept. */
class Discard extends Error {}

/** Runs `work` in one transaction and undoes it. */
export async function inDiscarded<T>(
  sql: Sql,
  work: (transaction: TransactionSql) => Promise<T>,
): Promise<T> {
  let result: { value: T } | undefined;
  try {
    await sql.begin(async (transaction) => {
      result = { value: await work(transaction) };
      throw new Discard();
    });
  } catch (error) {
    if (!(error instanceof Discard)) throw error;
  }
  if (!result) throw new Error("the transaction gave nothing");
  return result.value;
}
