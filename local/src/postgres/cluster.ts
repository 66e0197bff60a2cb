import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { DataDirectory } from "../data-directory/data-directory.ts";
import type { LoginRole } from "../data-directory/keys.ts";
import { LogFile } from "../log-file.ts";
import { RestartLimit } from "../restart-limit.ts";
import { StackError } from "../stack-error.ts";
import { findBinaries } from "./binaries.ts";
import { freePort } from "./free-port.ts";
import { initialize } from "./initialize.ts";
import { stopOrphans } from "./orphans.ts";
import { checkReachable, databaseUser } from "./os-user.ts";
import { Postmaster, PostmasterFailed, type PostmasterOptions } from "./postmaster.ts";

/** A running Postgres on the data directory, started again where it was when it dies. */
export interface Cluster {
  /** True when this start made the database. */
  fresh: boolean;
  port: number;
  /** The server's process now. */
  readonly pid: number | undefined;
  /** The connection string of a role. */
  connection(role: LoginRole): string;
  /** Settles when the server died too often to be started again. */
  failed: Promise<Error>;
  stop(): Promise<void>;
}

/** Starts Postgres on a free port of loopback, after ending what an earlier, killed stack left running. */
export async function startCluster(
  directory: DataDirectory,
  report: (line: string) => void,
  settings: Record<string, string> = {},
): Promise<Cluster> {
  const binaries = await findBinaries();
  const user = await databaseUser();
  await checkReachable(join(directory.path, "postgres"), user);
  await checkReachable(binaries.postgres, user);
  const databaseDirectory = join(directory.path, "postgres");
  await stopOrphans(databaseDirectory);
  const fresh = await initialize(directory, binaries, user);
  const log = new LogFile(join(directory.path, "logs", "postgres.log"));
  const options = { program: binaries.postgres, directory: databaseDirectory, user, log, settings };
  let { postmaster, port } = await startOnFreePort(options);
  const connection = (role: LoginRole) =>
    `postgres://${role}:${directory.keys.passwords[role]}@127.0.0.1:${port}/postgres`;
  try {
    await checkServer(connection("supabase_admin"), databaseDirectory);
  } catch (error) {
    await postmaster.stop();
    throw error;
  }

  let stopping = false;
  let restarting: Promise<unknown> = Promise.resolve();
  const limit = new RestartLimit();
  const restart = async () => {
    // Its backends may outlive it for a moment and hold its shared memory.
    await stopOrphans(databaseDirectory);
    try {
      postmaster = await Postmaster.start({ ...options, port });
    } catch (error) {
      log.write(String(error)); // counts as one more death of the one that ended
    }
  };
  const supervise = async (): Promise<Error> => {
    for (;;) {
      await postmaster.exited;
      if (stopping) return new Promise(() => {});
      const wait = limit.next();
      if (wait === null) {
        return new StackError(
          `Postgres died ${limit.most} times within a minute; its last lines: ${log.tail.slice(-5).join(" | ")}`,
        );
      }
      report("Postgres died; starting it again");
      await delay(wait);
      if (stopping) return new Promise(() => {});
      restarting = restart();
      await restarting;
    }
  };
  return {
    fresh,
    port,
    get pid() {
      return postmaster.pid;
    },
    connection,
    failed: supervise(),
    async stop() {
      stopping = true;
      await restarting;
      await postmaster.stop();
    },
  };
}

async function startOnFreePort(
  options: Omit<PostmasterOptions, "port">,
): Promise<{ postmaster: Postmaster; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    try {
      return { postmaster: await Postmaster.start({ ...options, port }), port };
    } catch (error) {
      if (!(error instanceof PostmasterFailed)) throw error;
      // Another program can take the port between our asking and Postgres' binding.
      const portTaken = error.lines.some((line) => line.includes("could not bind"));
      if (portTaken && attempt < 5) continue;
      const full = error.lines.some((line) => line.includes("No space left on device"));
      throw new StackError(
        full
          ? `The disk that holds ${options.directory} is full: free some space and start again.`
          : `${error.message} (see logs/postgres.log in the data directory)`,
        { cause: error },
      );
    }
  }
}

/** Two servers can be given one port; this makes sure that ours answers on it. */
async function checkServer(connectionString: string, databaseDirectory: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>("show data_directory");
    if (rows[0]?.data_directory !== databaseDirectory)
      throw new Error(`another server answers: ${rows[0]?.data_directory}`);
  } catch (error) {
    throw new StackError(
      `The database in ${databaseDirectory} cannot be opened (${error instanceof Error ? error.message : error}): start again, or start over with a new data directory.`,
      { cause: error },
    );
  } finally {
    await client.end();
  }
}
