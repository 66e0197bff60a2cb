import type { Db } from "../_shared/db.ts";
import { ApiError } from "../_shared/errors.ts";

/** Messages a second, and at once after a quiet time, for each integration: those it sent, and those that somebody sent in its name. */
const LIMITS = {
  callbacks: {
    perSecond: 50,
    burst: 500,
    reason: "This integration hands in more than 50 messages a second. Nothing of this one was taken",
  },
  forgeries: {
    perSecond: 5,
    burst: 20,
    reason: "Too many messages come for this integration that it did not sign. Check the secret or the token",
  },
};

/** Counts a message of the integration. Throws a 429 with `Retry-After` when there were too many; of each kind by itself. */
export async function countMessage(db: Db, integrationId: string, kind: keyof typeof LIMITS): Promise<void> {
  const { perSecond, burst, reason } = LIMITS[kind];
  const [row] = await db<{ wait: number }[]>`
    select private.take_token(${integrationId}, ${kind}, ${perSecond}, ${burst}) as wait`;
  if (!row || row.wait === 0) return;
  const seconds = Math.ceil(row.wait);
  throw new ApiError(429, "too_many", `${reason}: send it again in ${seconds} s.`, null, {
    "retry-after": String(seconds),
  });
}
