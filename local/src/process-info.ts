import { execFile } from "node:child_process";
import { readdir, readFile, readlink } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const linux = process.platform === "linux";

/**
 * When the process started, as the system writes it, or null when there is no such living process. Together with
 * the pid it names one process for good: pids are used again, and a killed process nobody waited for keeps its pid.
 */
export async function processStart(pid: number): Promise<string | null> {
  if (linux) {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
    // The name in parentheses may itself hold spaces and parentheses.
    const [state, ...rest] = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
    return state === undefined || state === "Z" || state === "X" ? null : (rest[18] ?? null);
  }
  const answer = await run("ps", ["-o", "stat=,lstart=", "-p", String(pid)]).catch(() => null);
  const line = answer?.stdout.trim() ?? "";
  return line === "" || line.startsWith("Z") ? null : line.replace(/^\S+\s+/, "");
}

/** The processes that work in this directory (on Linux), or whose command line names it (elsewhere). */
export async function processesIn(directory: string): Promise<number[]> {
  if (!linux) {
    const { stdout } = await run("ps", ["-axo", "pid=,command="]);
    return stdout
      .split("\n")
      .filter((line) => line.includes(`-D ${directory} `))
      .map((line) => Number.parseInt(line, 10));
  }
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  // A process may end while we look, and those of other users cannot be looked at: neither is one of ours.
  const places = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => null)));
  const alive = await Promise.all(
    pids
      .filter((_, at) => places[at] === directory)
      .map(async (pid) => ((await processStart(pid)) ? [pid] : [])),
  );
  return alive.flat();
}
