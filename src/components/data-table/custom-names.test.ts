import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createCustomNames, customId, customNames, isCustomId, MAX_CUSTOM_COLUMNS } from "./custom-names";

const rows = (...names: string[]) => names.map((name) => ({ custom: { [name]: "x" } }));

describe("customNames", () => {
  test("offers what loaded rows have and what is shown already, each once, in alphabetical order", () => {
    const visible = { [customId("Plan")]: true, [customId("Shoe size")]: false, name: true };
    expect(customNames([...rows("Segment", "Plan"), { custom: {} }], visible)).toEqual(["Plan", "Segment"]);
    expect(customNames([], visible)).toEqual(["Plan"]);
  });

  test("offers a column whatever it is called", () => {
    const hostile = ["", "__proto__", "constructor", "custom:custom:", "name", "x".repeat(500), "a\nb <b>"];
    const parsed = JSON.parse('{"__proto__": "x"}');
    const given = [...rows(...hostile.filter((name) => name !== "__proto__")), { custom: parsed }];
    expect(customNames(given, {}).toSorted()).toEqual(hostile.toSorted());
    const shown = Object.fromEntries(hostile.map((name) => [customId(name), true]));
    expect(customNames([], shown).toSorted()).toEqual(hostile.toSorted());
    expect(hostile.map(customId).every(isCustomId)).toBe(true);
    expect(isCustomId("name")).toBe(false);
  });

  test("offers no more than the most, shown ones first of all, and says the same of the same rows", () => {
    const name = fc.string({ maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(name, fc.string()), { maxLength: 60 }),
        fc.uniqueArray(name, { maxLength: MAX_CUSTOM_COLUMNS }),
        (cells, shown) => {
          const given = cells.map((custom) => ({ custom }));
          const visible = Object.fromEntries(shown.map((one) => [customId(one), true]));
          const offered = customNames(given, visible);
          expect(new Set(offered).size).toBe(offered.length);
          expect(offered.length).toBeLessThanOrEqual(MAX_CUSTOM_COLUMNS);
          expect(offered).toEqual(expect.arrayContaining(shown));
          const known = new Set([...shown, ...cells.flatMap(Object.keys)]);
          expect(offered).toHaveLength(Math.min(known.size, MAX_CUSTOM_COLUMNS));
          expect(customNames(given, visible)).toEqual(offered);
        },
      ),
    );
  });
});

test("names that stay the same are the same array, so that nothing is drawn again for them", () => {
  const namesOf = createCustomNames();
  const first = namesOf(rows("Plan"), {});
  expect(namesOf(rows("Plan", "Plan"), {})).toBe(first);
  expect(namesOf(rows("Plan", "Segment"), {})).toEqual(["Plan", "Segment"]);
  expect(namesOf(rows("Plan"), {})).toEqual(["Plan"]);
});
