import type { Progress } from "@contracts";
import { useNow } from "@/lib/use-now";
import { progressAt, STEP_MS } from "./rate-bars";

/**
 * A run's progress as it is by now, for one that was read at `readAt`, and the server's time (both in milliseconds since 1970): a run
 * that stands still tells nobody. Undefined while nothing is read.
 */
export function useProgressNow(read: Progress | undefined, readAt: number) {
  const now = useNow(read?.run.status === "running" ? STEP_MS : null);
  if (read === undefined) return;
  const passed = Math.max(0, now - readAt);
  const at = Date.parse(read.at);
  return {
    progress: progressAt(read, passed),
    now: at + passed,
    /** How many milliseconds the server's clock is ahead of the one here. */
    clockAhead: at - readAt,
  };
}
