import {
  companyImportRow,
  contactImportRow,
  IMPORT_LIMITS,
  type ImportKind,
  type ImportMapping,
} from "@contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RawRow } from "../reading/read-rows";
import { type Chunk, convertRow, makeChunks } from "./chunks";

const mapping = (columns: Record<string, string>): ImportMapping => ({
  version: 1,
  encoding: "utf-8",
  delimiter: ",",
  newline: "\n",
  header_rows: 1,
  columns: Object.entries(columns).map(([header, target]) => ({ header, target })),
});
const raw = (cells: string[], line = 2): RawRow => ({ line, cells, problem: null });
const company = (cells: Record<string, string>, targets: Record<string, string> = {}) =>
  convertRow(
    "companies",
    mapping(Object.fromEntries(Object.keys(cells).map((header) => [header, targets[header] ?? header]))),
    raw(Object.values(cells)),
  ).row;
const contact = (cells: Record<string, string>) =>
  convertRow(
    "contacts",
    mapping(Object.fromEntries(Object.keys(cells).map((key) => [key, key]))),
    raw(Object.values(cells)),
  ).row;

describe("a row of a company file", () => {
  it("becomes a company with its website as written and its domain", () => {
    expect(company({ name: " Acme ", website: "HTTPS://www.Acme.com/about" })).toEqual({
      row: 1,
      name: "Acme",
      website: "HTTPS://www.Acme.com/about",
      domain: "acme.com",
    });
  });

  it("may have a name and no website, also when the cell says that there is none", () => {
    for (const website of ["", "-", "N/A", "none", "#N/A"]) {
      expect(company({ name: "Acme", website })).toEqual({ row: 1, name: "Acme" });
    }
  });

  it("may have a website and no name, also as an e-mail address or an international name", () => {
    expect(company({ name: "", website: "info@acme.com" })).toEqual({
      row: 1,
      website: "acme.com",
      domain: "acme.com",
    });
    expect(company({ name: "", website: "münchen.de" })).toMatchObject({ domain: "xn--mnchen-3ya.de" });
  });

  it("keeps formula-looking cells and custom columns as they are", () => {
    const row = company({ name: "=1+1", Score: "@7", Notes: "x" }, { Score: "custom", Notes: "skip" });
    expect(row).toEqual({ row: 1, name: "=1+1", custom: { Score: "@7" } });
  });

  it("joins the columns of an address and splits tags", () => {
    const columns = { Street: "address", City: "address", tags: "tags", name: "name" };
    expect(company({ Street: "1 A St", City: "Bonn", tags: "a, b; a", name: "Acme" }, columns)).toMatchObject(
      {
        address: "1 A St, Bonn",
        tags: ["a", "b"],
      },
    );
  });

  it("writes LinkedIn and e-mail addresses so that they open", () => {
    expect(
      company({ name: "A", linkedin_url: "linkedin.com/company/a?trk=x#y", email: "Ann <ann@a.io>" }),
    ).toMatchObject({
      linkedin_url: "https://linkedin.com/company/a",
      email: "ann@a.io",
    });
  });

  it.each([
    [{ name: "", website: "" }, "No company name and no website."],
    [{ name: "", website: "foo" }, "“foo” is not a web address."],
    [{ name: "", website: "javascript:alert(1)" }, "“javascript:alert(1)” is not a web address."],
    [{ name: "x".repeat(301) }, "Company name has 301 characters; it may have 300."],
    [
      { name: "A", about: "x".repeat(1_000_001) },
      "“about” has 1,000,001 characters; a cell may have 32,767.",
    ],
  ])("is rejected with its reason: %#", (cells: Record<string, string>, reason) => {
    expect(company(cells)).toMatchObject({ row: 1, reason });
  });

  it.each([
    [{ website: "call us" }, "“call us” is not a web address. Kept as the custom field “website”."],
    [{ email: "❌ none" }, "“❌ none” is not an e-mail address. Kept as the custom field “email”."],
    [
      { linkedin_url: "https://evil.example/in/x" },
      "“https://evil.example/in/x” is not a LinkedIn address. Kept as the custom field “linkedin_url”.",
    ],
    [
      { phone: "1".repeat(101) },
      "Phone has 101 characters; it may have 100. Kept as the custom field “phone”.",
    ],
  ])(
    "keeps its name and, as a custom field, a value that does not fit: %#",
    (cells: Record<string, string>, note) => {
      const targets = { name: "name", ...Object.fromEntries(Object.keys(cells).map((key) => [key, key])) };
      const converted = convertRow("companies", mapping(targets), raw(["Acme", ...Object.values(cells)]));
      expect(converted).toMatchObject({ row: { row: 1, name: "Acme", custom: cells }, notes: [note] });
    },
  );

  it("keeps a tag of over 500 characters, and all after 200 tags, as custom fields", () => {
    const convert = (cells: string[]) =>
      convertRow("companies", mapping({ name: "name", Tags: "tags", List: "tags" }), raw(["Acme", ...cells]));
    const long = "x".repeat(501);
    expect(convert([`a; ${long}`, "b"])).toMatchObject({
      row: { tags: ["a", "b"], custom: { Tags: long } },
      notes: ["A tag has 501 characters; it may have 500. Kept as the custom field “Tags”."],
    });
    const many = Array.from({ length: 202 }, (_, at) => `t${at}`);
    expect(convert([many.join(","), "last"])).toMatchObject({
      row: { tags: many.slice(0, 200), custom: { Tags: "t200, t201", List: "last" } },
      notes: ["The row has 203 tags; it may have 200. The others are kept as the custom field “Tags”."],
    });
  });

  it("keeps cells beyond the header as custom fields and says so", () => {
    const { row, notes } = convertRow("companies", mapping({ name: "name" }), raw(["Acme", " Inc", ""]));
    expect(row).toEqual({ row: 1, name: "Acme", custom: { "Extra cell 1": " Inc" } });
    expect(notes).toEqual([expect.stringMatching(/^The row has 3 cells, the header 1\./)]);
  });

  it("keeps no password that was in an address", () => {
    expect(JSON.stringify(company({ name: "A", website: "https://user:secret@acme.com/x" }))).not.toContain(
      "secret",
    );
  });

  it("is rejected when its many columns are too much for one request", () => {
    const cells = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`c${at}`, "x".repeat(30_000)]));
    expect(company({ name: "A", ...cells })).toMatchObject({
      reason: expect.stringMatching(/^The row has 600,\d+ characters/),
    });
  });
});

describe("a row of a contact file", () => {
  it("becomes a person at a company", () => {
    expect(
      contact({
        first_name: "Ann",
        last_name: "Lee",
        email: "ann@acme.com",
        company_name: "Acme",
        company_website: "www.acme.com/x",
      }),
    ).toEqual({
      row: 1,
      company: { name: "Acme", website: "acme.com" },
      first_name: "Ann",
      last_name: "Lee",
      email: "ann@acme.com",
    });
  });

  it.each([
    [{ company_name: "Acme" }, "No name, e-mail address or LinkedIn profile."],
    [{ name: "Ann" }, "No company for this contact."],
    [{ name: "Ann", company_website: "acme" }, "“acme” is not a web address."],
    [
      { name: "Ann", email: "ann at acme" },
      "“ann at acme” is not an e-mail address. No company for this contact.",
    ],
    [{ email: "ann at acme" }, "“ann at acme” is not an e-mail address."],
  ])("is rejected with its reason: %#", (cells: Record<string, string>, reason) => {
    expect(contact(cells)).toMatchObject({ reason });
  });
});

const cell = fc.oneof(
  fc.string(),
  fc.constantFrom("Acme", "acme.com", "a@b.co", "linkedin.com/in/x", "x".repeat(40_000), "x".repeat(600)),
);
const target = fc.constantFrom(
  "name",
  "website",
  "email",
  "linkedin_url",
  "company_name",
  "company_website",
  "custom",
  "skip",
  "tags",
);
const COLUMNS = 6;
const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: COLUMNS }), { maxLength: 60 });
const columns = fc.array(target, { minLength: COLUMNS, maxLength: COLUMNS });

async function chunksOf(
  kind: ImportKind,
  of: ImportMapping,
  table: string[][],
  batch: number,
): Promise<Chunk[]> {
  async function* batches() {
    const lines = table.map((cells, at) => raw(cells, at + 1));
    for (let at = 0; at < lines.length; at += batch) yield lines.slice(at, at + batch);
  }
  const chunks: Chunk[] = [];
  for await (const chunk of makeChunks(kind, of, batches())) chunks.push(chunk);
  return chunks;
}

describe("the chunks of a file", () => {
  it("hold every row once, as the contract has it, and are the same however the file was read", async () => {
    await fc.assert(
      fc.asyncProperty(
        rows,
        columns,
        fc.constantFrom<ImportKind>("companies", "contacts"),
        fc.nat(9),
        async (table, targets, kind, n) => {
          const of = mapping(Object.fromEntries(targets.map((to, at) => [`c${at}`, to])));
          const chunks = await chunksOf(kind, of, table, n + 1);
          expect(chunks).toEqual(await chunksOf(kind, of, table, 1_000));
          expect(chunks.map(({ index }) => index)).toEqual([...chunks.keys()]);
          const numbers = chunks.flatMap((chunk) => [...chunk.rows, ...chunk.rejected].map(({ row }) => row));
          expect(numbers.toSorted((a, b) => a - b)).toEqual(table.slice(1).map((_, at) => at + 1));
          const schema = kind === "companies" ? companyImportRow : contactImportRow;
          for (const chunk of chunks)
            for (const row of chunk.rows) {
              schema.parse(row);
              expect((row.tags ?? []).filter((tag) => tag.length > 500)).toEqual([]);
            }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("end at 1,000 rows, or before a request grows too large", async () => {
    const names = Array.from({ length: 2_501 }, (_, at) => [`Company ${at}`]);
    const small = await chunksOf("companies", mapping({ name: "name" }), [["name"], ...names], 333);
    expect(small.map((chunk) => chunk.rows.length)).toEqual([1_000, 1_000, 501]);

    const long = Array.from({ length: 100 }, () => ["Acme", "x".repeat(30_000)]);
    const large = await chunksOf(
      "companies",
      mapping({ name: "name", notes: "custom" }),
      [["name", "notes"], ...long],
      10,
    );
    expect(large.length).toBeGreaterThan(3);
    for (const { rows: sent } of large)
      expect(JSON.stringify(sent).length).toBeLessThan(IMPORT_LIMITS.chunkCharacters + 1_000);
  });
});
