import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { type Person, testDatabase } from "../support/database.ts";

interface ChunkResult {
  created: number;
  updated: number;
  duplicates: number;
  rejected: { row: number; reason: string }[];
  already: boolean;
}

const database = testDatabase();
let ann: Person;
let campaign: string;

beforeEach(async () => {
  ann = await database.current.makePerson("ann");
  campaign = await database.current.makeCampaign(ann);
});

function start(kind: "companies" | "contacts", hash: string = randomUUID(), person = ann) {
  return database.current.as(person, async (sql) => {
    const [row] =
      await sql`select public.start_import(${campaign}, ${kind}, 'list.csv', 100, ${hash}, '{}') as started`;
    return row?.started as { import: { id: string; status: string }; chunks_done: number[] };
  });
}

function send(importId: string, chunk: number, rows: unknown[], rejected: unknown[] = [], person = ann) {
  return database.current.as(person, async (sql) => {
    const [row] = await sql`select public.import_rows(${importId}, ${chunk},
      ${JSON.stringify(rows)}::text::jsonb, ${JSON.stringify(rejected)}::text::jsonb) as result`;
    return row?.result as ChunkResult;
  });
}

function finish(importId: string, chunks: number) {
  return database.current.as(ann, async (sql) => {
    const [row] = await sql`select public.finish_import(${importId}, ${chunks}) as import`;
    return row?.import;
  });
}

const companies = () =>
  database.current.sql`select * from public.companies where campaign_id = ${campaign} order by created_at`;
const contacts = () =>
  database.current.sql`select c.*, o.domain as company_domain, o.name as company_name from public.contacts c
    join public.companies o on o.id = c.company_id where c.campaign_id = ${campaign} order by c.created_at`;

describe("web addresses", () => {
  test.each<[string, string | null]>([
    ["https://www.Acme.example/x?y#z", "acme.example"],
    ["www.com", "www.com"],
    ["www.acme.com.", "acme.com"],
    ["info@acme.com", "acme.com"],
    ["mailto:info@acme.com", "acme.com"],
    ["https://medium.com/@acme", "medium.com"],
    ["https://user:secret@acme.co.uk:8080/", "acme.co.uk"],
    ["XN--MLLER-KVA.de", "xn--mller-kva.de"],
    ["-a.com", null],
    ["a..com", null],
    ["a-.com", null],
    ["x.c", null],
    ["localhost", null],
    ["192.168.0.1", null],
    ["not a site", null],
    [`${"a".repeat(64)}.com`, null],
  ])("“%s” is the domain %s", async (address, domain) => {
    const [row] = await database.current.sql`select private.normalize_domain(${address}) as domain`;
    expect(row?.domain).toBe(domain);
  });
});

describe("companies", () => {
  test("a web address in any spelling becomes the company's domain", async () => {
    const { import: started } = await start("companies");
    const spellings = [
      "https://www.Acme.example/about?x=1#y",
      "ACME.example.",
      "info@acme.example",
      "http://acme.example:8080",
    ];
    const result = await send(
      started.id,
      0,
      spellings.map((website, index) => ({ row: index + 1, website })),
    );
    expect(result).toMatchObject({ created: 1, updated: 0, duplicates: 3, rejected: [] });
    expect(await companies()).toMatchObject([
      { name: "acme.example", domain: "acme.example", website: spellings[0] },
    ]);
  });

  test("a company may have a name and no website; the same name is the same company", async () => {
    const { import: started } = await start("companies");
    await send(started.id, 0, [{ row: 1, name: " Müller   & Söhne" }]);
    const again = await send(started.id, 1, [{ row: 2, name: "MULLER & SOHNE", country: "DE" }]);
    expect(again).toMatchObject({ created: 0, updated: 1 });
    expect(await companies()).toMatchObject([{ name: "Müller & Söhne", domain: null, country: "DE" }]);
  });

  test("what is there already is never overwritten, what is missing is filled in", async () => {
    const { import: started } = await start("companies");
    await send(started.id, 0, [
      { row: 1, name: "Acme", website: "acme.example", phone: "1", tags: ["a"], custom: { x: "1" } },
    ]);
    await send(started.id, 1, [
      {
        row: 2,
        name: "Other",
        website: "acme.example",
        phone: "2",
        country: "FR",
        tags: ["b"],
        custom: { x: "2", y: "3" },
      },
    ]);
    const [company] = await companies();
    expect(company).toMatchObject({ name: "Acme", phone: "1", country: "FR", custom: { x: "1", y: "3" } });
    expect([...(company?.tags ?? [])].sort()).toEqual(["a", "b"]);
  });

  test("rows that do not fit are kept with the reason and the row as it was read", async () => {
    const { import: started } = await start("companies");
    const result = await send(
      started.id,
      0,
      [
        { row: 7, name: "X", website: "not a site" },
        { row: 8, phone: "1" },
      ],
      [{ row: 9, reason: "Too long.", raw: ["a", "b"] }],
    );
    expect(result.rejected).toEqual([
      { row: 7, reason: "“not a site” is not a web address." },
      { row: 8, reason: "No company name and no website." },
    ]);
    const kept = await database.current.as(
      ann,
      (sql) => sql`select row_number, reason, raw from public.import_rejected_rows order by row_number`,
    );
    expect(kept).toMatchObject([
      { row_number: 7, raw: { name: "X", website: "not a site" } },
      { row_number: 8 },
      { row_number: 9, reason: "Too long.", raw: ["a", "b"] },
    ]);
  });

  test("an address of several lines keeps them, a name is one line", async () => {
    const { import: started } = await start("companies");
    await send(started.id, 0, [
      {
        row: 1,
        name: "Old\nQuay",
        address: " 14  Albert\tQuay \r\n\r\n\u00a0Aberdeen\n",
        description: "one\u0007line",
      },
    ]);
    expect(await companies()).toMatchObject([
      { name: "Old Quay", address: "14 Albert Quay\nAberdeen", description: "one line" },
    ]);
  });

  test("the order of the file is the order of the list", async () => {
    const { import: started } = await start("companies");
    const names = ["zeta", "alpha", "mid"];
    await send(
      started.id,
      0,
      names.map((name, index) => ({ row: index + 1, name })),
    );
    expect((await companies()).map((row) => row.name)).toEqual(names);
  });
});

describe("contacts", () => {
  test("a person lands at their company, which is made if it is new", async () => {
    const { import: started } = await start("contacts");
    const result = await send(started.id, 0, [
      {
        row: 1,
        first_name: "Jane",
        last_name: "Doe",
        email: "jane@acme.example",
        company: { name: "Acme", website: "acme.example" },
      },
      { row: 2, name: "Joe", email: "joe@beta.example" },
      { row: 3, name: "Jim", email: "jim@gmail.com" },
      { row: 4, email: "not an address", company: { name: "Acme" } },
    ]);
    expect(result).toMatchObject({
      created: 2,
      rejected: [
        { row: 3, reason: "No company for this contact." },
        { row: 4, reason: "“not an address” is not an e-mail address." },
      ],
    });
    expect(await contacts()).toMatchObject([
      { name: "Jane Doe", company_name: "Acme", company_domain: "acme.example", source: "import" },
      { name: "Joe", company_domain: "beta.example" },
    ]);
  });

  test("the same person by e-mail, profile or name is updated, two people of one name are not mixed up", async () => {
    const { import: started } = await start("contacts");
    const company = { website: "acme.example" };
    await send(started.id, 0, [{ row: 1, name: "Jane Doe", title: "CEO", company }]);
    const second = await send(started.id, 1, [
      { row: 2, name: "jane doe", email: "jane@acme.example", company },
    ]);
    expect(second).toMatchObject({ created: 0, updated: 1 });
    const third = await send(started.id, 2, [
      { row: 3, name: "Jane Doe", email: "jane.doe2@acme.example", company },
    ]);
    expect(third).toMatchObject({ created: 1 });
    expect((await contacts()).map((row) => row.email)).toEqual([
      "jane@acme.example",
      "jane.doe2@acme.example",
    ]);
  });
});

describe("chunks", () => {
  test("sent twice, also at the same time, a chunk counts once", async () => {
    const { import: started } = await start("companies");
    const rows = [
      { row: 1, name: "A" },
      { row: 2, name: "B" },
    ];
    const results = await Promise.all([1, 2, 3].map(() => send(started.id, 0, rows)));
    expect(results.filter((result) => !result.already)).toHaveLength(1);
    expect(results.every((result) => result.created === 2)).toBe(true);
    expect(await finish(started.id, 1)).toMatchObject({
      status: "completed",
      created_rows: 2,
      processed_rows: 2,
    });
  });

  test("an interrupted import continues where it was; its end waits for every chunk", async () => {
    const { import: started } = await start("companies", "the-file");
    await send(started.id, 1, [{ row: 2, name: "B" }]);
    await expect(finish(started.id, 3)).rejects.toMatchObject({
      hint: "import_incomplete",
      detail: "[0, 2]",
    });
    const again = await start("companies", "the-file");
    expect(again).toMatchObject({ import: { id: started.id }, chunks_done: [1] });
  });

  test("other rows under the number of a chunk that is there are refused", async () => {
    const { import: started } = await start("companies");
    await send(started.id, 0, [{ row: 1, name: "A" }]);
    await expect(send(started.id, 0, [{ row: 1, name: "B" }])).rejects.toMatchObject({
      hint: "chunk_changed",
    });
  });

  test("chunks of one file from many connections at once lose nothing and never deadlock", async () => {
    const { import: started } = await start("companies");
    const chunks = Array.from({ length: 24 }, (_, chunk) =>
      Array.from({ length: 100 }, (_, index) => ({
        row: chunk * 100 + index,
        website: `c${(chunk * 37 + index) % 500}.example`,
      })),
    );
    await Promise.all(chunks.map((rows, chunk) => send(started.id, chunk, rows)));
    const distinct = new Set(chunks.flat().map((row) => row.website)).size;
    expect(await companies()).toHaveLength(distinct);
    const [counted] = await database.current
      .sql`select company_count from public.campaigns where id = ${campaign}`;
    expect(counted).toEqual({ company_count: distinct });
    expect(await finish(started.id, 24)).toMatchObject({
      created_rows: distinct,
      processed_rows: 2400,
      duplicate_rows: 2400 - distinct,
    });
  });

  test.each<[string, unknown[]]>([
    ["too many rows", Array.from({ length: 1001 }, () => ({ name: "A" }))],
    ["more than 4 MB", [{ name: "A", custom: { x: "y".repeat(4_000_001) } }]],
  ])("%s are refused whole", async (_, rows) => {
    const { import: started } = await start("companies");
    await expect(send(started.id, 0, rows)).rejects.toMatchObject({ hint: "bad_chunk" });
  });

  test("rows of the wrong shape are an error of the chunk and nothing is written", async () => {
    const { import: started } = await start("companies");
    await expect(send(started.id, 0, [{ row: "seven", name: "A" }])).rejects.toMatchObject({
      hint: "bad_chunk",
    });
    expect(await companies()).toHaveLength(0);
    const odd = await send(started.id, 0, [
      "text",
      5,
      null,
      { row: 4, name: { a: 1 }, tags: "x", custom: [] },
    ]);
    expect(odd.rejected.map((one) => one.row)).toEqual([1, 2, 3]);
  });
});

describe("who may import", () => {
  test("not a viewer, and a stranger's import does not exist", async () => {
    const viewer = await database.current.makePerson("viewer");
    await database.current.addMember(ann.workspaceId, viewer, "viewer");
    await expect(start("companies", "h", viewer)).rejects.toMatchObject({ hint: "forbidden" });
    const bob = await database.current.makePerson("bob");
    await expect(start("companies", "h", bob)).rejects.toMatchObject({ hint: "not_found", code: "PT404" });
    const { import: started } = await start("companies");
    await expect(send(started.id, 0, [{ name: "A" }], [], bob)).rejects.toMatchObject({ hint: "not_found" });
  });
});
