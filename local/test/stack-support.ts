import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { processesIn } from "../src/process-info.ts";
import type { StackFile } from "../src/stack-file.ts";

export const fixtureProject = join(import.meta.dirname, "fixtures", "project");

/** A directory that goes when the test (or, in a hook, `remove`) is done. */
export async function temporaryDirectory(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "local-stack-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** As temporaryDirectory, inside one test. */
export async function directoryForTest(): Promise<string> {
  const { path, remove } = await temporaryDirectory();
  onTestFinished(remove);
  return path;
}

/** A copy of the fixture project that the test may change; it sits beside the original, where packages are found. */
export async function projectForTest(): Promise<string> {
  const path = await mkdtemp(`${fixtureProject}-copy-`);
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  await cp(fixtureProject, path, { recursive: true });
  return path;
}

/** Asks until the answer is neither false nor undefined, and returns it; fails when that takes too long. */
export async function eventually<T>(
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  milliseconds = 20_000,
): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`not so after ${milliseconds} ms: ${ask}`);
    await delay(25);
  }
}

export interface SpawnedStack {
  process: ChildProcess;
  /** What it printed so far. */
  lines: string[];
  /** Its stack.json, when it is ready; rejects with what it printed when it ends before. */
  ready: Promise<StackFile>;
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | string | null>;
}

/** Starts a stack in a process of its own, which is ended when the test is done. */
export function spawnStack(options: { dataDir: string; projectDir?: string; port?: number }): SpawnedStack {
  const { dataDir, projectDir = fixtureProject, port = 0 } = options;
  const script = join(import.meta.dirname, "stack-process.ts");
  const child = spawn(
    process.execPath,
    ["--import", "tsx", script, JSON.stringify({ dataDir, projectDir, port })],
    { stdio: ["ignore", "pipe", "inherit"], detached: true },
  );
  const lines: string[] = [];
  const ended = new Promise<number | string | null>((resolve) =>
    child.once("close", (code, signal) => resolve(signal ?? code)),
  );
  const ready = new Promise<StackFile>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(line);
      if (line === "ready") {
        readFile(join(dataDir, "stack.json"), "utf8").then((text) => resolve(JSON.parse(text)), reject);
      }
    });
    ended.then(() => reject(new Error(lines.join("\n"))));
  });
  ready.catch(() => {}); // those who care wait for it
  onTestFinished(async () => {
    child.kill("SIGINT");
    await ended;
    // The test may have killed it, and another start that would have recovered may not have come.
    await eventually(async () => (await killDatabase(dataDir)) === 0);
  });
  return { process: child, lines, ready, ended };
}

/** kill -9 to every process of the data directory's Postgres; says how many there were. */
export async function killDatabase(dataDir: string): Promise<number> {
  const pids = await processesIn(join(dataDir, "postgres"));
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      // A backend ends when its postmaster does.
      if (!(error instanceof Error) || !error.message.includes("ESRCH")) throw error;
    }
  }
  return pids.length;
}

/** Writes a file of a project. */
export function writeProjectFile(projectDir: string, path: string, content: string): Promise<void> {
  return writeFile(join(projectDir, "supabase", path), content);
}
