import fc from "fast-check";
import { expect, test } from "vitest";
import { drawnRows, jumpTarget, visibleRows, wantedPages } from "./row-window";

const HEADER = 36;
const ROW = 40;
const counts = fc.integer({ min: 0, max: 1_000_000 });

test("every row that is at least partly on screen is drawn, and few others are", () => {
  fc.assert(
    fc.property(
      counts,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 200, max: 2_000 }),
      (rows, at, viewport) => {
        const position = at * Math.max(0, HEADER + rows * ROW - viewport);
        const visible = visibleRows(position, viewport, rows);
        const drawn = drawnRows(visible, rows);
        expect(drawn.first).toBeGreaterThanOrEqual(0);
        expect(drawn.end).toBeLessThanOrEqual(rows);
        expect(drawn.end - drawn.first).toBeLessThanOrEqual(viewport / ROW + 20);
        const top = (row: number) => HEADER + row * ROW - position;
        if (visible.first > 0) expect(top(visible.first - 1) + ROW).toBeLessThanOrEqual(HEADER);
        if (visible.end < rows) expect(top(visible.end)).toBeGreaterThanOrEqual(viewport);
      },
    ),
  );
});

const loaded = { first: 1_000, end: 1_400, hasMore: true };

test.each([
  ["in the midst of what is loaded nothing is asked for", 1_100, null],
  ["near the end the next page is", 1_375, "more"],
  ["near the beginning the page before is", 1_010, "before"],
  ["a little beyond the end the next page is", 1_600, "more"],
  ["far beyond it takes a jump", 500_000, "jump"],
  ["far above as well", 100, "jump"],
] as const)("%s", (_name, first, wanted) => {
  expect(wantedPages({ first, end: first + 20 }, loaded, true)).toBe(wanted);
});

test("a list that has no places to jump to is loaded page by page", () => {
  expect(wantedPages({ first: 500_000, end: 500_020 }, { first: 0, end: 50, hasMore: true }, false)).toBe(
    "more",
  );
});

test("a list that is loaded to both its ends asks for nothing", () => {
  expect(wantedPages({ first: 0, end: 20 }, { first: 0, end: 30, hasMore: false }, true)).toBeNull();
});

test("a jump brings the rows on screen, up to the last one of the list", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 201, max: 1_000_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (rows, at) => {
        const first = Math.floor(at * (rows - 20));
        const start = jumpTarget({ first, end: first + 20 }, rows, 200);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(start).toBeLessThanOrEqual(first);
        expect(start + 200).toBeGreaterThanOrEqual(first + 20);
        expect(start + 200).toBeLessThanOrEqual(rows);
      },
    ),
  );
});

test("when all loaded rows have gone, those after them are loaded, else those before", () => {
  const none = { first: 300, end: 300, hasMore: true };
  expect(wantedPages({ first: 280, end: 301 }, none, true)).toBe("more");
  expect(wantedPages({ first: 280, end: 300 }, { ...none, hasMore: false }, true)).toBe("before");
  expect(wantedPages({ first: 0, end: 1 }, { first: 0, end: 0, hasMore: true }, false)).toBe("more");
});
