import fc from "fast-check";
import { expect, test } from "vitest";
import { gridAction } from "./keyboard";

const at = (active: number, rowCount = 10) => ({
  active,
  rowCount,
  pageRows: 4,
  column: null as number | null, // widened: some tests are in a cell
  columnCount: 3,
  editable: true,
});

test.each([
  ["ArrowDown", -1, 0],
  ["ArrowDown", 3, 4],
  ["ArrowDown", 9, 9],
  ["ArrowUp", -1, 0],
  ["ArrowUp", 0, 0],
  ["ArrowUp", 3, 2],
  ["PageDown", 1, 5],
  ["PageUp", 5, 1],
  ["PageUp", 1, 0],
  ["Home", 7, 0],
  ["End", 0, 9],
])("%s on row %i goes to row %i", (key, active, to) => {
  expect(gridAction(key, at(active))).toEqual({ type: "move", to });
});

test("space selects and enter opens the active row, and neither does anything without one", () => {
  expect(gridAction(" ", at(2))).toEqual({ type: "toggle" });
  expect(gridAction("Enter", at(2))).toEqual({ type: "open" });
  expect(gridAction(" ", at(-1))).toBeNull();
  expect(gridAction("Enter", at(-1))).toBeNull();
});

test.each([
  ["ArrowRight", null, 0],
  ["ArrowRight", 0, 1],
  ["ArrowRight", 2, 2],
  ["ArrowLeft", 2, 1],
  ["ArrowLeft", 0, null],
  ["ArrowLeft", null, null],
])(
  "%s from cell %s of the active row goes to %s, before the first of which is the whole row",
  (key, column, to) => {
    expect(gridAction(key, { ...at(2), column })).toEqual({ type: "column", to });
  },
);

test("Enter edits a cell that can be edited and opens the row from any other, F2 edits from the row too", () => {
  expect(gridAction("Enter", { ...at(2), column: 1 })).toEqual({ type: "edit" });
  expect(gridAction("Enter", { ...at(2), column: 1, editable: false })).toEqual({ type: "open" });
  expect(gridAction("F2", at(2))).toEqual({ type: "edit" });
  expect(gridAction("F2", { ...at(2), editable: false })).toBeNull();
  expect(gridAction("F2", at(-1))).toBeNull();
});

test("keys that are not the table's own are left to the browser", () => {
  expect(gridAction("Tab", at(2))).toBeNull();
  expect(gridAction("a", at(2))).toBeNull();
});

test("no key leads outside the loaded rows", () => {
  const key = fc.constantFrom("ArrowDown", "ArrowUp", "PageDown", "PageUp", "Home", "End");
  fc.assert(
    fc.property(
      key,
      fc.nat(50),
      fc.integer({ min: -1, max: 60 }),
      fc.nat(80),
      (k, rowCount, active, pageRows) => {
        const action = gridAction(k, { ...at(active, rowCount), pageRows });
        if (rowCount === 0) expect(action).toBeNull();
        else {
          expect(action?.type).toBe("move");
          if (action?.type !== "move") return;
          expect(action.to).toBeGreaterThanOrEqual(0);
          expect(action.to).toBeLessThan(rowCount);
        }
      },
    ),
  );
});
