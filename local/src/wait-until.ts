import { setTimeout as delay } from "node:timers/promises";

/** Asks until the answer is true or the time is up; says which. */
export async function waitUntil(
  done: () => boolean | Promise<boolean>,
  milliseconds: number,
  everyMilliseconds = 10,
): Promise<boolean> {
  const end = performance.now() + milliseconds;
  while (!(await done())) {
    if (performance.now() >= end) return false;
    await delay(everyMilliseconds);
  }
  return true;
}
