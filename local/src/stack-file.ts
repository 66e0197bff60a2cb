import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What other programs of the same user need to use a running stack. */
export interface StackFile {
  url: string;
  publishable_key: string;
  secret_key: string;
  /** Postgres, as the role postgres. */
  db_url: string;
  pid: number;
}

/** Writes stack.json (mode 0600) into the data directory, whole or not at all; returns what removes it. */
export async function writeStackFile(dataDir: string, content: StackFile): Promise<() => Promise<void>> {
  const path = join(dataDir, "stack.json");
  await writeFile(`${path}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
  return () => rm(path, { force: true });
}
