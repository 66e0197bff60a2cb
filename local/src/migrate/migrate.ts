import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { StackError } from "../stack-error.ts";
import { supabaseCli } from "./cli.ts";
import { compareMigrations, type MigrationFile } from "./compare.ts";

export interface MigrateOptions {
  projectDir: string;
  /** Connection strings as supabase_admin, who keeps the hashes, and as postgres, who runs the migrations. */
  superuserUrl: string;
  postgresUrl: string;
}

async function readMigrations(projectDir: string): Promise<MigrationFile[]> {
  const folder = join(projectDir, "supabase", "migrations");
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const migrations = names.flatMap((name) => {
    const version = /^(\d+)_.*\.sql$/.exec(name)?.[1];
    return version === undefined ? [] : [{ version, name }];
  });
  return Promise.all(
    migrations.map(async (migration) => ({
      ...migration,
      sha256: createHash("sha256")
        .update(await readFile(join(folder, migration.name)))
        .digest("hex"),
    })),
  );
}

/**
 * Brings the database to the project's migrations with `supabase db push`, and gives a new one its seed.sql.
 * Throws a StackError when a migration fails, or when one that was applied has changed since.
 */
export async function migrate({ projectDir, superuserUrl, postgresUrl }: MigrateOptions): Promise<void> {
  const files = await readMigrations(projectDir);
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const pending = compareMigrations(files, await appliedMigrations(client));
    if (pending.length > 0) {
      // Before they run: so an applied migration always has its hash, however the run ends.
      await client.query(
        `insert into local_stack.migrations select * from unnest($1::text[], $2::text[])
         on conflict (version) do update set sha256 = excluded.sha256`,
        [pending.map((file) => file.version), pending.map((file) => file.sha256)],
      );
      await push(projectDir, postgresUrl);
    }
    await seed(client, projectDir, postgresUrl);
  } finally {
    await client.end();
  }
}

/** Versions in the CLI's history table, with the hash of the file each was made from. */
async function appliedMigrations(client: pg.Client): Promise<Map<string, string | null>> {
  const history = await client.query(
    "select to_regclass('supabase_migrations.schema_migrations') is not null as exists",
  );
  if (history.rows[0]?.exists !== true) return new Map();
  const { rows } = await client.query<{ version: string; sha256: string | null }>(
    "select version, sha256 from supabase_migrations.schema_migrations left join local_stack.migrations using (version)",
  );
  return new Map(rows.map((row) => [row.version, row.sha256]));
}

async function push(projectDir: string, postgresUrl: string): Promise<void> {
  const { code, stderr } = await supabaseCli(projectDir, ["db", "push", "--yes"], postgresUrl);
  if (code === 0) return;
  const name = [...stderr.matchAll(/^Applying migration (\S+?)\.\.\.$/gm)].at(-1)?.[1];
  const reason = /^ERROR: .*/m.exec(stderr)?.[0] ?? stderr.trim().replaceAll("\n", " ");
  const statement = /^At statement: (\d+)$/m.exec(stderr)?.[1];
  const where = statement === undefined ? "" : `, statement ${Number(statement) + 1}`;
  throw new StackError(
    name === undefined
      ? `The migrations could not be applied: ${reason}`
      : `Migration ${name} failed${where}: ${reason}. Those before it were kept; correct it and start again.`,
  );
}

/** Runs supabase/seed.sql once in the life of a database, all or nothing, as postgres. */
async function seed(superuser: pg.Client, projectDir: string, postgresUrl: string): Promise<void> {
  const { rowCount } = await superuser.query("select from local_stack.state where name = 'seeded'");
  if (rowCount) return;
  const sql = await readFile(join(projectDir, "supabase", "seed.sql"), "utf8").catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    },
  );
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    await client.query("begin");
    await client.query(sql);
    await client.query("select local_stack.mark_seeded()");
    await client.query("commit");
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new StackError(
      `supabase/seed.sql failed: ${reason}. Nothing of it was kept; correct it and start again.`,
      { cause: error },
    );
  } finally {
    await client.end();
  }
}
