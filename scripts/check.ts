/** `npm run check`: everything that judges the code without running it, all of it even if something fails. */
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectDir } from "./arguments.ts";
import { run, runScript } from "./command.ts";

type Check = () => Promise<number>;

const DENO_CONFIG = ["--config", "supabase/functions/deno.json"];

/** Deno finds type packages only in a node_modules folder beside its configuration, so it checks a copy that has one. */
async function checkFunctions(): Promise<number> {
  const copy = await mkdtemp(join(tmpdir(), "aim-deno-"));
  try {
    await cp(join(projectDir, "supabase", "functions"), copy, { recursive: true });
    await symlink(join(projectDir, "node_modules"), join(copy, "node_modules"));
    const entries = ["research-dispatch", "export", "invites"].map((name) => join(copy, name, "index.ts"));
    return await run("deno", [
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
  "format and lint (Biome)": () => run("biome", ["check", "--error-on-warnings"]),
  "types of the web app": () => run("tsc", ["-p", "tsconfig.json"]),
  "types of everything on Node": () => run("tsc", ["-p", "tsconfig.node.json"]),
  "types of the edge functions (Deno)": checkFunctions,
  "lint of the edge functions (Deno)": () =>
    run("deno", ["lint", "--quiet", ...DENO_CONFIG, "supabase/functions"]),
  "nothing unused (knip)": () => run("knip", []),
  "database.types.ts is current and Supabase's advisor is content": () => runScript("schema-check.ts"),
  "the app builds and its first load fits": () => run("vite", ["build", "--logLevel", "warn"]),
};

/** Runs every check; gives the names of those that failed. */
export async function runChecks(): Promise<string[]> {
  const failed: string[] = [];
  for (const [name, check] of Object.entries(checks)) {
    const started = performance.now();
    const isFine = (await check()) === 0;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${isFine ? "✓" : "✗"} ${name} (${seconds} s)`);
    if (!isFine) failed.push(name);
  }
  return failed;
}

if (process.argv[1] === import.meta.filename) {
  process.exitCode = (await runChecks()).length > 0 ? 1 : 0;
}
