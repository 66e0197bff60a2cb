import fc from "fast-check";
import { expect, test } from "vitest";
import { lengthProblem, mergeTags, readTags, tagsText } from "./tags";

const tag = fc.oneof(
  fc.constantFrom("hot", "Berlin, Mitte", 'the "big" one', '"', ",", ' "a", b ', "a  b"),
  fc.string({ minLength: 1, maxLength: 6 }),
  fc.string({ minLength: 150, maxLength: 200 }),
);
const tags = fc.uniqueArray(tag, { maxLength: 6 });

test("tags that are written as a text are read from it unchanged, whatever is in them", () => {
  fc.assert(
    fc.property(tags, (all) => {
      expect(readTags(tagsText(all))).toEqual(all);
    }),
  );
});

test("typed tags have commas between them, quotes keep a comma, and spaces around do not count", () => {
  expect(readTags(' hot ,, met  in Berlin,hot, "Berlin, Mitte" ')).toEqual([
    "hot",
    "met in Berlin",
    "Berlin, Mitte",
  ]);
  expect(readTags('12" pipe, "open')).toEqual(['12" pipe', '"open']);
});

test("an edit adds and removes what the user did, and leaves alone what others did meanwhile", () => {
  const names = ["a", "b", "c", "d", "e"];
  const few = fc.uniqueArray(fc.constantFrom(...names));
  fc.assert(
    fc.property(few, few, few, (now, before, after) => {
      const merged = new Set(mergeTags(now, before, after));
      for (const one of names) {
        const edited = before.includes(one) !== after.includes(one);
        expect(merged.has(one)).toBe((edited ? after : now).includes(one));
      }
    }),
  );
});

test("a tag has at most as many characters as the server takes", () => {
  expect(lengthProblem(["x".repeat(100)])).toBeNull();
  expect(lengthProblem(["a", "x".repeat(101)])).toBe("A tag has at most 100 characters.");
});
