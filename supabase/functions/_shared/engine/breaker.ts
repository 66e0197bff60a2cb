/** A circuit breaker: closed while `step` is 0; else open until `until` (milliseconds since 1970), then half-open. */
export interface Breaker {
  /** Failures of the receiver in a row. */
  failures: number;
  /** How many times in a row it opened. */
  step: number;
  until: number;
}

export const CLOSED: Breaker = { failures: 0, step: 0, until: 0 };

const OPENS_AT = 5;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 300_000;

/**
 * After more failures in a row. It opens at the fifth, and again when the probe of a half-open one fails, each time for
 * twice as long. What was under way when it opened does not make the pause longer. One success: `CLOSED`.
 */
export function afterFailures(breaker: Breaker, failed: number, at: number): Breaker {
  const failures = breaker.failures + failed;
  const isOpen = at < breaker.until;
  if (isOpen || (breaker.step === 0 && failures < OPENS_AT)) return { ...breaker, failures };
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** breaker.step, LONGEST_PAUSE_MS);
  return { failures, step: breaker.step + 1, until: at + pause };
}
