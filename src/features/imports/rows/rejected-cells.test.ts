import { describe, expect, it } from "vitest";
import { rejectedCells } from "./rejected-cells";

const columns = [
  { header: "Person", target: "name" },
  { header: "Firm", target: "company_name" },
  { header: "Tags A", target: "tags" },
  { header: "Tags B", target: "tags" },
  { header: "Score", target: "custom" },
  { header: "Junk", target: "skip" },
];

describe("the cells of a rejected row", () => {
  it("are those of the file when the browser refused it", () => {
    expect(rejectedCells("contacts", columns, ["Ann", "", "=x", "", "7", "j"])).toEqual([
      "Ann",
      "",
      "=x",
      "",
      "7",
      "j",
    ]);
  });

  it("are found again by field when the server refused it", () => {
    const sent = { row: 3, name: "Ann", company: { name: "Acme" }, tags: ["a", "b"], custom: { Score: "7" } };
    expect(rejectedCells("contacts", columns, sent)).toEqual(["Ann", "Acme", "a, b", "", "7", ""]);
  });

  it("are empty for anything else", () => {
    expect(rejectedCells("contacts", columns, null)).toEqual(["", "", "", "", "", ""]);
  });
});
