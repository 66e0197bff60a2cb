import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { StorageFault } from "../src/storage/errors.ts";
import { allowsType, attachment, objectName } from "../src/storage/names.ts";
import { parseRange } from "../src/storage/range.ts";

describe("ranges", () => {
  test("lie within the file and are never empty", () => {
    const bound = fc.option(fc.nat(50), { nil: "" as const });
    fc.assert(
      fc.property(bound, bound, fc.nat(40), (first, last, size) => {
        const range = parseRange(`bytes=${first}-${last}`, size);
        if (range === null || range === "unsatisfiable") return;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeGreaterThanOrEqual(range.start);
        expect(range.end).toBeLessThan(size);
      }),
    );
  });

  test("that follow each other give every byte once", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 60 }), (size, step) => {
        let next = 0;
        while (next < size) {
          const range = parseRange(`bytes=${next}-${next + step - 1}`, size);
          if (range === null || range === "unsatisfiable") throw new Error("a part is missing");
          expect(range.start).toBe(next);
          next = range.end + 1;
        }
        expect(next).toBe(size);
        expect(parseRange(`bytes=${next}-`, size)).toBe("unsatisfiable");
      }),
    );
  });

  test("of anything else are the whole file", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (header, size) => {
        fc.pre(!/^\s*bytes=\d*-\d*\s*$/i.test(header));
        expect(parseRange(header, size)).toBeNull();
      }),
    );
  });
});

describe("names", () => {
  test("that pass have no empty, . or .. part and no backslash or control character", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", ".", "/", "\\", "\0", "\n", "%", " ", "é") }),
        (name) => {
          try {
            objectName(name);
          } catch (error) {
            expect(error).toBeInstanceOf(StorageFault);
            return;
          }
          expect(name.split("/")).not.toEqual(expect.arrayContaining([""]));
          expect(/(^|\/)\.{1,2}(\/|$)|[\\\0\n%é]/.test(name)).toBe(false);
        },
      ),
    );
  });

  test("to save as are one safe header, and come back as they were", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        const header = attachment(name);
        expect(new Headers({ "content-disposition": header }).get("content-disposition")).toBe(header);
        const [, plain = "", encoded = ""] =
          /^attachment; filename="([^"]*)"; filename\*=UTF-8''(.*)$/.exec(header) ?? [];
        expect(plain).toMatch(/^[\x20-\x7e]*$/);
        expect(decodeURIComponent(encoded)).toBe(Buffer.from(name).toString());
      }),
    );
  });

  test.each([
    ["text/csv", ["text/csv"], true],
    ["TEXT/CSV; charset=utf-8", ["text/csv"], true],
    ["text/csv", ["text/*"], true],
    ["text/csv", ["application/json", "image/*"], false],
    ["textual/csv", ["text/*"], false],
    ["text/csv", [], false],
  ])("%s in %j is %s", (type, allowed, expected) => {
    expect(allowsType(allowed, type)).toBe(expected);
  });
});
