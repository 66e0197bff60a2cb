import { createHash } from "node:crypto";
import type { ImportMapping } from "@contracts";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { checkFile } from "./check-file";

const MAPPING: ImportMapping = {
  version: 1,
  encoding: "utf-8",
  delimiter: ",",
  newline: "\n",
  header_rows: 1,
  columns: [
    { header: "Name", target: "name" },
    { header: "Site", target: "website" },
  ],
};

describe("checking a file", () => {
  it("counts what fits, and lists the rest by line with reason and original cells", async () => {
    const text = "Name,Site\nAcme,acme.com\n,\n,foo\n,=x\nCore,core.io\n";
    const check = await checkFile(new Blob([text]), "companies", MAPPING);
    expect(check).toMatchObject({ rows: 4, valid: 2, rejected: 2, chunkCount: 1 });
    expect(check.hash).toBe(createHash("sha256").update(text).digest("hex"));
    expect(check.rejectedSample.map(({ row }) => row)).toEqual([3, 4]);
    expect(Papa.parse((await check.rejectedCsv?.text()) ?? "").data.slice(0, -1)).toEqual([
      ["Line", "Reason", "Name", "Site"],
      ["4", "“foo” is not a web address.", "", "foo"],
      ["5", "“=x” is not a web address.", "", "'=x"],
    ]);
  });

  it("lists what did not fit in rows that are imported all the same", async () => {
    const check = await checkFile(new Blob(["Name,Site\nBolt,foo\n"]), "companies", MAPPING);
    expect(check).toMatchObject({ valid: 1, rejected: 0, notes: 1 });
    expect(check.noteSample).toEqual([
      { row: 1, note: "“foo” is not a web address. Kept as the custom field “Site”." },
    ]);
  });

  it("says how far it is, and gives no list when all rows fit", async () => {
    const text = `Name,Site\n${"Acme,acme.com\n".repeat(2_500)}`;
    const progress: number[] = [];
    const check = await checkFile(new Blob([text]), "companies", MAPPING, (_, rows) => progress.push(rows));
    expect(check).toMatchObject({ rows: 2_500, rejected: 0, rejectedCsv: null, chunkCount: 3 });
    expect(progress).toEqual([1_000, 2_000, 2_500]);
  });
});
