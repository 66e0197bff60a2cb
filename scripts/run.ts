import { StackError } from "../local/src/stack.ts";

interface Running {
  stop(): Promise<void>;
  failed: Promise<Error>;
}

/**
 * Starts something and keeps it until Ctrl-C, then stops it in order; Ctrl-C while it starts ends what has started so far.
 * What the user can put right is one line and exit code 1; anything else shows where it comes from.
 */
export async function runUntilStopped(start: (signal: AbortSignal) => Promise<Running>): Promise<void> {
  const interruption = new AbortController();
  const interrupted = new Promise<"interrupted">((resolve) => {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(name, () => {
        interruption.abort();
        resolve("interrupted");
      });
    }
  });
  const running = await start(interruption.signal).catch((error: unknown) => {
    if (interruption.signal.aborted) process.exit(0);
    return fail(error);
  });
  const ended = await Promise.race([interrupted, running.failed]);
  await running.stop().catch(fail);
  if (ended !== "interrupted") fail(ended);
  process.exit(0);
}

function fail(error: unknown): never {
  console.error(error instanceof StackError ? error.message : error);
  process.exit(1);
}
