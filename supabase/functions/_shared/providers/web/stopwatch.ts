import process from "node:process";

/** Adds up the CPU time of synchronous work. Waiting for the network, or for a busy machine, does not count. */
export class Stopwatch {
  /** Milliseconds so far. */
  busyMs = 0;

  /** Runs the work and returns what it returns. */
  time<T>(work: () => T): T {
    const start = process.cpuUsage();
    try {
      return work();
    } finally {
      const { user, system } = process.cpuUsage(start);
      this.busyMs += (user + system) / 1_000;
    }
  }
}
