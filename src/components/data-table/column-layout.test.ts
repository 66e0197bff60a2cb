import fc from "fast-check";
import { expect, test } from "vitest";
import {
  columnWidth,
  DEFAULT_SETTINGS,
  layOut,
  MAX_COLUMN_WIDTH,
  MIN_COLUMN_WIDTH,
  moveColumn,
} from "./column-layout";

const columns = [
  { id: "name", width: 240 },
  { id: "domain", width: 160 },
  { id: "country", width: 120, hidden: true },
  { id: "tags", width: 160 },
];
const ids = columns.map((c) => c.id);

const settings = fc.record({
  order: fc.shuffledSubarray([...ids, "removed"]),
  visible: fc.dictionary(fc.constantFrom(...ids, "removed"), fc.boolean()),
  widths: fc.dictionary(fc.constantFrom(...ids, "removed"), fc.integer({ min: -100, max: 5_000 })),
});

test("whatever was stored, every column is there once, the pinned one first and shown, widths in bounds", () => {
  fc.assert(
    fc.property(settings, (stored) => {
      const laidOut = layOut(columns, stored);
      expect(laidOut.map((c) => c.column.id).toSorted()).toEqual(ids.toSorted());
      expect(laidOut[0]).toMatchObject({ column: { id: "name" }, visible: true });
      for (const { column } of laidOut) {
        const width = columnWidth(column, stored.widths);
        expect(width).toBeGreaterThanOrEqual(MIN_COLUMN_WIDTH);
        expect(width).toBeLessThanOrEqual(MAX_COLUMN_WIDTH);
      }
    }),
  );
});

test("without settings the columns are as the list defines them", () => {
  expect(layOut(columns, DEFAULT_SETTINGS).map((c) => [c.column.id, c.visible])).toEqual([
    ["name", true],
    ["domain", true],
    ["country", false],
    ["tags", true],
  ]);
});

test("a column added to the product later follows the ones the user ordered", () => {
  const laidOut = layOut(columns, { ...DEFAULT_SETTINGS, order: ["name", "tags", "country"] });
  expect(laidOut.map((c) => c.column.id)).toEqual(["name", "tags", "country", "domain"]);
});

const someShown = fc.subarray(ids.slice(1)).map((others) => new Set(["name", ...others]));

test("moving a column there and back gives the same order, and the pinned one never moves", () => {
  fc.assert(
    fc.property(fc.constantFrom(...ids), fc.constantFrom<-1 | 1>(-1, 1), someShown, (id, by, shown) => {
      const moved = moveColumn(ids, id, by, shown);
      if (moved === null) return;
      expect(moved[0]).toBe("name");
      expect(moved.toSorted()).toEqual(ids.toSorted());
      expect(moveColumn(moved, id, by === 1 ? -1 : 1, shown)).toEqual(ids);
    }),
  );
});

test("every move of a shown column is seen, and it can go to every place behind the pinned one", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ids.slice(1)),
      fc.constantFrom<-1 | 1>(-1, 1),
      someShown,
      (id, by, shown) => {
        shown.add(id);
        const seen = (order: readonly string[]) => order.filter((other) => shown.has(other));
        const moved = moveColumn(ids, id, by, shown);
        const at = seen(ids).indexOf(id) + by;
        if (moved === null) expect(at === 0 || at === shown.size).toBe(true);
        else expect(seen(moved).indexOf(id)).toBe(at);
      },
    ),
  );
});
