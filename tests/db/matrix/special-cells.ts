import type { TransactionSql } from "postgres";
import type { Table } from "./catalog.ts";
import { type Cell, type Failure, failuresOf, refusal, rowsRead, rowsWritten } from "./cells.ts";
import { CALLERS, hasRole } from "./people.ts";
import type { TableRules } from "./tables.ts";
import { fill, type World } from "./world.ts";

/** What a role alone does not decide, tried on rows of its own: with the grants there are, then with all. */
export async function specialFailures(
  sql: TransactionSql,
  world: World,
  table: Table,
  special: TableRules["special"],
): Promise<Failure[]> {
  if (!special) return [];
  const { a, b } = world;
  await sql.unsafe(fill(special.given, a, b));
  const cells = (isGranted: boolean) =>
    special.tries
      .filter((one) => (one.isGranted ?? false) === isGranted)
      .flatMap(({ what, sql: statement, by, gives = "1 rows", otherwise = "0 rows" }) =>
        CALLERS.map((caller): Cell => {
          const may = Array.isArray(by) ? by.includes(caller) : hasRole(caller, by);
          const name = `${table.name}: ${caller} may ${what}`;
          const cell = { name, as: world.callers[caller], sql: fill(statement, a, b) };
          if (caller === "anon") return { ...cell, expected: "refused", tell: refusal };
          const tell = statement.startsWith("select") ? rowsRead : rowsWritten;
          return { ...cell, expected: may ? gives : otherwise, tell };
        }),
      );
  const failures = await failuresOf(sql, cells(false));
  await sql.unsafe(`grant all on ${table.name} to anon, authenticated`);
  return [...failures, ...(await failuresOf(sql, cells(true)))];
}
