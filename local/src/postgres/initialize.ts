import { execFile } from "node:child_process";
import { access, chown, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { DataDirectory } from "../data-directory/data-directory.ts";
import { StackError } from "../stack-error.ts";
import type { PostgresBinaries } from "./binaries.ts";
import type { OsUser } from "./os-user.ts";

const run = promisify(execFile);

async function fileFor(user: OsUser | null, path: string, content: string): Promise<void> {
  await rm(path, { force: true });
  await writeFile(path, content, { mode: 0o600 });
  if (user) await chown(path, user.uid, user.gid);
}

/**
 * Makes the database cluster if the data directory has none; says whether it did. The cluster gets its name only
 * when it is complete, so a start that was killed halfway begins again.
 */
export async function initialize(
  { path, keys }: DataDirectory,
  { initdb }: PostgresBinaries,
  user: OsUser | null,
): Promise<boolean> {
  // The only copy that the database itself can read; functions of the vault use it.
  await fileFor(user, join(path, "vault.key"), keys.vaultKey);
  const finished = join(path, "postgres");
  if (
    await access(finished).then(
      () => true,
      () => false,
    )
  )
    return false;
  const unfinished = join(path, "postgres.new");
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  if (user) await chown(unfinished, user.uid, user.gid);
  const passwordFile = join(path, "password.new");
  await fileFor(user, passwordFile, `${keys.passwords.supabase_admin}\n`);
  try {
    await run(
      initdb,
      [
        `--pgdata=${unfinished}`,
        "--username=supabase_admin",
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--lc-messages=C",
      ],
      { ...user, cwd: path, env: { LC_ALL: "C.UTF-8", TZ: "UTC" } },
    );
  } catch (error) {
    const output = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    throw new StackError(`The database could not be made in ${path}: ${output.replaceAll("\n", " ")}`, {
      cause: error,
    });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, finished);
  return true;
}
