import type { Db } from "./db.ts";
import { ApiError } from "./errors.ts";

/** A bucket of tokens that an integration or a user has, as `private.rate_limits` keeps it. */
export interface RateLimit {
  bucket: "callbacks" | "forgeries" | "tests" | "previews";
  /** Tokens that it gets a second. */
  perSecond: number;
  /** Tokens that it holds. */
  burst: number;
  /** What is said when it is empty; `wait` is the time until there is a token, such as "4 seconds". */
  refusal: (wait: string) => string;
}

/** Takes a token of the integration or user. Throws a 429 with `Retry-After` when none is left. */
export async function takeToken(db: Db, holder: string, limit: RateLimit): Promise<void> {
  const { bucket, perSecond, burst, refusal } = limit;
  const [row] = await db<{ wait: number }[]>`
    select private.take_token(${holder}, ${bucket}, ${perSecond}, ${burst}) as wait`;
  if (!row) throw new Error("take_token gave nothing");
  if (row.wait === 0) return;
  const seconds = Math.ceil(row.wait);
  const wait = seconds === 1 ? "1 second" : `${seconds} seconds`;
  throw new ApiError(429, "too_many", refusal(wait), null, { "retry-after": String(seconds) });
}
