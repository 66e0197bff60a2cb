/** `npm run check`: everything that judges the code without running it, all of it even if something fails. */
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectDir } from "./arguments.ts";
import { runQuietly } from "./command.ts";

type Check = () => Promise<{ code: number; output: string }>;

const FUNCTIONS = ["research-dispatch", "research-callback", "integrations", "export", "invites"];
const DENO_CONFIG = ["--config", "supabase/functions/deno.json"];

/** Deno finds type packages only in a node_modules folder beside its configuration, so it checks a copy that has one. */
async function checkFunctions() {
  const copy = await mkdtemp(join(tmpdir(), "aim-deno-"));
  try {
    await cp(join(projectDir, "supabase", "functions"), copy, { recursive: true });
    await symlink(join(projectDir, "node_modules"), join(copy, "node_modules"));
    const entries = FUNCTIONS.map((name) => join(copy, name, "index.ts"));
    return await runQuietly("deno", [
      "check",
      "--quiet",
      "--node-modules-dir=manual",
      "--config",
      join(copy, "deno.json"),
      ...entries,
    ]);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

export const checks: Record<string, Check> = {
  "format and lint (Biome)": () => runQuietly("biome", ["check", "--error-on-warnings"]),
  "types of the web app": () => runQuietly("tsc", ["-p", "tsconfig.json"]),
  "types of everything on Node": () => runQuietly("tsc", ["-p", "tsconfig.node.json"]),
  "types of the edge functions (Deno)": checkFunctions,
  "lint of the edge functions (Deno)": () =>
    runQuietly("deno", ["lint", "--quiet", ...DENO_CONFIG, "supabase/functions"]),
  "nothing unused (knip)": () => runQuietly("knip", []),
  "database.types.ts is current and Supabase's advisor is content": () =>
    runQuietly(process.execPath, ["--import", "tsx", "scripts/schema-check.ts"]),
  "the app builds and its first load fits": () => runQuietly("vite", ["build", "--logLevel", "warn"]),
};

/** Runs every check, two at a time; gives the names of those that failed. */
export async function runChecks(): Promise<string[]> {
  const failed: string[] = [];
  const waiting = Object.entries(checks).values();
  const work = async () => {
    for (const [name, check] of waiting) {
      const started = performance.now();
      const { code, output } = await check();
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      process.stdout.write(`${output}${code === 0 ? "✓" : "✗"} ${name} (${seconds} s)\n`);
      if (code !== 0) failed.push(name);
    }
  };
  await Promise.all([work(), work()]);
  return failed;
}

if (process.argv[1] === import.meta.filename) {
  process.exitCode = (await runChecks()).length > 0 ? 1 : 0;
}
