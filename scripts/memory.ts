/**
 * How much memory a running stack takes, in MB of proportional set size: a page that processes share counts once in all.
 * Linux only. `node --import tsx scripts/memory.ts [data directory]`; by default the stack of .local.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { projectDir } from "./arguments.ts";

interface Process {
  pid: number;
  parent: number;
  name: string;
}

const isGone = (error: unknown) =>
  error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH");

/** The text of a file of /proc; null when the process has ended meanwhile. */
async function readProc(pid: number, file: string): Promise<string | null> {
  try {
    return await readFile(`/proc/${pid}/${file}`, "utf8");
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

async function listProcesses(): Promise<Process[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const status = await readProc(pid, "status");
      const name = /^Name:\s*(.*)$/m.exec(status ?? "")?.[1] ?? "";
      const parent = Number(/^PPid:\s*(\d+)$/m.exec(status ?? "")?.[1]);
      return { pid, parent, name };
    }),
  );
  return found;
}

/** A process and all that it started, directly or not. */
function treeOf(root: number, processes: readonly Process[]): Process[] {
  const tree = processes.filter(({ pid }) => pid === root);
  for (const { pid } of tree) tree.push(...processes.filter(({ parent }) => parent === pid));
  return tree;
}

/** The proportional set size of a process in MB. */
async function pss(pid: number): Promise<number> {
  const rollup = await readProc(pid, "smaps_rollup");
  return Number(/^Pss:\s*(\d+) kB$/m.exec(rollup ?? "")?.[1] ?? 0) / 1024;
}

const dataDir = process.argv[2] ?? process.env.AIM_DATA_DIR ?? join(projectDir, ".local");
const { pid }: { pid: number } = JSON.parse(await readFile(join(dataDir, "stack.json"), "utf8"));
const totals = new Map<string, { count: number; megabytes: number }>();
for (const { pid: id, name } of treeOf(pid, await listProcesses())) {
  const total = totals.get(name) ?? { count: 0, megabytes: 0 };
  totals.set(name, { count: total.count + 1, megabytes: total.megabytes + (await pss(id)) });
}
if (totals.size === 0) {
  console.error(`No stack runs with the data in ${dataDir}.`);
  process.exit(1);
}
for (const [name, { count, megabytes }] of totals)
  console.log(`${megabytes.toFixed(0).padStart(6)} MB  ${name} × ${count}`);
const all = [...totals.values()].reduce((sum, { megabytes }) => sum + megabytes, 0);
console.log(`${all.toFixed(0).padStart(6)} MB  in all`);
