import fc from "fast-check";
import { expect, test } from "vitest";
import {
  ALL_MATCHING,
  headerState,
  idsBetween,
  isSelected,
  NOTHING_SELECTED,
  selectedCount,
  selectRows,
  toggleSelected,
} from "./selection";

const order = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 30 });
const orderAndTwo = order.chain((ids) =>
  fc.tuple(fc.constant(ids), fc.constantFrom(...ids), fc.constantFrom(...ids)),
);

test("a range holds both its ends and everything between, whichever way it was dragged", () => {
  fc.assert(
    fc.property(orderAndTwo, ([ids, from, to]) => {
      const range = idsBetween(ids, from, to);
      expect(range).toEqual(idsBetween(ids, to, from));
      expect(range).toContain(from);
      expect(range).toContain(to);
      expect(range).toHaveLength(Math.abs(ids.indexOf(from) - ids.indexOf(to)) + 1);
      expect(ids.join("\n")).toContain(range.join("\n"));
    }),
  );
});

test("a range from a row that is not loaded is just the row clicked", () => {
  expect(idsBetween(["a", "b", "c"], "gone", "b")).toEqual(["b"]);
  expect(idsBetween(["a", "b", "c"], null, "b")).toEqual(["b"]);
});

test("clicking a row twice leaves the selection as it was", () => {
  fc.assert(
    fc.property(orderAndTwo, fc.boolean(), ([ids, first, second], everything) => {
      const start = toggleSelected(everything ? ALL_MATCHING : NOTHING_SELECTED, ids, first, false);
      const twice = toggleSelected(toggleSelected(start, ids, second, false), ids, second, false);
      for (const id of ids) expect(isSelected(twice, id)).toBe(isSelected(start, id));
    }),
  );
});

test("shift-click gives the whole range the state the clicked row gets", () => {
  fc.assert(
    fc.property(orderAndTwo, ([ids, from, to]) => {
      const one = toggleSelected(NOTHING_SELECTED, ids, from, false);
      const ranged = toggleSelected(one, ids, to, true);
      const expected = !isSelected(one, to);
      for (const id of idsBetween(ids, from, to)) expect(isSelected(ranged, id)).toBe(expected);
    }),
  );
});

test("everything that matches is selected, also what was never loaded", () => {
  expect(isSelected(ALL_MATCHING, "never loaded")).toBe(true);
  expect(selectedCount(ALL_MATCHING, 4_000)).toBe(4_000);
  expect(selectedCount(ALL_MATCHING, null)).toBeNull();
});

test("taking one row out of everything leaves the other loaded rows", () => {
  const left = toggleSelected(ALL_MATCHING, ["a", "b", "c"], "b", false);
  expect(left).toEqual(selectRows(["a", "c"], "b"));
  expect(isSelected(left, "never loaded")).toBe(false);
});

test("the header's checkbox tells all, some and none of the loaded rows apart", () => {
  const ids = ["a", "b"];
  const one = toggleSelected(NOTHING_SELECTED, ids, "a", false);
  expect(headerState(NOTHING_SELECTED, ids)).toBe("none");
  expect(headerState(one, ids)).toBe("some");
  expect(headerState(selectRows(ids), ids)).toBe("all");
  expect(headerState(ALL_MATCHING, ids)).toBe("all");
  expect(headerState(NOTHING_SELECTED, [])).toBe("none");
});
