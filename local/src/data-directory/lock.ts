import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { processStart } from "../process-info.ts";
import { StackError } from "../stack-error.ts";

const text = (path: string) => readFile(path, "utf8").catch(() => null);

async function livingHolder(holder: string): Promise<number | null> {
  const [pid = "", start] = holder.split("\n");
  const now = await processStart(Number(pid));
  return now !== null && now === start ? Number(pid) : null;
}

/**
 * Holds the directory for this process until the returned function is called. A holder that was killed does not
 * count. Throws a StackError when a living process holds it.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const path = join(directory, "lock");
  const unique = `${path}.${randomUUID()}`;
  const mine = `${process.pid}\n${await processStart(process.pid)}\n`;
  await writeFile(unique, mine, { mode: 0o600 });
  try {
    for (;;) {
      // Unlike a rename, a link never replaces what is there: of several that try, one gets it.
      const taken = await link(unique, path).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code === "EEXIST") return false;
          throw error;
        },
      );
      if (taken) return () => rm(path, { force: true });
      const holder = await text(path);
      if (holder === null) continue;
      const pid = await livingHolder(holder);
      if (pid !== null) {
        throw new StackError(
          `${directory} is in use by another stack (process ${pid}): stop that one first, or choose another data directory.`,
        );
      }
      await removeStale(path, holder);
    }
  } finally {
    await rm(unique, { force: true });
  }
}

/** Takes the dead holder's lock away; if another process replaced it in between, that one gets it back. */
async function removeStale(path: string, holder: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  const moved = await rename(path, aside).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );
  if (!moved) return;
  if ((await text(aside)) !== holder) await rename(aside, path);
  else await rm(aside);
}
