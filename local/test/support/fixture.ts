import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { createClient, type SupabaseClient, type WebSocketLikeConstructor } from "@supabase/supabase-js";
import { Hono } from "hono";
import pg from "pg";
import WebSocket from "ws";
import type { ApiKeys } from "../../src/identity.ts";
import { type RunningDatabase, startDatabase } from "../../src/postgres/database.ts";
import { generateSigningKey, Tokens } from "../../src/tokens.ts";

/** A migrated database and what a service needs to know callers. */
export interface Fixture {
  database: RunningDatabase;
  /** Queries as postgres. */
  sql: pg.Pool;
  keys: ApiKeys;
  tokens: Tokens;
  /** A fresh directory that goes with the fixture. */
  directory: string;
  stop(): Promise<void>;
}

/** Starts Postgres in a temporary directory and runs this SQL as migrations are, as postgres. */
export async function startFixture(migration: string): Promise<Fixture> {
  const [dataDir, directory] = await Promise.all(
    ["data", "files"].map((name) => mkdtemp(join(tmpdir(), `local-${name}-`))),
  );
  if (!dataDir || !directory) throw new Error("no temporary directory");
  const database = await startDatabase({ projectDir: directory, dataDir });
  const sql = new pg.Pool({ connectionString: database.dbUrl, max: 4 });
  sql.on("error", () => {}); // some tests end connections
  await sql.query(migration);
  return {
    database,
    sql,
    keys: { publishable: "sb_publishable_fixture", secret: "sb_secret_fixture" },
    tokens: await Tokens.create(await generateSigningKey(), "http://127.0.0.1/auth/v1"),
    directory,
    async stop() {
      await sql.end();
      await database.stop();
      await rm(dataDir, { recursive: true, force: true });
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A service behind a gateway's place: apps by mount path on a free port of loopback. */
export async function serveOn(apps: Record<string, Hono>): Promise<{ url: string; server: Server }> {
  const gateway = new Hono();
  for (const [path, app] of Object.entries(apps)) gateway.route(path, app);
  const server = createServer(getRequestListener(gateway.fetch));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { url: `http://127.0.0.1:${address.port}`, server };
}

/** A signed-in user of the fixture; the session's token may be replaced, as after a refresh. */
export interface User {
  id: string;
  session: { token: string };
  client: SupabaseClient;
}

export async function signIn({ keys, tokens }: Fixture, url: string, seconds = 3600): Promise<User> {
  const id = randomUUID();
  const session = { token: await tokens.sign({ sub: id, role: "authenticated" }, seconds) };
  const client = createClient(url, keys.publishable, { accessToken: async () => session.token, realtime });
  return { id, session, client };
}

/** A client with an API key and no session. */
export function keyClient(url: string, key: string): SupabaseClient {
  return createClient(url, key, { realtime, auth: { persistSession: false } });
}

// Node 20 has no WebSocket; the types of ws have one overload more than supabase-js expects.
const realtime = { transport: WebSocket as unknown as WebSocketLikeConstructor };
