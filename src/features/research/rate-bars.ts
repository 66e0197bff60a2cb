import type { Progress } from "@contracts";

const STEP_MS = 10_000;
/** Ten minutes in steps of ten seconds. */
const STEPS = 60;

/** How many jobs ended in each ten seconds of the ten minutes until `until` (milliseconds since 1970), the oldest first. */
export function rateBars(rates: Progress["rates"], until: number): number[] {
  const last = Math.floor(until / STEP_MS);
  const bars = Array.from({ length: STEPS }, () => 0);
  for (const { at, completed, failed } of rates) {
    const place = STEPS - 1 - (last - Math.floor(Date.parse(at) / STEP_MS));
    if (place >= 0 && place < STEPS) bars[place] = completed + failed;
  }
  return bars;
}
