import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { openDataDirectory } from "../../src/data-directory/data-directory.ts";
import type { LoginRole, StackKeys } from "../../src/data-directory/keys.ts";
import { bootstrap } from "../../src/postgres/bootstrap.ts";
import { startCluster } from "../../src/postgres/cluster.ts";

/** A real Postgres of its own in a temporary directory, with the roles and schemas of a hosted project. */
export interface TestPostgres {
  keys: StackKeys;
  connection: (role: LoginRole) => string;
  /** As the superuser. */
  query: (sql: string, values?: unknown[]) => Promise<pg.QueryResult>;
  stop: () => Promise<void>;
}

/** @param fixture a file of test/fixtures that is run as `postgres`, as a migration would be */
export async function startPostgres(fixture?: string): Promise<TestPostgres> {
  const path = await mkdtemp(join(tmpdir(), "local-supabase-"));
  const directory = await openDataDirectory(path);
  const lines: string[] = [];
  const cluster = await startCluster(directory, (line) => lines.push(line));
  const superuser = new pg.Client({ connectionString: cluster.connection("supabase_admin") });
  const stop = async () => {
    await superuser.end();
    await cluster.stop();
    await directory.release();
    await rm(path, { recursive: true });
  };
  await superuser.connect();
  await bootstrap(cluster.connection("supabase_admin"), directory.keys);
  if (fixture) await runAsPostgres(cluster.connection("postgres"), fixture);
  const query = (sql: string, values?: unknown[]) => superuser.query(sql, values);
  return { keys: directory.keys, connection: cluster.connection, query, stop };
}

async function runAsPostgres(connectionString: string, fixture: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(await readFile(new URL(`../fixtures/${fixture}`, import.meta.url), "utf8"));
  } finally {
    await client.end();
  }
}
