import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  clampPosition,
  type Extent,
  isStuck,
  laidOutHeight,
  MAX_HEIGHT,
  type Place,
  positionAt,
  REST_MS,
  scrolled,
  scrollTopAt,
} from "./scroll-scale";

const ROW = 40;
const extent = fc.record({
  content: fc.integer({ min: 0, max: 100_000_000 * ROW }),
  viewport: fc.integer({ min: 100, max: 3_000 }),
});
const million: Extent = { content: 1_000_000 * ROW, viewport: 800 };
const lastOf = ({ content, viewport }: Extent) => Math.max(0, content - viewport);
const barOf = (e: Extent) => Math.max(0, laidOutHeight(e) - e.viewport);
const settledAt = (e: Extent, position: number): Place => ({
  position: clampPosition(e, position),
  scrollTop: scrollTopAt(e, position),
  dragged: false,
  at: 0,
});

describe("the scrollbar", () => {
  test("never asks a browser for more than it can lay out, and its ends are the list's ends", () => {
    fc.assert(
      fc.property(extent, (e) => {
        expect(laidOutHeight(e)).toBeLessThanOrEqual(MAX_HEIGHT);
        expect(positionAt(e, 0)).toBe(0);
        expect(positionAt(e, barOf(e))).toBeCloseTo(lastOf(e), 3);
        expect(scrollTopAt(e, 0)).toBe(0);
        expect(scrollTopAt(e, lastOf(e))).toBeCloseTo(barOf(e), 3);
      }),
    );
  });

  test("goes the way the list goes, and leads back to where it was", () => {
    fc.assert(
      fc.property(
        extent,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (e, a, b) => {
          const [low, high] = [Math.min(a, b) * barOf(e), Math.max(a, b) * barOf(e)];
          expect(positionAt(e, low)).toBeLessThanOrEqual(positionAt(e, high));
          expect(Math.abs(scrollTopAt(e, positionAt(e, low)) - low)).toBeLessThanOrEqual(2_000);
          expect(scrollTopAt(e, low)).toBeLessThanOrEqual(scrollTopAt(e, high));
        },
      ),
    );
  });

  test("is the browser's own where the list fits", () => {
    const e = { content: 4_000, viewport: 800 };
    expect(positionAt(e, 1_234)).toBe(1_234);
    expect(scrolled(e, settledAt(e, 0), { scrollTop: 1_234, now: 1, byHand: true }).position).toBe(1_234);
  });

  test("reaches row 1,000,000 when it is dragged to its end, also by small steps at last", () => {
    let place = settledAt(million, 0);
    for (const scrollTop of [4_000_000, 9_990_000, barOf(million) - 2_000, barOf(million)]) {
      place = scrolled(million, place, { scrollTop, now: place.at + REST_MS / 2, byHand: false });
    }
    expect(place.position).toBeCloseTo(lastOf(million), 3);
  });

  test("reaches the last row when it is let go shortly before its end and dragged on later", () => {
    const near = { ...settledAt(million, lastOf(million) - 4_000), at: 0 };
    const end = scrolled(million, near, { scrollTop: barOf(million), now: 60_000, byHand: false });
    expect(end.position).toBeCloseTo(lastOf(million), 3);
  });
});

describe("a wheel or a finger", () => {
  const scaled = fc.record({
    content: fc.integer({ min: MAX_HEIGHT + 1, max: 100_000_000 * ROW }),
    viewport: fc.integer({ min: 400, max: 1_500 }),
  });

  test("moves by its own px however long the list is", () => {
    fc.assert(
      fc.property(
        scaled,
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        fc.integer({ min: -900, max: 900 }),
        (e, at, by) => {
          const before = settledAt(e, at * lastOf(e));
          const after = scrolled(e, before, { scrollTop: before.scrollTop + by, now: 1_000, byHand: true });
          expect(after.position - before.position).toBeCloseTo(by, 3);
        },
      ),
    );
  });

  test("meets every row up to both ends of the list, once the scrollbar is put right where it got stuck", () => {
    for (const step of [-400, 400]) {
      let place = settledAt(million, step < 0 ? 30_000 : lastOf(million) - 30_000);
      let travelled = 0;
      for (let turns = 0; turns < 200 && travelled < 30_000; turns += 1) {
        const scrollTop = Math.min(barOf(million), Math.max(0, place.scrollTop + step));
        const next = scrolled(million, place, { scrollTop, now: place.at + 16, byHand: true });
        expect(Math.abs(next.position - place.position)).toBeLessThanOrEqual(400.001);
        travelled += Math.abs(next.position - place.position);
        place = isStuck(million, next) ? { ...next, scrollTop: scrollTopAt(million, next.position) } : next;
      }
      expect(Math.abs(place.position - (step < 0 ? 0 : lastOf(million)))).toBeLessThanOrEqual(1);
    }
  });
});
