import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clean, fold } from "./text.ts";

describe("clean", () => {
  it("gives one line without control, bidirectional and zero-width characters", () => {
    expect(clean(" a\n\t b\u0000\u202Ec\u200B\u00ADd\uFEFF ", 100)).toBe("a bcd");
  });

  it("never goes over the limit, never ends in half a character, and cleaning twice changes nothing", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 300 }),
        fc.integer({ min: 1, max: 50 }),
        (text, max) => {
          const line = clean(text, max);
          expect(line.length).toBeLessThanOrEqual(max);
          expect(line).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
          expect(clean(line, max)).toBe(line);
        },
      ),
    );
  });
});

describe("fold", () => {
  it.each([
    ["Über  uns!", "uber uns"],
    ["Łódź – Øresund", "lodz oresund"],
    ["Straße", "strasse"],
    ["회사소개", "회사소개"],
    ["メンバー", "メンバー"],
    ["من نحن؟", "من نحن"],
  ])("makes %s comparable", (text, folded) => expect(fold(text)).toBe(folded));
});
