import { SLICE_LIMITS, type SliceLimits } from "./slice.ts";

/**
 * How long a hosted worker lives, in milliseconds, on the free plan and on paid ones: https://supabase.com/docs/guides/functions/limits. It serves many
 * requests, and gets no new ones after half of that (supabase/edge-runtime: `strategy_per_worker.rs` retires it, `pool.rs` passes it over).
 */
const WALL_CLOCKS_MS = [150_000, 400_000];

/** How much later than it was given to the worker a request may be heard, the worker's own start included. */
const LATE_MS = 3_000;

/** So long before its worker a slice is over. */
const MARGIN_MS = 3_000;

/** So long the last results may take to be stored. */
const STORING_MS = 3_000;

/**
 * The age at which a worker may end that hears a request at age `ageMs`: that of the first plan which still gives requests to so old a worker. Infinity if
 * none does: then it is not a hosted one. Ages are in milliseconds, as `performance.now()` counts them: from when the isolate is made, just before the clock
 * starts that ends the worker.
 */
export function endOfWorker(ageMs: number): number {
  return WALL_CLOCKS_MS.find((wallClockMs) => ageMs <= wallClockMs / 2 + LATE_MS) ?? Number.POSITIVE_INFINITY;
}

/**
 * The limits of a slice that begins `leftMs` before the end of its worker: the usual ones, or sooner. What is claimed last always has as long as usual; if there
 * is not so much left, nothing is claimed, and the slice rings for another worker.
 */
export function limitsWithin(leftMs: number): SliceLimits {
  const { claimUntilMs, abortAfterMs, storeUntilMs } = SLICE_LIMITS;
  const store = Math.min(storeUntilMs, Math.floor(leftMs) - MARGIN_MS); // AbortSignal.timeout wants whole milliseconds
  const abort = Math.min(abortAfterMs, store - STORING_MS);
  const claim = Math.min(claimUntilMs, abort - (abortAfterMs - claimUntilMs));
  return {
    ...SLICE_LIMITS,
    claimUntilMs: Math.max(0, claim),
    abortAfterMs: Math.max(0, abort),
    storeUntilMs: Math.max(0, store),
  };
}
