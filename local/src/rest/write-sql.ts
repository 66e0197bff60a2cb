import { clause, empty, ident, join, type Sql, sql, trusted } from "../db/sql.ts";
import type { Catalog, Column, Table } from "./catalog.ts";
import { RestError } from "./errors.ts";
import type { Preferences } from "./headers.ts";
import type { ParsedUrl } from "./parse-url.ts";
import type { Payload } from "./payload.ts";
import { ReadSql, type Source } from "./read-sql.ts";

/** Inserts, or upserts as Prefer says, those rows of the body (called "_body") for which `where` holds. */
export function insertSql(
  table: Table,
  target: Sql,
  payload: Payload,
  url: ParsedUrl,
  prefer: Preferences,
  where: readonly Sql[] = [],
): Sql {
  const columns = columnsOf(table, payload.columns);
  const names = join(columns.map((column) => ident(column.name)));
  const conflict = conflictSql(table, columns, url.onConflict, prefer.resolution);
  if (columns.length === 0) {
    return payload.json.trim() === "[{}]"
      ? sql`insert into ${target} default values`
      : sql`insert into ${target} select * from ${target} where false`;
  }
  const rows = sql`select ${names} from ${rowsOf(columns, payload.json, prefer)}${clause(" where ", where, " and ")}`;
  return sql`insert into ${target} (${names}) ${rows}${conflict}`;
}

export function updateSql(
  table: Table,
  target: Sql,
  payload: Payload,
  where: readonly Sql[],
  prefer: Preferences,
): Sql {
  const columns = columnsOf(table, payload.columns);
  const assignments = columns.map((column) => sql`${ident(column.name)} = "_new".${ident(column.name)}`);
  const rows = sql`(select * from ${rowsOf(columns, payload.json, prefer)} limit 1) as "_new"`;
  return sql`update ${target} as "_old" set ${join(assignments)} from ${rows}${clause(" where ", where, " and ")}`;
}

export function deleteSql(target: Sql, where: readonly Sql[]): Sql {
  return sql`delete from ${target} as "_old"${clause(" where ", where, " and ")}`;
}

/** The conditions of an update or delete; hosted Supabase refuses one without any (safeupdate). */
export function conditionsOf(
  kind: "UPDATE" | "DELETE",
  catalog: Catalog,
  url: ParsedUrl,
  source: Source,
): Sql[] {
  const where = new ReadSql(catalog, 0).conditions(url.read, source, "_old");
  if (where.length === 0) throw new RestError(400, "21000", `${kind} requires a WHERE clause`);
  return where;
}

/** The columns to return: those the select, its embeds and its order may need. */
export function returningSql(table: Table, url: ParsedUrl, catalog: Catalog, alias: string): Sql {
  const { selected, order } = url.read;
  const whole = selected.some(
    (item) => item.kind !== "field" || catalog.isComputed(table.name, item.field.name),
  );
  if (whole) return sql`${ident(alias)}.*`;
  const wanted = new Set([
    ...selected.flatMap((item) => (item.kind === "field" ? [item.field.name] : [])),
    ...order.map((one) => one.field.name),
  ]);
  const columns = table.columns.filter((column) => wanted.has(column.name));
  if (columns.length === 0) return sql`1 as "_"`;
  return join(columns.map((column) => ident(alias, column.name)));
}

function columnsOf(table: Table, names: readonly string[]): Column[] {
  return names.map((name) => {
    const column = table.columns.find((one) => one.name === name);
    if (column) return column;
    const message = `Could not find the '${name}' column of '${table.name}' in the schema cache`;
    throw new RestError(400, "PGRST204", message);
  });
}

/** json_to_recordset over the bound body; with missing=default the defaults lie under each object. */
function rowsOf(columns: readonly Column[], json: string, prefer: Preferences): Sql {
  const typed = join(columns.map((column) => sql`${ident(column.name)} ${trusted(column.type)}`));
  const defaults = columns.filter((column) => column.default !== null);
  if (prefer.missing === "null" || defaults.length === 0) {
    return sql`json_to_recordset(${json}::json) as "_body" (${typed})`;
  }
  const pairs = defaults.map((column) => sql`${column.name}::text, ${trusted(column.default ?? "null")}`);
  const elements = sql`select jsonb_agg(jsonb_build_object(${join(pairs)}) || "_element") as rows
    from jsonb_array_elements(${json}::jsonb) as "_element"`;
  return sql`(${elements}) as "_merged", jsonb_to_recordset("_merged".rows) as "_body" (${typed})`;
}

function conflictSql(
  table: Table,
  columns: readonly Column[],
  onConflict: readonly string[] | null,
  resolution: Preferences["resolution"],
): Sql {
  if (resolution === null) return empty;
  const target = columnsOf(table, onConflict ?? table.primaryKey);
  if (target.length === 0) return empty;
  const names = join(target.map((column) => ident(column.name)));
  if (resolution === "ignore-duplicates" || columns.length === 0)
    return sql` on conflict (${names}) do nothing`;
  const assignments = columns.map((column) => sql`${ident(column.name)} = excluded.${ident(column.name)}`);
  return sql` on conflict (${names}) do update set ${join(assignments)}`;
}
