import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { processesIn } from "../process-info.ts";
import { waitUntil } from "../wait-until.ts";

/**
 * Ends what a killed stack left running on this database: the postmaster, or backends whose postmaster was killed.
 * First politely (fast shutdown), then as after a crash; either way nothing committed is lost.
 */
export async function stopOrphans(databaseDirectory: string): Promise<void> {
  const pidFile = join(databaseDirectory, "postmaster.pid");
  const gone = async () => (await processesIn(databaseDirectory)).length === 0;
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    const left = await processesIn(databaseDirectory);
    if (left.length === 0) break;
    const postmaster = Number.parseInt(await readFile(pidFile, "utf8").catch(() => ""), 10);
    // A postmaster ends its own backends; without one each backend is told itself.
    for (const pid of signal === "SIGINT" && left.includes(postmaster) ? [postmaster] : left)
      end(pid, signal);
    await waitUntil(gone, 5_000, 20);
  }
  // Nobody runs on this directory. The pid in the file may belong to something else by now, and Postgres would refuse.
  await rm(pidFile, { force: true });
}

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It ended by itself in between.
    if (!(error instanceof Error) || !("code" in error) || error.code !== "ESRCH") throw error;
  }
}
