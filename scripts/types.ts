/** `npm run types`: writes src/database.types.ts from the migrations; with --check it only says whether it is current. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { supabaseCli } from "../local/src/migrate/cli.ts";
import { startDatabase } from "../local/src/postgres/database.ts";

const projectDir = join(import.meta.dirname, "..");
const target = join(projectDir, "src", "database.types.ts");

async function generate(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), "aim-types-"));
  const database = await startDatabase({ projectDir, dataDir });
  try {
    const { code, stdout, stderr } = await supabaseCli(
      projectDir,
      ["gen", "types", "typescript", "--schema=public"],
      database.dbUrl,
    );
    if (code !== 0) throw new Error(stderr);
    return stdout;
  } finally {
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

const types = await generate();
if (!process.argv.includes("--check")) {
  await writeFile(target, types);
} else if (types !== (await readFile(target, "utf8"))) {
  console.error("src/database.types.ts is not what the migrations give: run `npm run types` and commit it.");
  process.exitCode = 1;
}
