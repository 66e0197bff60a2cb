import { createHash } from "node:crypto";
import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { startDatabase } from "../local/src/postgres/database.ts";
import { MEMBER, seed } from "./seed.ts";

const projectDir = join(import.meta.dirname, "..");

export interface BenchDatabase {
  /** As postgres, which owns the tables: row-level security does not apply. */
  sql: postgres.Sql;
  /** As a superuser of the machine: for settings, statistics and switching triggers off. */
  admin: postgres.Sql;
  url: string;
  /** Runs `work` in one transaction as the seeded member of every workspace (or as `person`), under row-level security. */
  asMember<T>(work: (sql: postgres.TransactionSql) => Promise<T>, person?: string): Promise<T>;
  close(): Promise<void>;
}

/** What a small hosted project is given; the embedded stack runs on less. */
const settings = {
  shared_buffers: "1GB",
  max_wal_size: "4GB",
  maintenance_work_mem: "512MB",
  effective_cache_size: "4GB",
  statement_timeout: "30min",
};

/**
 * A database of its own with 10 workspaces, 400 campaigns, 100,000 companies and 1,000,000 contacts (see seed.ts), or an empty
 * one. With `keep`, the seeded data directory is kept in .local/bench and used again as long as schema and seed are the same:
 * a bench that changes rows should not keep.
 */
export async function openBenchDatabase({
  keep = false,
  empty = false,
}: {
  keep?: boolean;
  empty?: boolean;
} = {}): Promise<BenchDatabase> {
  const dataDir =
    keep && !empty
      ? join(projectDir, ".local", "bench", await fingerprint())
      : await mkdtemp(join(tmpdir(), "aim-bench-"));
  const marker = join(dataDir, "seeded");
  const seeded = await access(marker).then(
    () => true,
    () => false,
  );
  if (!seeded) await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true, mode: 0o755 });
  const running = await startDatabase({ projectDir, dataDir, settings });
  const quiet = { onnotice: () => {}, prepare: false };
  const sql = postgres(running.dbUrl, { max: 16, ...quiet });
  const admin = postgres(running.connection("supabase_admin"), { max: 2, ...quiet });
  if (!seeded && !empty) {
    await seed(admin);
    await writeFile(marker, "");
  }
  return {
    sql,
    admin,
    url: running.dbUrl,
    async asMember(work, person = MEMBER) {
      const claims = JSON.stringify({ sub: person, role: "authenticated" });
      const result = await sql.begin(async (transaction) => {
        await transaction`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true)`;
        return { value: await work(transaction) };
      });
      return result.value;
    },
    async close() {
      await Promise.all([sql.end(), admin.end()]);
      await running.stop();
      if (!keep || empty) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Changes with the schema and the seed. */
async function fingerprint(): Promise<string> {
  const migrations = join(projectDir, "supabase", "migrations");
  const files = [
    join(import.meta.dirname, "seed.ts"),
    ...(await readdir(migrations)).sort().map((name) => join(migrations, name)),
  ];
  const hash = createHash("sha256");
  for (const file of files) hash.update(await readFile(file));
  return hash.digest("hex").slice(0, 16);
}
