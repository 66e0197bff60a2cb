import type { Row } from "../db/database.ts";
import { ident, type Sql, sql } from "../db/sql.ts";
import { answerSql } from "./answer-sql.ts";
import type { Table } from "./catalog.ts";
import { RestError } from "./errors.ts";
import { type ParsedUrl, parseUrl } from "./parse-url.ts";
import { readPayload } from "./payload.ts";
import { ReadSql, type Source } from "./read-sql.ts";
import { type Engine, type RestRequest, sourceOf, tableNamed } from "./request.ts";
import { checkSingle, respond } from "./respond.ts";
import { conditionsOf, deleteSql, insertSql, returningSql, updateSql } from "./write-sql.ts";

/** The statement that changes rows, and what its answer needs to know. */
export interface Mutation {
  table: Table;
  url: ParsedUrl;
  statement: Sql;
  /** What the statement calls the rows it changes. */
  alias: string;
  /** With a representation; without one 200 becomes 204. */
  status: number;
  /** Counts the rows there were before: when there were none the status is 201. Only asked for a representation. */
  before?: Sql;
  /** Checked before the commit: throwing rolls back. */
  approve?: (rows: number) => void;
}

/** POST /:table: insert, or upsert when Prefer names a resolution. */
export function insertRows(
  engine: Engine,
  request: RestRequest,
  name: string,
  body: string,
): Promise<Response> {
  const table = tableNamed(request.catalog, name);
  const url = parseUrl(request.parameters);
  const payload = readPayload(body, url.columns);
  const target = ident(request.catalog.schema, table.name);
  const statement = insertSql(table, target, payload, url, request.prefer);
  return mutate(engine, request, { table, url, statement, alias: table.name, status: 201 });
}

/** PATCH /:table?filters */
export function updateRows(
  engine: Engine,
  request: RestRequest,
  name: string,
  body: string,
): Promise<Response> {
  const table = tableNamed(request.catalog, name);
  const url = parseUrl(request.parameters);
  const payload = readPayload(body, url.columns);
  const source = sourceOf(request.catalog, table);
  const where = conditionsOf("UPDATE", request.catalog, url, source);
  if (payload.columns.length === 0) return Promise.resolve(nothingChanged(request));
  const statement = updateSql(table, source.from, payload, where, request.prefer);
  return mutate(engine, request, { table, url, statement, alias: "_old", status: 200 });
}

/** DELETE /:table?filters */
export function deleteRows(engine: Engine, request: RestRequest, name: string): Promise<Response> {
  const table = tableNamed(request.catalog, name);
  const url = parseUrl(request.parameters);
  const source = sourceOf(request.catalog, table);
  const statement = deleteSql(source.from, conditionsOf("DELETE", request.catalog, url, source));
  return mutate(engine, request, { table, url, statement, alias: "_old", status: 200 });
}

/** Runs a mutation and answers with the rows it changed, or just with their number. */
export async function mutate(engine: Engine, request: RestRequest, mutation: Mutation): Promise<Response> {
  const { catalog, prefer, format, signal } = request;
  const { table, url } = mutation;
  const returns = prefer.return === "representation";
  const returning = returns ? returningSql(table, url, catalog, mutation.alias) : sql`1 as "_"`;
  const source: Source = { ...sourceOf(catalog, table), from: ident("_changed") };
  const shown = { ...url.read, conditions: [] };
  const rows = returns
    ? new ReadSql(catalog, Number.MAX_SAFE_INTEGER).build(shown, source).rows
    : sql`select 1 from "_changed"`;
  const first = sql`"_changed" as (${mutation.statement} returning ${returning})`;
  const approve = approval(request, mutation);
  const options = approve ? { signal, approve } : { signal };
  const extras = returns && mutation.before ? { first, total: mutation.before } : { first };
  const [row = {}] = await engine.database.run(request.caller, [answerSql(format, rows, extras)], options);
  const status = row.total === "0" ? 201 : mutation.status;
  if (returns) return respond(request, { row, status, total: prefer.count ? Number(row.rows) : null });
  const range = prefer.count ? `*/${row.rows}` : "*/*";
  return new Response(null, { status: status === 200 ? 204 : status, headers: { "content-range": range } });
}

/** What must hold of the changed rows before they are kept; null saves the round trip of asking. */
function approval({ prefer, format }: RestRequest, mutation: Mutation): ((row: Row) => void) | null {
  const single = format.type === "object" && prefer.return === "representation";
  if (!mutation.approve && prefer.maxAffected === null && !single) return null;
  return (row) => {
    const rows = Number(row.rows);
    mutation.approve?.(rows);
    if (prefer.maxAffected !== null && rows > prefer.maxAffected) throw tooManyAffected(rows);
    if (single) checkSingle(rows);
  };
}

function tooManyAffected(rows: number): RestError {
  const message = "Query result exceeds max-affected preference constraint";
  return new RestError(400, "PGRST124", message, `The query affects ${rows} rows`);
}

function nothingChanged(request: RestRequest): Response {
  const returns = request.prefer.return === "representation";
  const headers = { "content-range": "*/*" };
  return returns ? Response.json([], { headers }) : new Response(null, { status: 204, headers });
}
