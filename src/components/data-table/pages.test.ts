import fc from "fast-check";
import { expect, test } from "vitest";
import {
  dropFromPages,
  FIRST_PAGE,
  flattenPages,
  type ListPages,
  loadedFrom,
  nextPlace,
  patchPages,
  placeBefore,
  scrollRowCount,
} from "./pages";

interface Row {
  id: string;
  name: string;
}

const row = fc.record({ id: fc.integer({ min: 0, max: 30 }).map(String), name: fc.string({ maxLength: 4 }) });
const rowsById = fc.uniqueArray(row, { selector: (r) => r.id, maxLength: 12 });

/** Pages as a server could have sent them, also with a row that moved from one page to another. */
const pages = fc.array(rowsById, { minLength: 1, maxLength: 5 }).map(
  (all): ListPages<Row> => ({
    pages: all.map((rows, i) => ({
      rows,
      next_cursor: i === all.length - 1 ? null : `after ${i}`,
      start: all.slice(0, i).reduce((sum, earlier) => sum + earlier.length, 0),
    })),
    pageParams: all.map((_, i) => (i === 0 ? FIRST_PAGE : { cursor: `after ${i - 1}`, start: i })),
  }),
);

const ids = (rows: readonly Row[]) => rows.map((r) => r.id);

test("a row that is in two pages is shown once, where it came first", () => {
  fc.assert(
    fc.property(pages, (data) => {
      const flat = flattenPages(data.pages);
      expect(ids(flat)).toEqual([...new Set(data.pages.flatMap((p) => ids(p.rows)))]);
    }),
  );
});

test("refetched rows take the place of the cached ones and nothing moves, appears or goes", () => {
  fc.assert(
    fc.property(pages, rowsById, (data, fresh) => {
      const patched = patchPages(data, fresh);
      expect(patched.pages.map((p) => ids(p.rows))).toEqual(data.pages.map((p) => ids(p.rows)));
      expect(patched.pageParams).toEqual(data.pageParams);
      const byId = new Map(fresh.map((r) => [r.id, r]));
      for (const shown of flattenPages(patched.pages)) {
        const before = flattenPages(data.pages).find((r) => r.id === shown.id);
        expect(shown).toEqual(byId.get(shown.id) ?? before);
      }
    }),
  );
});

test("a page without a changed row is the same object, so its rows are not drawn again", () => {
  fc.assert(
    fc.property(pages, rowsById, (data, fresh) => {
      const freshIds = new Set(ids(fresh));
      const patched = patchPages(data, fresh);
      data.pages.forEach((page, i) => {
        const touched = page.rows.some((r) => freshIds.has(r.id));
        expect(patched.pages[i] === page).toBe(!touched);
      });
    }),
  );
});

test("deleted rows go from every page, and the others stay in order", () => {
  fc.assert(
    fc.property(pages, fc.array(fc.integer({ min: 0, max: 40 }).map(String)), (data, gone) => {
      const set = new Set(gone);
      const before = flattenPages(data.pages);
      const after = dropFromPages(data, set);
      expect(flattenPages(after.pages)).toEqual(before.filter((r) => !set.has(r.id)));
      expect(after.pages).toHaveLength(data.pages.length);
    }),
  );
});

test("rows below deleted ones move up by as many", () => {
  fc.assert(
    fc.property(pages, fc.array(fc.integer({ min: 0, max: 40 }).map(String)), (data, gone) => {
      let before = 0;
      for (const page of dropFromPages(data, new Set(gone)).pages) {
        expect(page.start).toBe(before);
        before += page.rows.length;
      }
    }),
  );
});

const rowsOf = (from: number, count: number): Row[] =>
  Array.from({ length: count }, (_, i) => ({ id: `${from + i}`, name: "" }));
/** Rows 5,000 to 5,003 of a list that goes on both ways. */
const midst = [
  { rows: rowsOf(5_000, 2), start: 5_000, prev_cursor: "before 5000", next_cursor: "after 5001" },
  { rows: rowsOf(5_002, 2), start: 5_002, prev_cursor: "before 5002", next_cursor: "after 5003" },
];

test("pages follow and precede the loaded ones at their place in the list", () => {
  expect(loadedFrom(midst)).toBe(5_000);
  expect(nextPlace(midst)).toEqual({ cursor: "after 5003", start: 5_004 });
  expect(placeBefore(midst)).toEqual({ cursor: "before 5000", end: 5_000 });
});

test("the first page of the list begins at its top, whatever was inserted above what was loaded before", () => {
  const top = { rows: rowsOf(0, 2), start: 7, prev_cursor: null, next_cursor: "after 1" };
  expect(loadedFrom([top])).toBe(0);
  expect(placeBefore([top])).toBeNull();
  expect(nextPlace([top])).toEqual({ cursor: "after 1", start: 2 });
});

test("as long as there are rows above, there is room to scroll to them", () => {
  expect(loadedFrom([{ rows: rowsOf(0, 2), start: -40, prev_cursor: "before", next_cursor: null }])).toBe(1);
});

test("the scrollbar stands for the whole list where any row can be gone to", () => {
  const reach = { end: 50, hasMore: true, total: 1_000_000, canJump: true };
  expect(scrollRowCount(reach)).toBe(1_000_000);
  expect(scrollRowCount({ ...reach, hasMore: false })).toBe(50);
  expect(scrollRowCount({ ...reach, total: null })).toBe(51);
});

test("the scrollbar of a list that is loaded page by page, or longer than was counted, reaches further as it loads", () => {
  const ranked = { end: 50, hasMore: true, total: 8_000, canJump: false };
  expect(scrollRowCount(ranked)).toBeLessThan(2_000);
  expect(scrollRowCount({ ...ranked, end: 7_900 })).toBe(8_000);
  expect(scrollRowCount({ end: 10_200, hasMore: true, total: 10_000, canJump: true })).toBe(10_201);
});
