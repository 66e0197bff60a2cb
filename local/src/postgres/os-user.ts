import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { StackError } from "../stack-error.ts";

const run = promisify(execFile);

/** The system user that Postgres runs as; null is whoever runs this process. */
export interface OsUser {
  uid: number;
  gid: number;
}

const id = async (flag: string) => Number((await run("id", [flag, "postgres"])).stdout);

/** Postgres refuses to run as root: then it runs as the user `postgres`, made if there is none. */
export async function databaseUser(): Promise<OsUser | null> {
  if (process.getuid?.() !== 0) return null;
  try {
    await id("-u").catch(() => run("useradd", ["--system", "--user-group", "--no-create-home", "postgres"]));
    return { uid: await id("-u"), gid: await id("-g") };
  } catch (error) {
    throw new StackError(
      "Postgres cannot run as root and the user postgres could not be made: start as another user.",
      { cause: error },
    );
  }
}

/** Throws a StackError naming the first directory on the way to `path` that the database's user may not enter. */
export async function checkReachable(path: string, user: OsUser | null): Promise<void> {
  if (!user) return;
  for (let at = path, parent = dirname(at); at !== parent; at = parent, parent = dirname(at)) {
    const { uid, gid, mode } = await stat(parent);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) {
      throw new StackError(
        `As root, the database runs as the user postgres, which may not enter ${parent}: run "chmod o+x ${parent}", start as another user, or move to another directory.`,
      );
    }
  }
}
