/** Adds up the time of synchronous work, which is the CPU time a batch costs. */
export class Stopwatch {
  /** Milliseconds so far. */
  busyMs = 0;

  /** Runs the work and returns what it returns. */
  time<T>(work: () => T): T {
    const start = performance.now();
    try {
      return work();
    } finally {
      this.busyMs += performance.now() - start;
    }
  }
}
