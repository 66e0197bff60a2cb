import { expect, test } from "vitest";
import { exportColumns } from "./columns.ts";

test("a file of companies has every column and then the custom ones", () => {
  const columns = exportColumns("companies", ["Segment", "name"]) ?? [];
  expect(columns[0]?.header).toBe("Name");
  expect(columns.slice(-2).map((column) => column.header)).toEqual(["Segment", "name (custom)"]);
  const row = { name: "Acme", tags: ["a", "b"], custom: { Segment: "SMB", name: "other" } };
  const cells = Object.fromEntries(columns.map((column) => [column.header, column.cell(row)]));
  expect(cells).toMatchObject({
    Name: "Acme",
    Tags: "a; b",
    Segment: "SMB",
    "name (custom)": "other",
    Phone: null,
  });
});

test("a custom column may be called like a part of every object", () => {
  const names = ["constructor", "__proto__", "toString"];
  const columns = exportColumns("companies", names)?.slice(-3) ?? [];
  expect(columns.map((column) => column.cell({ custom: {} }))).toEqual([null, null, null]);
  const custom = JSON.parse('{"constructor": "a", "__proto__": "b", "toString": "c"}');
  expect(columns.map((column) => column.cell({ custom }))).toEqual(["a", "b", "c"]);
});

test("a contact's company is spelled out", () => {
  const columns = exportColumns("contacts", [], ["name", "company.name", "do_not_contact"]) ?? [];
  const row = { name: "Jane", company: { name: "Acme" }, do_not_contact: false };
  expect(columns.map((column) => column.cell(row))).toEqual(["Jane", "Acme", false]);
});

test("both files say whose a row is, that of contacts also the seniority", () => {
  const row = { owner_id: "1", owner: "ann@acme.example", seniority: "C-level" };
  for (const [kind, headers] of [
    ["companies", { Owner: row.owner }],
    ["contacts", { Owner: row.owner, Seniority: row.seniority }],
  ] as const) {
    const columns = exportColumns(kind, []) ?? [];
    const cells = Object.fromEntries(columns.map((column) => [column.header, column.cell(row)]));
    expect(cells).toMatchObject(headers);
    expect(Object.values(cells)).not.toContain(row.owner_id);
  }
});

test("a column that does not exist is refused", () => {
  expect(exportColumns("contacts", [], ["name", "password"])).toBeNull();
});
