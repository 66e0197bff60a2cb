import type { Seen } from "../engine/lane-limits.ts";
import type { Delivery } from "./webhook-request.ts";

/** Codes of a receiver that did not manage to answer. */
const BROKEN = new Set(["timeout", "reset", "connect_failed", "dns_failed", "tls_failed", "http_408"]);
const NOT_ASKED = new Set(["slice_over", "blocked_address", "bad_url"]);

/** What a delivery teaches the limiter of its lane; null if nothing. */
export function observationOf(delivery: Delivery): Seen | null {
  const { status, error, durationMs, retryAfterMs, sentAt } = delivery;
  if (error && NOT_ASKED.has(error.code)) return null;
  const isThrottled = error?.code === "throttled";
  const isFailed = !isThrottled && ((error !== null && BROKEN.has(error.code)) || (status ?? 0) >= 500);
  const isFinished = !isThrottled && !isFailed;
  return {
    finished: isFinished ? 1 : 0,
    throttled: isThrottled ? 1 : 0,
    failed: isFailed ? 1 : 0,
    latencyMs: isFinished ? durationMs : null,
    retryAfterMs,
    sentAt,
  };
}
