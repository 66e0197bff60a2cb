import { expect, it } from "vitest";
import { progressAt, rateBars } from "./rate-bars";

const at = (seconds: number) => new Date(1_000_000_000_000 + seconds * 1_000).toISOString();
const now = 1_000_000_000_000 + 5_000;

it("puts what ended in each ten seconds in its place, the newest last", () => {
  const bars = rateBars(
    [
      { at: at(0), completed: 3, failed: 1 },
      { at: at(-20), completed: 2, failed: 0 },
    ],
    now,
  );
  expect(bars).toHaveLength(60);
  expect(bars.slice(-3)).toEqual([2, 0, 4]);
  expect(bars.slice(0, -3).every((bar) => bar === 0)).toBe(true);
});

it("leaves out what is older than ten minutes, and what is to come", () => {
  const rates = [-600, 60].map((seconds) => ({ at: at(seconds), completed: 1, failed: 0 }));
  expect(rateBars(rates, now).every((bar) => bar === 0)).toBe(true);
});

it("the jobs a minute of a run that stands still become fewer until there are none, and no time left is told", () => {
  const read = {
    at: "2026-11-22T10:00:00Z",
    rate_per_minute: 30,
    eta_seconds: 60,
    rates: [
      { at: "2026-11-22T09:59:20Z", completed: 20, failed: 0 },
      { at: "2026-11-22T09:59:50Z", completed: 9, failed: 1 },
    ],
  };
  const at = (seconds: number) => progressAt(read, seconds * 1_000);
  expect(at(5)).toBe(read);
  expect(at(30)).toMatchObject({ rate_per_minute: 10, eta_seconds: 60 });
  expect(at(60)).toMatchObject({ rate_per_minute: 0, eta_seconds: null });
});

it("the time until a next try is told for as long as nothing else ends", () => {
  const read = { at: "2026-11-22T10:00:00Z", rate_per_minute: 0, eta_seconds: 600, rates: [] };
  expect(progressAt(read, 60_000)).toEqual(read);
});
