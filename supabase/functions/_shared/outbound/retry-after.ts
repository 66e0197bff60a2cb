import type { OutboundResponse } from "./request.ts";

/** The Retry-After header in milliseconds, at most a day; null if there is none that can be read. */
export function retryAfterMs(response: OutboundResponse, now = Date.now()): number | null {
  const header = response.headers["retry-after"];
  if (header === undefined) return null;
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 24 * 60 * 60 * 1000) : null;
}
