import type { TransactionSql } from "postgres";
import type { Table } from "./catalog.ts";
import {
  type Cell,
  type Failure,
  failuresOf,
  type Part,
  pastPolicy,
  refusal,
  rowsRead,
  rowsWritten,
} from "./cells.ts";
import { columnCells, wholeCells } from "./grant-cells.ts";
import { CALLERS, hasRole } from "./people.ts";
import { specialFailures } from "./special-cells.ts";
import type { TableRules } from "./tables.ts";
import { fill, type World } from "./world.ts";

interface Subject {
  table: Table;
  rules: TableRules;
  world: World;
  /** Rows there are: of workspace A, of workspace B, and those of A that may be changed. */
  counts: { a: number; b: number; changeable: number };
  /** Conditions that pick them. */
  ofA: string;
  ofB: string;
}

/** Everything the table's rules say, as parts: what is granted on each column and on the whole, what each caller gets at with that, the policies alone. */
export function tableParts(sql: TransactionSql, world: World, table: Table, rules: TableRules): Part[] {
  const part = (name: string, tryIt: () => Promise<Failure[]>): Part => ({
    name,
    failures: () =>
      withSavepoint(sql, async () => {
        await sql`grant usage on schema private to anon`; // so that each table stands for itself
        return tryIt();
      }),
  });
  const withRows = (cells: (subject: Subject) => Cell[]) => async () => {
    const subject = await subjectOf(sql, world, table, rules);
    if (subject) return failuresOf(sql, cells(subject));
    const got = "none: add them to tests/db/matrix/furnish.ts";
    return [{ cell: `${table.name}: rows to look at`, expected: "some in both workspaces", got }];
  };
  return [
    ...table.columns.map((column) =>
      part(`${table.name}.${column}`, () => failuresOf(sql, columnCells(world, table, rules, column))),
    ),
    part(`${table.name}: the whole`, async () => [
      ...(await layerFailures(sql, table)),
      ...(await failuresOf(sql, wholeCells(world, table, rules))),
    ]),
    part(`${table.name}: rows`, withRows(rowCells)),
    // They must hold by themselves too: a grant too many is no hole.
    part(`${table.name}: policies`, async () => {
      await sql.unsafe(`grant all on ${table.name} to anon, authenticated`);
      if (rules.update?.where)
        await sql.unsafe(`delete from ${table.name} where not (${rules.update.where})`);
      return withRows(policyCells)();
    }),
    ...(rules.special
      ? [part(`${table.name}: special`, () => specialFailures(sql, world, table, rules.special))]
      : []),
  ];
}

async function subjectOf(
  sql: TransactionSql,
  world: World,
  table: Table,
  rules: TableRules,
): Promise<Subject | null> {
  const column = rules.workspace === undefined ? "workspace_id" : rules.workspace;
  const ofA = column ? `${column} = '${world.a.workspaceId}'` : "true";
  const ofB = column ? `${column} = '${world.b.workspaceId}'` : "false";
  const [counts] = await sql.unsafe<Subject["counts"][]>(
    `select count(*) filter (where ${ofA})::int as a, count(*) filter (where ${ofB})::int as b,
      count(*) filter (where ${ofA} and ${rules.update?.where ?? "true"})::int as changeable from ${table.name}`,
  );
  return counts && counts.a > 0 && (counts.b > 0 || !column)
    ? { table, rules, world, counts, ofA, ofB }
    : null;
}

/** Row-level security is on, its policies are for signed-in users, and nobody has the rights that only migrations use. */
async function layerFailures(sql: TransactionSql, { name }: Table): Promise<Failure[]> {
  const [layer] = await sql<{ isOn: boolean; open: string[]; rights: string[] }[]>`
    select c.relrowsecurity or c.relkind in ('v', 'm') as "isOn",
      array(select p.polname::text from pg_policy p where p.polrelid = c.oid and p.polroles <> array['authenticated'::regrole::oid]) as open,
      array(
        select format('%s may %s', r, p) from unnest('{anon,authenticated}'::text[]) as r, unnest('{truncate,references,trigger}'::text[]) as p
        where has_table_privilege(r, c.oid, p)
      ) as rights
    from pg_class c where c.oid = ${name}::regclass`;
  return [
    ...(layer?.isOn ? [] : [{ cell: `${name}: row-level security`, expected: "on", got: "off" }]),
    ...(layer?.rights ?? []).map((got) => ({
      cell: `${name}: rights on the whole table`,
      expected: "none",
      got,
    })),
    ...(layer?.open ?? []).map((policy) => ({
      cell: `${name}: policy "${policy}"`,
      expected: "to authenticated",
      got: "to others",
    })),
  ];
}

function workspaceColumn({ workspace }: TableRules): string | null {
  return workspace === undefined ? "workspace_id" : workspace;
}

async function withSavepoint<T>(sql: TransactionSql, work: () => Promise<T>): Promise<T> {
  await sql`savepoint grants`;
  try {
    return await work();
  } finally {
    await sql`rollback to savepoint grants`;
  }
}

/** What each caller sees and changes with the grants there are. */
function rowCells(subject: Subject): Cell[] {
  const { table, rules, world, ofA } = subject;
  const cells: Cell[] = rules.read ? readCells(subject, "denied") : [];
  for (const caller of CALLERS) {
    const as = world.callers[caller];
    const isIn = (least: TableRules["read"]) => hasRole(caller, least ?? null);
    const may = (what: string, statement: string, expected: string) =>
      cells.push({
        name: `${table.name}: ${caller} may ${what}`,
        as,
        sql: statement,
        expected,
        tell: rowsWritten,
      });
    if (rules.insert) {
      const expected = isIn(rules.insert.by) ? "1 rows" : caller === "anon" ? "denied" : "policy";
      may("add a row", insertSql(subject), expected);
    }
    const changed = rules.update?.columns[0];
    if (rules.update && changed) {
      const expected =
        caller === "anon" ? "denied" : `${isIn(rules.update.by) ? subject.counts.changeable : 0} rows`;
      const where = `${ofA} and ${rules.update.where ?? "true"}`;
      may("change rows", `update ${table.name} set "${changed}" = "${changed}" where ${where}`, expected);
    }
    if (rules.delete) {
      const expected = caller === "anon" ? "denied" : `${isIn(rules.delete) ? subject.counts.a : 0} rows`;
      may("delete rows", `delete from ${table.name} where ${ofA}`, expected);
    }
  }
  return cells;
}

function readCells({ table, rules, world, counts, ofA, ofB }: Subject, signedOut: string): Cell[] {
  return CALLERS.flatMap((caller) => {
    const as = world.callers[caller];
    const a = hasRole(caller, rules.read ?? null) ? counts.a : 0;
    const b = caller === "outsider" && rules.read ? counts.b : 0;
    const sees = (what: string, where: string, n: number): Cell => ({
      name: `${table.name}: ${caller} sees ${what}`,
      as,
      sql: `select count(*) from ${table.name} where ${where}`,
      expected: caller === "anon" ? signedOut : `${n} rows`,
      tell: rowsRead,
    });
    return [sees("the workspace's rows", ofA, a), sees("another workspace's rows", ofB, b)];
  });
}

function insertSql({ table, rules, world }: Subject): string {
  const row = rules.insert?.row ?? {};
  return `insert into ${table.name} (${Object.keys(row).join(", ")}) values (${fill(Object.values(row).join(", "), world.a, world.b)})`;
}

/** What each caller sees and changes where everything is granted: the policies alone. */
function policyCells(subject: Subject): Cell[] {
  const { table, rules, world, counts, ofA } = subject;
  const column = workspaceColumn(rules);
  const cells = readCells(subject, "0 rows");
  for (const caller of CALLERS) {
    const as = world.callers[caller];
    const isIn = (least: TableRules["read"]) => hasRole(caller, least ?? null);
    const add = (what: string, statement: string, expected: string, tell = rowsWritten) => {
      const name = `${table.name}: the policies let ${caller} ${what}`;
      // Which of the layers stops somebody who is not signed in does not matter.
      const cell = caller === "anon" ? { expected: "refused", tell: refusal } : { expected, tell };
      cells.push({ name, as, sql: statement, ...cell });
    };
    const bare = column
      ? `insert into ${table.name} (${column}) values ('${world.a.workspaceId}')`
      : `insert into ${table.name} default values`;
    const adds = isIn(rules.insert?.by);
    add("add a row", rules.insert ? insertSql(subject) : bare, adds ? "passed" : "policy", pastPolicy);
    const changes = isIn(rules.update?.by) ? counts.changeable : 0;
    // Where nobody reads, without a condition: one that reads a column would bring the policy for reading in as well.
    const where = rules.read ? ` where ${ofA} and ${rules.update?.where ?? "true"}` : "";
    const same = rules.update?.columns[0] ?? column ?? table.columns.at(-1);
    const value = rules.read ? `"${same}"` : "default";
    add("change rows", `update ${table.name} set "${same}" = ${value}${where}`, `${changes} rows`);
    if (column) {
      const target = caller === "outsider" ? world.a : world.b;
      const moved = `update ${table.name} set ${column} = '${target.workspaceId}'`;
      const hasOwn = caller === "outsider" || (table.name === "public.workspaces" && caller !== "gone");
      const isRefused = rules.update !== undefined && (changes > 0 || hasOwn);
      add("move rows to another workspace", moved, isRefused ? "policy" : "0 rows");
    }
    const deletes = `${isIn(rules.delete) ? counts.a : 0} rows`;
    add("delete rows", `delete from ${table.name}${rules.read ? ` where ${ofA}` : ""}`, deletes);
  }
  return cells;
}
