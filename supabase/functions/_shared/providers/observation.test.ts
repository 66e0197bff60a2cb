import { expect, it } from "vitest";
import { delivery } from "../../../../tests/support/delivery.ts";
import { observationOf } from "./observation.ts";

const observe = (status: number | null, code: string | null) =>
  observationOf({ ...delivery, status, error: code === null ? null : { code, reason: "" } });

it.each([
  [200, null, "finished"],
  [200, "not_json", "finished"],
  [404, "http_404", "finished"],
  [200, "too_large", "finished"],
  [429, "throttled", "throttled"],
  [503, "throttled", "throttled"],
  [500, "http_500", "failed"],
  [408, "http_408", "failed"],
  [null, "timeout", "failed"],
  [null, "reset", "failed"],
  [null, "connect_failed", "failed"],
  [null, "dns_failed", "failed"],
  [null, "tls_failed", "failed"],
] as const)("an answer %s with %s counts as %s", (status, code, counted) => {
  expect(observe(status, code)).toMatchObject({
    finished: 0,
    throttled: 0,
    failed: 0,
    latencyMs: counted === "finished" ? 250 : null,
    sentAt: 1_000,
    [counted]: 1,
  });
});

it.each(["slice_over", "blocked_address", "bad_url"])(
  "a request that ended as %s says nothing about what the receiver takes",
  (code) => expect(observe(null, code)).toBeNull(),
);

it("keeps what Retry-After asked for", () => {
  expect(observationOf({ ...delivery, retryAfterMs: 9_000 })).toMatchObject({ retryAfterMs: 9_000 });
});
