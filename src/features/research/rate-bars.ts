import type { Progress } from "@contracts";

/** Jobs that ended are counted for so many ms each. */
export const STEP_MS = 10_000;
/** Ten minutes in steps of ten seconds. */
const STEPS = 60;
const MINUTE_MS = 60_000;

/** How many jobs ended in each ten seconds of the ten minutes until `until` (by the server's clock, in milliseconds since 1970), the oldest first. */
export function rateBars(rates: Progress["rates"], until: number): number[] {
  const last = Math.floor(until / STEP_MS);
  const bars = Array.from({ length: STEPS }, () => 0);
  for (const { at, completed, failed } of rates) {
    const place = STEPS - 1 - (last - Math.floor(Date.parse(at) / STEP_MS));
    if (place >= 0 && place < STEPS) bars[place] = completed + failed;
  }
  return bars;
}

/**
 * A run's progress as it is so many milliseconds after it was read: while nothing ends nobody tells, so the jobs a minute become
 * fewer by themselves, and with none there is no time left to tell, but that which was told with none: until a next try.
 */
export function progressAt<Read extends Pick<Progress, "at" | "rate_per_minute" | "eta_seconds" | "rates">>(
  progress: Read,
  passed: number,
): Read {
  if (passed < STEP_MS) return progress;
  const now = Date.parse(progress.at) + passed;
  const recent = progress.rates
    .filter(({ at }) => Date.parse(at) > now - MINUTE_MS)
    .reduce((sum, { completed, failed }) => sum + completed + failed, 0);
  const rate = Math.min(progress.rate_per_minute, recent);
  return {
    ...progress,
    rate_per_minute: rate,
    eta_seconds: rate === 0 && progress.rate_per_minute > 0 ? null : progress.eta_seconds,
  };
}
