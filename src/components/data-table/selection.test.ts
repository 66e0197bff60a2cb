import fc from "fast-check";
import { expect, test } from "vitest";
import {
  headerState,
  idsBetween,
  isSelected,
  NOTHING_SELECTED,
  selectedCount,
  selectMatching,
  setSelected,
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
      const start = toggleSelected(everything ? selectMatching() : NOTHING_SELECTED, ids, first, false);
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

test("everything that matches is selected except what was taken out again", () => {
  const all = selectMatching();
  const without = setSelected(all, ["a", "b"], false, null);
  expect(isSelected(without, "a")).toBe(false);
  expect(isSelected(without, "never loaded")).toBe(true);
  expect(selectedCount(without, 10)).toBe(8);
  expect(selectedCount(without, null)).toBeNull();
  expect(selectedCount(setSelected(without, ["a"], true, null), 10)).toBe(9);
});

test("the header's checkbox tells all, some and none of the loaded rows apart", () => {
  const ids = ["a", "b"];
  const one = toggleSelected(NOTHING_SELECTED, ids, "a", false);
  expect(headerState(NOTHING_SELECTED, ids)).toBe("none");
  expect(headerState(one, ids)).toBe("some");
  expect(headerState(setSelected(one, ids, true, null), ids)).toBe("all");
  expect(headerState(selectMatching(), ids)).toBe("all");
  expect(headerState(NOTHING_SELECTED, [])).toBe("none");
});
