import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { supabaseCli } from "../local/src/migrate/cli.ts";
import { startDatabase } from "../local/src/postgres/database.ts";
import type { Finding } from "./advisor.ts";
import { projectDir } from "./arguments.ts";

export const typesFile = join(projectDir, "src", "database.types.ts");

/** Runs `work` with the connection string of a freshly migrated, temporary database. */
export async function withFreshDatabase<T>(work: (dbUrl: string) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), "aim-schema-"));
  try {
    const database = await startDatabase({ projectDir, dataDir });
    try {
      return await work(database.dbUrl);
    } finally {
      await database.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** The TypeScript types of the public schema, as the Supabase CLI generates them. */
export async function generateTypes(dbUrl: string): Promise<string> {
  const { code, stdout, stderr } = await supabaseCli(
    projectDir,
    ["gen", "types", "typescript", "--schema=public"],
    dbUrl,
  );
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

/** What Supabase's advisor finds in the schema, notes included. */
export async function askAdvisor(dbUrl: string): Promise<Finding[]> {
  const { code, stdout, stderr } = await supabaseCli(
    projectDir,
    ["db", "advisors", "--level=info", "--fail-on=none", "--output-format=json"],
    dbUrl,
  );
  if (code !== 0) throw new Error(stderr);
  const { results }: { results: Finding[] } = JSON.parse(stdout);
  return results;
}
