import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { projectDir } from "./arguments.ts";
import { run } from "./command.ts";

const SOURCES = [
  "src",
  "public",
  "supabase/functions/_shared/contracts",
  "index.html",
  "vite.config.ts",
  "package.json",
];

/** Builds the web app into dist/ if a source is newer than it. Returns the folder. */
export async function buildApp(onProgress: (line: string) => void): Promise<string> {
  const appDir = join(projectDir, "dist");
  const built = await modified(join(appDir, "index.html"));
  const sources = await Promise.all(SOURCES.map((source) => newest(join(projectDir, source))));
  if (built < Math.max(...sources)) {
    onProgress("Building the web app …");
    // In a process of its own: the bundler's memory would stay with ours.
    const code = await run("vite", ["build", "--logLevel", "warn"]);
    if (code !== 0) throw new Error("The web app could not be built: see above.");
  }
  return appDir;
}

/** Milliseconds of the last change; 0 if there is no such file. */
async function modified(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return 0;
    throw error;
  }
}

async function newest(path: string): Promise<number> {
  const own = await stat(path);
  if (!own.isDirectory()) return own.mtimeMs;
  const inside = await readdir(path, { recursive: true });
  const times = await Promise.all(inside.map((name) => modified(join(path, name))));
  return Math.max(own.mtimeMs, ...times);
}
