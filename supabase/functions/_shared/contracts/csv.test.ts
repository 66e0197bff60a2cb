import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { csvLine, neutraliseFormula, writeCsv } from "./csv.ts";

const parse = (text: string) =>
  Papa.parse<string[]>(text, { delimiter: ",", newline: "\r\n" }).data.slice(0, -1);

const nasty = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom('"', ",", "\r", "\n", "=", "+", "-", "@", "\t", " ", "a", "1", "'", ";"),
  }),
);
const rows = fc.array(fc.array(nasty, { minLength: 1, maxLength: 6 }), { maxLength: 8 });

describe("a CSV file we write", () => {
  it("reads back as the same rows, cell for cell, but for neutralised formulas", () => {
    fc.assert(
      fc.property(rows, (table) => {
        expect(parse(writeCsv(table))).toEqual(table.map((row) => row.map(neutraliseFormula)));
      }),
      { numRuns: 1_000 },
    );
  });

  it("has no cell that a spreadsheet would run as a formula", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const [[cell = ""] = []] = parse(csvLine([text]));
        expect(/^[=@\t\r]/.test(cell) || (/^[+-]/.test(cell) && /[^\d.,() ]/.test(cell.slice(1)))).toBe(
          false,
        );
      }),
    );
  });

  it.each([
    ["=1+1", "'=1+1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
    ["-2+3+cmd", "'-2+3+cmd"],
    ["\t=1", "'\t=1"],
    ["\r=1", "'\r=1"],
    ["-5", "-5"],
    ["+49 (30) 123-456", "'+49 (30) 123-456"],
    ["+49 30 123456", "+49 30 123456"],
    ["-1,234.50", "-1,234.50"],
    ["-", "-"],
    ["+49-30", "'+49-30"],
    ["a=1", "a=1"],
    ["", ""],
  ])("writes %j as %j", (text, expected) => {
    expect(neutraliseFormula(text)).toBe(expected);
  });

  it("writes null and undefined as empty cells and keeps numbers and booleans", () => {
    expect(csvLine([null, undefined, 0, false])).toBe(",,0,false\r\n");
  });
});
