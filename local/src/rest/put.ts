import { clause, ident, sql } from "../db/sql.ts";
import type { Table } from "./catalog.ts";
import { RestError } from "./errors.ts";
import { type ParsedUrl, parseUrl } from "./parse-url.ts";
import { readPayload } from "./payload.ts";
import { ReadSql } from "./read-sql.ts";
import { type Engine, type RestRequest, sourceOf, tableNamed } from "./request.ts";
import { mutate } from "./write.ts";
import { insertSql } from "./write-sql.ts";

/** PUT /:table?key=eq.value: puts exactly this one row there, inserted or replaced. */
export function putRow(engine: Engine, request: RestRequest, name: string, body: string): Promise<Response> {
  const { catalog, parameters } = request;
  const table = tableNamed(catalog, name);
  if (parameters.has("limit") || parameters.has("offset")) {
    const message = "limit/offset querystring parameters are not allowed for PUT";
    throw new RestError(400, "PGRST114", message);
  }
  const url: ParsedUrl = { ...parseUrl(parameters), onConflict: table.primaryKey };
  checkKey(table, url);
  const payload = readPayload(body, url.columns);
  const target = ident(catalog.schema, table.name);
  const source = sourceOf(catalog, table);
  const where = new ReadSql(catalog, 0).conditions(url.read, source, "_body");
  const there = new ReadSql(catalog, 0).conditions(url.read, source, "_old");
  const before = sql`(select count(*) from ${target} as "_old"${clause(" where ", there, " and ")})`;
  const prefer = { ...request.prefer, resolution: "merge-duplicates" as const };
  const statement = insertSql(table, target, payload, url, prefer, where);
  const approve = (rows: number) => {
    if (rows !== 1) throw otherKey();
  };
  const alias = table.name;
  return mutate(engine, request, { table, url, statement, alias, status: 200, before, approve });
}

/** The URL names the row by its whole primary key and nothing else. */
function checkKey(table: Table, url: ParsedUrl): void {
  const named = url.read.conditions.map((one) =>
    one.kind === "test" &&
    one.operator === "eq" &&
    !one.negated &&
    !one.modifier &&
    one.field.path.length === 0
      ? one.field.name
      : null,
  );
  const { primaryKey } = table;
  const whole = primaryKey.length > 0 && primaryKey.every((column) => named.includes(column));
  if (whole && named.length === primaryKey.length) return;
  const message = "Filters must include all and only primary key columns with 'eq' operators";
  throw new RestError(405, "PGRST105", message);
}

function otherKey(): RestError {
  return new RestError(400, "PGRST115", "Payload values do not match URL in primary key column(s)");
}
