import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SLICE_LIMITS } from "./slice.ts";
import { endOfWorker, limitsWithin } from "./slice-limits.ts";

const PLANS = [150_000, 400_000];

/** What is left of the worker when it has done the last of a slice. */
const SPARE_MS = 3_000;

/** A worker of one of the plans, and the age at which it hears a request that it was given before half of its time. */
const request = fc
  .tuple(fc.constantFrom(...PLANS), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(3_000))
  .map(([wallClockMs, part, lateMs]) => ({ wallClockMs, ageMs: (part * wallClockMs) / 2 + lateMs }));

describe("the limits of a slice", () => {
  it("are the usual ones on a young worker, and on one that no plan ends", () => {
    for (const ageMs of [0, 17_000, 200_000, 203_001, 86_400_000]) {
      expect(limitsWithin(endOfWorker(ageMs) - ageMs)).toEqual(SLICE_LIMITS);
    }
  });

  it.each([
    [40_000, 35_000, 98_000, 107_000],
    [46_000, 35_000, 98_000, 101_000],
    [60_000, 21_000, 84_000, 87_000],
    [75_000, 6_000, 69_000, 72_000],
    [78_000, 3_000, 66_000, 69_000],
    [78_001, 35_000, 98_000, 130_000],
  ])(
    "at an age of %i ms: claims until %i, requests until %i, storing until %i",
    (ageMs, claim, abort, store) => {
      const limits = limitsWithin(endOfWorker(ageMs) - ageMs);
      expect(limits).toMatchObject({ claimUntilMs: claim, abortAfterMs: abort, storeUntilMs: store });
    },
  );

  it("end before the worker, whatever the plan, and leave time to claim and to store", () => {
    fc.assert(
      fc.property(request, ({ wallClockMs, ageMs }) => {
        const limits = limitsWithin(endOfWorker(ageMs) - ageMs);
        expect(ageMs + limits.storeUntilMs).toBeLessThanOrEqual(wallClockMs - SPARE_MS);
        expect(limits.claimUntilMs).toBeGreaterThanOrEqual(2_999);
        expect(limits.storeUntilMs - limits.abortAfterMs).toBeGreaterThanOrEqual(2_999);
      }),
    );
  });

  it("never exceed the usual ones, nor the time that is left, and give what is claimed last as long as ever", () => {
    const longest = SLICE_LIMITS.abortAfterMs - SLICE_LIMITS.claimUntilMs;
    fc.assert(
      fc.property(fc.double({ min: -400_000, max: 400_000, noNaN: true }), (leftMs) => {
        const { claimUntilMs, abortAfterMs, storeUntilMs, ...others } = limitsWithin(leftMs);
        expect(SLICE_LIMITS).toMatchObject(others);
        expect(storeUntilMs).toBeLessThanOrEqual(Math.min(SLICE_LIMITS.storeUntilMs, Math.max(0, leftMs)));
        expect(abortAfterMs).toBeLessThanOrEqual(Math.min(SLICE_LIMITS.abortAfterMs, storeUntilMs));
        for (const ms of [claimUntilMs, abortAfterMs, storeUntilMs]) {
          expect(Number.isInteger(ms)).toBe(true);
          expect(ms).toBeGreaterThanOrEqual(0);
        }
        if (claimUntilMs > 0) expect(abortAfterMs - claimUntilMs).toBeGreaterThanOrEqual(longest);
      }),
    );
  });
});
