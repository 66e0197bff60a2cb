import type { Table } from "./catalog.ts";
import { type Cell, grant } from "./cells.ts";
import { anon, service } from "./people.ts";
import type { TableRules } from "./tables.ts";
import type { World } from "./world.ts";

/** Whether a signed-in user, and nobody who is not, has the grants on a column. */
export function columnCells(world: World, { name }: Table, rules: TableRules, column: string): Cell[] {
  const reads = rules.read !== undefined && !rules.hidden?.includes(column);
  const adds = rules.insert !== undefined && column in rules.insert.row;
  const changes = rules.update?.columns.includes(column) ?? false;
  return [
    ...granted(
      world,
      `${name}.${column}: select`,
      `select count("${column}") from ${name} where false`,
      reads,
    ),
    ...granted(
      world,
      `${name}.${column}: insert`,
      `insert into ${name} ("${column}") values (default)`,
      adds,
    ),
    ...granted(
      world,
      `${name}.${column}: update`,
      `update ${name} set "${column}" = default where false`,
      changes,
    ),
  ];
}

function granted(world: World, what: string, sql: string, users: boolean): Cell[] {
  return [
    { name: `${what} by anon`, as: anon, sql, expected: "denied", tell: grant },
    {
      name: `${what} by a user`,
      as: world.callers.owner,
      sql,
      expected: users ? "granted" : "denied",
      tell: grant,
    },
  ];
}

/** Who may delete, and that the project's secret key has every table of public and none of private. */
export function wholeCells(world: World, { name, columns }: Table, rules: TableRules): Cell[] {
  const expected = name.startsWith("public.") ? "granted" : "denied";
  const statements = {
    select: `select count(*) from ${name} where false`,
    insert: `insert into ${name} default values`,
    update: `update ${name} set "${columns[0]}" = default where false`,
    delete: `delete from ${name} where false`,
  };
  return [
    ...granted(world, `${name}: delete`, statements.delete, rules.delete !== undefined),
    ...Object.entries(statements).map(
      ([what, sql]): Cell => ({
        name: `${name}: ${what} by service_role`,
        as: service,
        sql,
        expected,
        tell: grant,
      }),
    ),
  ];
}
