import { randomUUID } from "node:crypto";
import { link, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { processStart } from "../process-info.ts";
import { StackError } from "../stack-error.ts";

interface Lock {
  path: string;
  number: number;
  /** The living process that holds it; null when that one is gone. */
  pid: number | null;
}

/**
 * Holds the directory for this process until the returned function is called. A holder that was killed does not
 * count. Throws a StackError when a living process holds it.
 *
 * Locks are numbered files, lock.1 and so on. Taking over never removes a lock before the next one is taken, and who
 * takes one looks again afterwards: of two that take over at the same moment, at most one goes on.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const unique = join(directory, `lock-${randomUUID()}`);
  await writeFile(unique, `${process.pid}\n${await processStart(process.pid)}\n`, { mode: 0o600 });
  try {
    for (;;) {
      const before = await readLocks(directory);
      refuseIfHeld(directory, before);
      const path = join(directory, `lock.${Math.max(0, ...before.map((lock) => lock.number)) + 1}`);
      if (!(await linked(unique, path))) continue;
      const others = (await readLocks(directory)).filter((lock) => lock.path !== path);
      try {
        refuseIfHeld(directory, others);
      } catch (error) {
        await rm(path);
        throw error;
      }
      for (const lock of others) await rm(lock.path, { force: true });
      return () => rm(path, { force: true });
    }
  } finally {
    await rm(unique, { force: true });
  }
}

function refuseIfHeld(directory: string, locks: readonly Lock[]): void {
  const held = locks.find((lock) => lock.pid !== null);
  if (!held) return;
  throw new StackError(
    `${directory} is in use by another stack (process ${held.pid}): stop that one first, or choose another data directory.`,
  );
}

async function readLocks(directory: string): Promise<Lock[]> {
  const names = (await readdir(directory)).filter((name) => /^lock\.\d+$/.test(name));
  return Promise.all(
    names.map(async (name) => {
      const path = join(directory, name);
      // One that was released in between reads as held by nobody.
      const [pid = "", start] = (await readFile(path, "utf8").catch(() => "")).split("\n");
      const alive = start !== undefined && (await processStart(Number(pid))) === start;
      return { path, number: Number(name.slice("lock.".length)), pid: alive ? Number(pid) : null };
    }),
  );
}

/** Unlike a rename, a link never replaces what is there: of several that try, one gets it. */
function linked(from: string, to: string): Promise<boolean> {
  return link(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return false;
      throw error;
    },
  );
}
