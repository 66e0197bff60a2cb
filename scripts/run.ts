import { StackError } from "../local/src/stack.ts";

interface Running {
  stop(): Promise<void>;
  failed: Promise<Error>;
}

/**
 * Starts something and keeps it until Ctrl-C, then stops it in order. What the user can put right is one line and exit
 * code 1; anything else shows where it comes from.
 */
export async function runUntilStopped(start: () => Promise<Running>): Promise<void> {
  try {
    const running = await start();
    const signal = new Promise<"signal">((resolve) => {
      for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
        process.once(name, () => resolve("signal"));
    });
    const ended = await Promise.race([signal, running.failed]);
    await running.stop();
    if (ended !== "signal") throw ended;
    process.exit(0);
  } catch (error) {
    const isReadable = error instanceof StackError || (error instanceof Error && error.name === "UsageError");
    console.error(isReadable ? error.message : error);
    process.exit(1);
  }
}
