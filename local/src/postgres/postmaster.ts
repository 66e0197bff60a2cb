import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { LogFile } from "../log-file.ts";
import { waitUntil } from "../wait-until.ts";
import type { OsUser } from "./os-user.ts";

export interface PostmasterOptions {
  program: string;
  directory: string;
  port: number;
  user: OsUser | null;
  log: LogFile;
  /** Server settings instead of ours, by name. */
  settings?: Record<string, string>;
}

/** Small enough that the whole stack idles well under 600 MB; fsync stays on. */
const ownSettings: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "60",
  shared_buffers: "64MB",
  max_wal_size: "512MB",
  wal_level: "logical",
  max_wal_senders: "5",
  max_replication_slots: "5",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  // As hosted: no statement runs for ever.
  statement_timeout: "2min",
  // A failed statement and the row it failed on may hold secrets or personal data: they stay out of the log.
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
};

/** One running Postgres server process. */
export class Postmaster {
  readonly #process: ChildProcess;
  /** Settles when the process has ended, expected or not. */
  readonly exited: Promise<void>;

  private constructor(child: ChildProcess) {
    this.#process = child;
    this.exited = new Promise((resolve) => child.once("close", () => resolve()));
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Resolves when the server takes connections; rejects with the last lines of its log. */
  static async start({
    program,
    directory,
    port,
    user,
    log,
    settings,
  }: PostmasterOptions): Promise<Postmaster> {
    const flags = Object.entries({ ...ownSettings, ...settings }).flatMap(([name, value]) => [
      "-c",
      `${name}=${value}`,
    ]);
    const child = spawn(program, ["-D", directory, "-p", String(port), ...flags], {
      ...user,
      cwd: directory,
      env: { LC_ALL: "C.UTF-8", TZ: "UTC" },
      // A group of its own: Ctrl-C in the terminal reaches only us, and we end it after everything that uses it.
      detached: true,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const postmaster = new Postmaster(child);
    const lines: string[] = [];
    const ready = new Promise<boolean>((resolve) => {
      createInterface({ input: child.stderr }).on("line", (line) => {
        log.write(line);
        lines.push(line);
        if (lines.length > 20) lines.shift();
        if (line.endsWith("database system is ready to accept connections")) resolve(true);
      });
      child.once("error", (error) => {
        lines.push(error.message);
        resolve(false);
      });
      child.once("close", () => resolve(false));
    });
    if (!(await ready)) throw new PostmasterFailed(lines);
    return postmaster;
  }

  /** Ends the server: sessions are cut and everything is written out; if that takes too long, as after a crash. */
  async stop(): Promise<void> {
    const ended = () => this.#process.exitCode !== null || this.#process.signalCode !== null;
    for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
      if (ended()) break;
      this.#process.kill(signal);
      await waitUntil(ended, 3_000, 5);
    }
    await this.exited;
  }
}

/** The server ended before it took connections. */
export class PostmasterFailed extends Error {
  override name = "PostmasterFailed";
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    const fatal = lines.findLast((line) => /\b(FATAL|PANIC):/.test(line)) ?? lines.at(-1) ?? "no output";
    super(`Postgres did not start: ${fatal.replace(/^.*?(FATAL|PANIC): */, "")}`);
    this.lines = lines;
  }
}
