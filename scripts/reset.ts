import { access, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { openDataDirectory } from "../local/src/data-directory/data-directory.ts";
import { stopOrphans } from "../local/src/postgres/orphans.ts";

/** What a stack keeps in its data directory. Anything else there is somebody else's. */
const OURS =
  /^(keys\.json|integration-keys|stack\.json|vault\.key|password\.new|postgres|postgres\.new|storage|deno|workers|logs|lock-.+)$/;

/** Removes what a stack keeps in a data directory that no stack is using. One that never held a stack is left alone. */
export async function resetData(dataDir: string, say: (line: string) => void): Promise<void> {
  const isOurs = await access(join(dataDir, "keys.json")).then(
    () => true,
    () => false,
  );
  if (!isOurs) {
    say(`Nothing to reset: ${dataDir} holds no data of ours.`);
    return;
  }
  const directory = await openDataDirectory(dataDir);
  try {
    say(`Starting over: emptying ${directory.path}`);
    await stopOrphans(join(directory.path, "postgres"));
    const doomed = (await readdir(directory.path)).filter((name) => OURS.test(name));
    await Promise.all(doomed.map((name) => rm(join(directory.path, name), { recursive: true, force: true })));
  } finally {
    await directory.release();
  }
}
