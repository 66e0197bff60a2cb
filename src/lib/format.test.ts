import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatAmount,
  formatBytes,
  formatClock,
  formatCompact,
  formatCount,
  formatDuration,
  formatMilliseconds,
  formatNumber,
  formatOrdinal,
  formatPercent,
  formatRelative,
} from "./format";

describe("numbers", () => {
  test("are grouped, shortened and counted", () => {
    expect(formatNumber(1_234_567)).toBe("1,234,567");
    expect(formatCompact(1_234_567)).toBe("1.2M");
    expect(formatCount(1, "company", "companies")).toBe("1 company");
    expect(formatCount(2000, "company", "companies")).toBe("2,000 companies");
    expect(formatCount(0, "contact")).toBe("0 contacts");
  });
});

describe("formatPercent", () => {
  test("says 100% only when all is done and 0% only when nothing is", () => {
    expect(formatPercent(0, 0)).toBe("0%");
    expect(formatPercent(1, 3)).toBe("33%");
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.nat(1_000_000), (whole, part) => {
        fc.pre(part <= whole);
        expect(formatPercent(part, whole) === "100%").toBe(part === whole);
        expect(formatPercent(part, whole) === "0%").toBe(part === 0);
      }),
    );
  });
});

test.each([
  [0, "just now"],
  [59, "just now"],
  [60, "1 minute ago"],
  [3 * 3600 + 59 * 60, "3 hours ago"],
  [86_400, "yesterday"],
  [20 * 86_400, "2 weeks ago"],
  [800 * 86_400, "2 years ago"],
])("%i seconds earlier is %s", (seconds, words) => {
  const now = new Date("2026-11-21T12:00:00Z");
  expect(formatRelative(new Date(now.getTime() - seconds * 1000).toISOString(), now)).toBe(words);
});

test.each([
  [-3, "0 s"],
  [45, "45 s"],
  [59.7, "1 min"],
  [180, "3 min"],
  [3600, "1 h"],
  [3900, "1 h 5 min"],
  [86_400 * 2 + 3600 * 3, "2 d 3 h"],
])("a duration of %d seconds is %s", (seconds, words) => {
  expect(formatDuration(seconds)).toBe(words);
});

test.each([
  [512, "512 B"],
  [1536, "1.5 KB"],
  [200 * 1024 * 1024, "200 MB"],
])("%i bytes are %s", (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});

test.each([
  [0, "0 ms"],
  [120.4, "120 ms"],
  [4_210, "4.2 s"],
  [60_000, "1 min"],
])("%d milliseconds are %s", (milliseconds, words) => {
  expect(formatMilliseconds(milliseconds)).toBe(words);
});

test.each([
  [0, "0.00"],
  [1240, "1,240.00"],
  [0.0125, "0.0125"],
])("an amount of %d is %s", (value, words) => {
  expect(formatAmount(value)).toBe(words);
});

test.each([
  [1, "1st"],
  [2, "2nd"],
  [3, "3rd"],
  [4, "4th"],
  [11, "11th"],
  [22, "22nd"],
])("number %i of a row is the %s", (value, words) => {
  expect(formatOrdinal(value)).toBe(words);
});

test("a time of today is told to the second, one of another day with its date", () => {
  const now = new Date(2026, 10, 22, 12, 0, 0);
  const at = (day: number) => formatClock(new Date(2026, 10, day, 14, 57, 20).toISOString(), now);
  expect(at(22)).toMatch(/^2:57:20\sPM$/);
  expect(at(23)).toMatch(/^Nov 23, 2026, 2:57:20\sPM$/);
});
