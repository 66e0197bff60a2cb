import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { processStart } from "../process-info.ts";

/**
 * Remembers which worker processes run, as files named by pid. A worker ends by itself when the stack is killed, unless
 * its function never lets go of the processor: such ones are ended by the next start.
 */
export class RunningWorkers {
  readonly #folder: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
  }

  async add(pid: number): Promise<void> {
    const start = await processStart(pid);
    if (start !== null) writeFileSync(join(this.#folder, String(pid)), start, { mode: 0o600 });
  }

  remove(pid: number): void {
    rmSync(join(this.#folder, String(pid)), { force: true });
  }

  /** Kills those of an earlier stack that still run. */
  async endLeftovers(): Promise<void> {
    for (const name of readdirSync(this.#folder)) {
      const pid = Number(name);
      const start = readFileSync(join(this.#folder, name), "utf8");
      if ((await processStart(pid)) === start) process.kill(pid, "SIGKILL");
      this.remove(pid);
    }
  }
}
