import fc from "fast-check";
import { expect, test } from "vitest";
import { dropFromPages, flattenPages, type ListPages, patchPages, REACH, scrollRowCount } from "./pages";

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
      ...(i === 0 ? { total: 100, total_is_capped: false } : {}),
    })),
    pageParams: all.map((_, i) => (i === 0 ? null : `after ${i - 1}`)),
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

test("the scrollbar stands for the whole list while the end is within reach", () => {
  expect(scrollRowCount(50, 4_000, true)).toBe(4_000);
  expect(scrollRowCount(50, 1_000_000, true)).toBe(50 + REACH);
  expect(scrollRowCount(50, 50, false)).toBe(50);
  expect(scrollRowCount(50, null, true)).toBe(51);
});

test("the scrollbar keeps room for the next page when the total lags behind the rows", () => {
  expect(scrollRowCount(250, 240, true)).toBe(251);
  expect(scrollRowCount(0, 0, false)).toBe(0);
});
