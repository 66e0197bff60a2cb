import { describe, expect, it } from "vitest";
import { detectDelimiter, detectNewline } from "./detect-delimiter";

describe("the delimiter of a file", () => {
  it.each([
    ["commas", "name,website\nAcme,acme.com\nBolt,bolt.eu\n", ","],
    [
      "semicolons, also with commas in the cells",
      'name;address\nAcme;"1, A St, X"\nBolt;2, B St, Y\nCo;3, C St, Z\n',
      ";",
    ],
    ["tabs", "name\twebsite\nAcme, Inc\tacme.com\nBolt\tbolt.eu\n", "\t"],
    ["pipes", "name|website\nAcme|acme.com\n", "|"],
    ["a comma for a single column", "name\nAcme\nBolt\n", ","],
    ["what Excel's sep= line says", "sep=;\r\nname;website\r\nAcme;acme.com\r\n", ";"],
    ["commas when quoted cells hold line breaks", 'name,about\nAcme,"a;b\nc;d\ne;f"\nBolt,"g;h\ni"\n', ","],
    [
      "commas under notes of an export",
      'Notes:\n"One; two; three"\n\nFirst Name,Last Name\nA,B\nC,D\nE,F\n',
      ",",
    ],
  ])("is %s", (_, text, delimiter) => {
    expect(detectDelimiter(text)).toBe(delimiter);
  });

  it("goes with the line ends of old Macs too", () => {
    expect(detectNewline("name;city\rAcme;Berlin\r")).toBe("\r");
    expect(detectDelimiter("name;city\rAcme;Berlin\r")).toBe(";");
    expect(detectNewline("a\r\nb")).toBe("\n");
  });
});
