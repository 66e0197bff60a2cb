import { describe, expect, it } from "vitest";
import { retryAfterMs } from "./retry-after.ts";

describe("retryAfterMs", () => {
  const response = (header?: string) => ({
    status: 429,
    url: "",
    headers: header === undefined ? {} : { "retry-after": header },
    body: new Uint8Array(),
    truncated: false,
    redirects: [],
  });
  const now = Date.parse("2026-11-01T00:00:00Z");

  it.each([
    ["120", 120_000],
    ["Sun, 01 Nov 2026 00:01:00 GMT", 60_000],
    ["Sat, 31 Oct 2026 00:00:00 GMT", 0],
    ["999999999", 86_400_000],
    ["soon", null],
    [undefined, null],
  ])("reads %s", (header, ms) => expect(retryAfterMs(response(header), now)).toBe(ms));
});
