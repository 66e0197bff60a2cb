import { setTimeout as wait } from "node:timers/promises";

/** Waits for something outside this process that has no event: looks again every 50 ms, at most `withinMs`. */
export async function until(what: string, isTrue: () => Promise<boolean>, withinMs = 30_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${withinMs} ms`);
    await wait(50);
  }
}
