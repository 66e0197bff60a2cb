import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type ChosenRows,
  countText,
  fieldsBefore,
  patchedFields,
  pickedRows,
  tagsIn,
  tagsProblem,
} from "./rows";

const chosen = (part: Partial<ChosenRows>): ChosenRows => ({
  campaignId: "c",
  list: "companies",
  filter: {},
  total: null,
  ...part,
});
const tag = fc.constantFrom("a", "b", "c", "d");
const tags = fc.uniqueArray(tag);

test("added tags come once, after the row's own; removed ones are gone", () => {
  fc.assert(
    fc.property(tags, tags, tags, (own, added, removed) => {
      const { tags: after = [] } = patchedFields({ tags: own }, { add_tags: added, remove_tags: removed });
      expect(new Set(after)).toEqual(new Set([...own, ...added].filter((one) => !removed.includes(one))));
      expect(after.length).toBe(new Set(after).size);
      const kept = own.filter((one) => !removed.includes(one));
      expect(after.slice(0, kept.length)).toEqual(kept);
    }),
  );
});

test("a patch touches nothing but what it is about, and can be taken back", () => {
  const row = { tags: ["a"], owner_id: "me", do_not_contact: false };
  expect(patchedFields(row, { owner_id: null })).toEqual({ owner_id: null });
  expect(fieldsBefore(row, { owner_id: null })).toEqual({ owner_id: "me" });
  expect(patchedFields(row, { do_not_contact: true })).toEqual({ do_not_contact: true });
  expect(fieldsBefore(row, { add_tags: ["b"], do_not_contact: true })).toEqual({
    tags: ["a"],
    do_not_contact: false,
  });
});

test("rows change before the answer only where a few were picked", () => {
  const rows = [{ id: "1" }, { id: "2" }];
  expect(pickedRows(rows, chosen({ filter: { ids: ["2", "9"] } }))).toEqual([{ id: "2" }]);
  expect(pickedRows(rows, chosen({}))).toEqual([]);
  const many = Array.from({ length: 201 }, (_, i) => String(i));
  expect(pickedRows(rows, chosen({ filter: { ids: many } }))).toEqual([]);
});

test("rows that were not counted are named by what chose them", () => {
  expect(countText(chosen({ total: 1 }))).toBe("1 company");
  expect(countText(chosen({ list: "contacts", total: 1_200 }))).toBe("1,200 contacts");
  expect(countText(chosen({}))).toBe("all companies that match");
});

test("tags are read from a text with commas, each once, as the server takes them", () => {
  expect(tagsIn(" hot ,, met  in Berlin,hot")).toEqual(["hot", "met in Berlin"]);
  expect(tagsProblem(tagsIn(" , "))).toBe("Type at least one tag.");
  expect(tagsProblem(["x".repeat(101)])).toBe("A tag has at most 100 characters.");
  expect(tagsProblem(Array.from({ length: 51 }, (_, i) => `t${i}`))).toBe("Use at most 50 tags at once.");
  expect(tagsProblem(["hot"])).toBeNull();
});
