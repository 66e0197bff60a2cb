/** A cap on requests per second. */
export interface Rate {
  /** Null for no cap. */
  requestsPerSecond: number | null;
  /** Requests that may go out at once after a quiet time, at least 1. Means nothing without a cap. */
  burst: number;
}

/** Tokens that were left at a time, in milliseconds since 1970. One request costs one token. */
export interface TokenBucket {
  tokens: number;
  at: number;
}

/** Requests that may be sent now; `Infinity` without a cap. */
export function requestsLeft(bucket: TokenBucket, at: number, rate: Rate): number {
  return rate.requestsPerSecond === null
    ? Number.POSITIVE_INFINITY
    : Math.floor(tokensAt(bucket, at, rate.requestsPerSecond, rate.burst));
}

/** The bucket after so many requests. A clock that goes back gives no tokens twice. */
export function afterTaking(bucket: TokenBucket, taken: number, at: number, rate: Rate): TokenBucket {
  const tokens = tokensAt(bucket, at, rate.requestsPerSecond ?? 0, rate.burst);
  return { tokens: Math.max(0, tokens - taken), at: Math.max(at, bucket.at) };
}

function tokensAt(bucket: TokenBucket, at: number, perSecond: number, burst: number): number {
  const seconds = Math.max(0, at - bucket.at) / 1000;
  return Math.min(burst, bucket.tokens + seconds * perSecond);
}
