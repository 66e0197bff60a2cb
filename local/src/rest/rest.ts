import type { Hono } from "hono";
import { Database } from "../db/database.ts";
import type { ApiKeys } from "../identity.ts";
import type { Tokens } from "../tokens.ts";
import { restApp } from "./app.ts";
import { Catalog } from "./catalog.ts";
import type { Env } from "./request.ts";

export interface StartRestOptions {
  /** A login role that may only become anon, authenticated and service_role: postgres://authenticator:… */
  connection: string;
  keys: ApiKeys;
  tokens: Tokens;
  /** Hears of failures that no caller is told about. */
  report: (error: unknown) => void;
  /** The one schema that is exposed. */
  schema?: string;
  connections?: number;
  maxRows?: number;
  /** For roles that set no statement_timeout of their own. */
  statementTimeoutMs?: number;
}

/** Starts REST: mount `app` at /rest/v1. It learns of schema changes by NOTIFY pgrst (rest/schema.sql sends it). */
export async function startRest(
  options: StartRestOptions,
): Promise<{ app: Hono<Env>; close: () => Promise<void> }> {
  const { connection, keys, tokens, report, schema = "public", maxRows = 1000 } = options;
  const { connections = 10, statementTimeoutMs = 8000 } = options;
  const database = new Database(connection, { connections, statementTimeoutMs, report });
  let catalog = await Catalog.load(database, schema);
  const reload = oneAtATime(async () => {
    try {
      catalog = await Catalog.load(database, schema);
    } catch (error) {
      report(error); // the old catalog stays
    }
  });
  await database.open((payload) => {
    if (payload === "" || payload === "reload schema") reload();
  });
  const app = restApp({ database, catalog: () => catalog, maxRows, keys, tokens, report });
  return { app, close: () => database.close() };
}

/** Calls that come while the work is being done lead to doing it once more, however many they are. */
function oneAtATime(work: () => Promise<void>): () => void {
  let wanted = 0;
  let running = false;
  const run = async () => {
    running = true;
    for (let done = 0; done < wanted; ) {
      done = wanted;
      await work();
    }
    wanted = 0;
    running = false;
  };
  return () => {
    wanted++;
    if (!running) void run();
  };
}
