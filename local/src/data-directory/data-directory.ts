import { chmod, mkdir, realpath, rm, stat, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { explain } from "../stack-error.ts";
import { checkFreeSpace, minimumFreeBytes } from "./free-space.ts";
import { loadKeys, type StackKeys } from "./keys.ts";
import { lockDirectory } from "./lock.ts";

/** Where one stack keeps everything, held by this process until released. */
export interface DataDirectory {
  path: string;
  keys: StackKeys;
  release(): Promise<void>;
}

/** Only its own user may read what is inside, but as root the database's user must be able to pass through. */
const directoryMode = process.getuid?.() === 0 ? 0o711 : 0o700;

async function prepare(path: string): Promise<string> {
  await mkdir(path, { recursive: true, mode: directoryMode });
  const real = await realpath(path);
  const { uid, mode } = await stat(real);
  if (uid === process.getuid?.() && (mode & 0o777) !== directoryMode) await chmod(real, directoryMode);
  const probe = join(real, `.probe-${process.pid}`);
  await writeFile(probe, "x");
  await rm(probe);
  return real;
}

/** Makes the directory if needed, checks that it can be used, takes its lock and loads its keys. Throws StackErrors. */
export async function openDataDirectory(
  path: string,
  minimumBytes: number = minimumFreeBytes,
): Promise<DataDirectory> {
  try {
    const real = await prepare(path);
    checkFreeSpace(await statfs(real), real, minimumBytes);
    const release = await lockDirectory(real);
    try {
      return { path: real, keys: await loadKeys(real), release };
    } catch (error) {
      await release();
      throw error;
    }
  } catch (error) {
    throw explain(error, path);
  }
}
