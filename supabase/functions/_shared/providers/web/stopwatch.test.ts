import { expect, it } from "vitest";
import { Stopwatch } from "./stopwatch.ts";

it("a stopwatch adds up work, hands on its result, and counts work that fails", () => {
  const stopwatch = new Stopwatch();
  const work = () => Array.from({ length: 200_000 }, (_, index) => String(index)).join("").length;
  expect(stopwatch.time(work)).toBe(work());
  const once = stopwatch.busyMs;
  expect(once).toBeGreaterThan(0);
  const failing = () => {
    work();
    throw new Error("no");
  };
  expect(() => stopwatch.time(failing)).toThrow("no");
  expect(stopwatch.busyMs).toBeGreaterThan(once);
});
