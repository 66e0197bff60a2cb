import fc from "fast-check";
import type postgres from "postgres";
import { beforeAll, describe, expect, test } from "vitest";
import { type Person, testDatabase } from "../support/database.ts";

interface Page {
  rows: { id: string; name: string; domain: string | null; company?: { name: string } }[];
  next_cursor: string | null;
  total: number | null;
  total_is_capped: boolean;
}

interface Listing {
  filter?: postgres.JSONValue;
  sort?: string;
  direction?: string;
  cursor?: string | null;
  size?: number;
}

const database = testDatabase();
let ann: Person;
let campaign: string;

async function list(what: Listing = {}, person: Person | null = ann, id = campaign): Promise<Page> {
  const { filter = {}, sort = "name", direction = "asc", cursor = null, size = 50 } = what;
  return database.current.as(person, async (sql) => {
    const [row] = await sql`
      select public.list_companies(${id}, ${sql.json(filter)}, ${sort}, ${direction}, ${cursor}, ${size}) as page`;
    return row?.page;
  });
}

async function walk(what: Listing, between: () => Promise<void> = async () => {}): Promise<Page["rows"]> {
  const rows: Page["rows"] = [];
  let cursor: string | null = null;
  do {
    const page: Page = await list({ ...what, cursor });
    rows.push(...page.rows);
    cursor = page.next_cursor;
    await between();
  } while (cursor);
  return rows;
}

beforeAll(async () => {
  ann = await database.current.makePerson("ann");
  campaign = await database.current.makeCampaign(ann);
  await database.current.sql`
    insert into public.companies (workspace_id, campaign_id, name, domain, dedupe_key, country, industry, email)
    select ${ann.workspaceId}, ${campaign}, (array['Zeta', 'alpha', 'Émile', 'same', 'same'])[1 + n % 5] || case when n % 5 < 3 then n::text else '' end,
      case when n % 3 > 0 then 'site-' || n || '.example' end, 'k' || n, (array['DE', 'FR', null])[1 + n % 3], case when n % 2 = 0 then 'Robots' end,
      case when n % 10 = 0 then 'a@b.example' end
    from generate_series(1, 137) as n`;
});

describe("pages", () => {
  test("walking any sort, both ways and in any page size meets every row once, in order, nulls last", async () => {
    const sorts = [
      "name",
      "domain",
      "country",
      "industry",
      "created_at",
      "updated_at",
      "contact_count",
      "research_status",
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...sorts),
        fc.constantFrom("asc", "desc"),
        fc.integer({ min: 7, max: 140 }),
        async (sort, direction, size) => {
          const rows = await walk({ sort, direction, size });
          expect(new Set(rows.map((row) => row.id)).size).toBe(137);
          expect(rows).toHaveLength(137);
          if (sort !== "domain") return;
          const keys = rows.map((row) => row.domain);
          const firstNull = keys.indexOf(null);
          expect(keys.slice(firstNull).every((key) => key === null)).toBe(true);
          const values = keys.slice(0, firstNull);
          expect(values).toEqual(
            [...values].sort((a, b) => ((a ?? "") < (b ?? "") === (direction === "asc") ? -1 : 1)),
          );
        },
      ),
      { numRuns: 25 },
    );
  });

  test("rows that come and go while walking do not disturb the others", async () => {
    const { sql } = database.current;
    const before = new Set((await walk({ sort: "domain" })).map((row) => row.id));
    let n = 0;
    const met = await walk({ sort: "domain", size: 10 }, async () => {
      n += 1;
      await sql`insert into public.companies (workspace_id, campaign_id, name, domain, dedupe_key)
        values (${ann.workspaceId}, ${campaign}, 'New', ${`a-new-${n}.example`}, ${`new${n}`})`;
      await sql`delete from public.companies where dedupe_key = ${`new${n - 1}`}`;
    });
    await sql`delete from public.companies where dedupe_key like 'new%'`;
    const known = met.map((row) => row.id).filter((id) => before.has(id));
    expect(known).toHaveLength(before.size);
    expect(new Set(known).size).toBe(before.size);
  });

  test("the total comes with the first page only", async () => {
    const first = await list({ size: 10 });
    expect(first).toMatchObject({ total: 137, total_is_capped: false });
    expect(await list({ size: 10, cursor: first.next_cursor })).toMatchObject({ total: null });
    expect(await list({ filter: { country: ["DE"] } })).toMatchObject({ total: 45 });
  });
});

describe("filters and search", () => {
  test("a prefix of any word finds it, without accents and in any case", async () => {
    expect((await list({ filter: { q: "emil" } })).total).toBe(28);
    expect((await list({ filter: { q: "ÉMILE2" } })).rows.map((row) => row.name)).toContain("Émile2");
    expect((await list({ filter: { q: "site-10.exa" } })).rows.map((row) => row.domain)).toContain(
      "site-10.example",
    );
    expect(
      (await list({ filter: { q: "alpha robots" } })).rows.every((row) => row.name.startsWith("alpha")),
    ).toBe(true);
  });

  test("names with dots, slashes and signs are found by what people type", async () => {
    const odd = ["Booking.com", "1.5 Ventures", "Twenty/20", "AT&T", "C++ House", "info@x.example Ltd"];
    const id = await database.current.makeCampaign(ann);
    await database.current.sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key)
      select ${ann.workspaceId}, ${id}, name, name from unnest(${odd}::text[]) as name`;
    for (const name of odd) {
      for (const q of [name, name.toLowerCase().slice(0, -1)])
        expect(
          (await list({ filter: { q } }, ann, id)).rows.map((row) => row.name),
          q,
        ).toContain(name);
    }
  });

  test("words without a letter do not narrow; words nobody has find nothing", async () => {
    expect((await list({ filter: { q: " !' " } })).total).toBe(137);
    expect((await list({ filter: { q: "qqq" } })).total).toBe(0);
  });

  test("filters combine", async () => {
    const page = await list({ filter: { has_email: true, has_website: false, status: ["new"] } });
    expect(page.rows.every((row) => row.domain === null)).toBe(true);
    expect(page.total).toBe(4);
  });
});

describe("bad requests", () => {
  test.each<[string, Listing]>([
    ["bad_sort", { sort: "name; drop table companies" }],
    ["bad_sort", { direction: "sideways" }],
    ["bad_page_size", { size: 0 }],
    ["bad_page_size", { size: 201 }],
    ["bad_filter", { filter: { nope: 1 } }],
    ["bad_filter", { filter: [] }],
    ["bad_filter", { filter: { has_email: "maybe" } }],
    ["bad_filter", { filter: { owner_id: "x' or true" } }],
    ["bad_filter", { filter: { q: "x".repeat(200_000) } }],
    ["bad_cursor", { cursor: "nonsense" }],
    ["bad_cursor", { cursor: Buffer.from('{"v":2}').toString("base64") }],
  ])("answer %s and a readable message", async (hint, what) => {
    await expect(list(what)).rejects.toMatchObject({ hint, code: "PT400" });
  });

  test("a cursor only fits the list, sort and filter it came from", async () => {
    const { next_cursor } = await list({ size: 5 });
    for (const other of [{ sort: "domain" }, { direction: "desc" }, { filter: { has_email: true } }]) {
      await expect(list({ ...other, cursor: next_cursor })).rejects.toMatchObject({ hint: "bad_cursor" });
    }
  });

  test("a campaign of another workspace is an empty list, for a user and for nobody", async () => {
    const bob = await database.current.makePerson("bob");
    expect(await list({}, bob)).toMatchObject({ rows: [], total: 0 });
    expect(await list({ filter: { q: "alpha" } }, bob)).toMatchObject({ rows: [], total: 0 });
    await expect(list({}, null)).rejects.toMatchObject({ code: "42501" });
  });
});
