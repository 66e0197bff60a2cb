import type { Context } from "hono";
import type { Caller, Database } from "../db/database.ts";
import { ident } from "../db/sql.ts";
import type { Identity } from "../identity.ts";
import type { Catalog, Table } from "./catalog.ts";
import { RestError } from "./errors.ts";
import { type Format, type Preferences, parseAccept, parsePrefer } from "./headers.ts";
import type { Source } from "./read-sql.ts";

export type Env = { Variables: { identity: Identity } };

/** What answering needs of the service. */
export interface Engine {
  database: Database;
  /** The current catalog; replaced when the schema changes. */
  catalog: () => Catalog;
  /** No answer has more rows than this. */
  maxRows: number;
}

/** One request: who asks, against which catalog, and how the answer should look. */
export interface RestRequest {
  method: string;
  parameters: URLSearchParams;
  range: string | null;
  signal: AbortSignal;
  catalog: Catalog;
  caller: Caller;
  prefer: Preferences;
  format: Format;
}

/** Reads the headers. Throws RestError for another schema or a format that cannot be made. */
export function beginRequest(c: Context<Env>, engine: Engine): RestRequest {
  const catalog = engine.catalog();
  const { method } = c.req;
  const readOnly = method === "GET" || method === "HEAD";
  checkSchema(c.req.header(readOnly ? "accept-profile" : "content-profile"), catalog);
  const { role, claims } = c.get("identity");
  const settings = catalog.settingsOf(role);
  return {
    method,
    parameters: new URL(c.req.url).searchParams,
    range: c.req.header("range") ?? null,
    signal: c.req.raw.signal,
    catalog,
    caller: { role, claims, method, path: c.req.path, headers: c.req.header(), readOnly, settings },
    prefer: parsePrefer(c.req.header("prefer") ?? null),
    format: parseAccept(c.req.header("accept") ?? null),
  };
}

/** The table or view of the exposed schema. Throws RestError 404. */
export function tableNamed(catalog: Catalog, name: string): Table {
  const table = catalog.tables.get(name);
  if (table) return table;
  const message = `Could not find the table '${catalog.schema}.${name}' in the schema cache`;
  throw new RestError(404, "PGRST205", message);
}

export function sourceOf(catalog: Catalog, table: Table): Source {
  const { name, columns } = table;
  return { from: ident(catalog.schema, name), name, table: name, columns };
}

function checkSchema(wanted: string | undefined, catalog: Catalog): void {
  if (wanted === undefined || wanted === catalog.schema) return;
  const hint = `Only the following schemas are exposed: ${catalog.schema}`;
  throw new RestError(406, "PGRST106", `Invalid schema: ${wanted}`, null, hint);
}
