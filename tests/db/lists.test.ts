import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { companyPage } from "../../supabase/functions/_shared/contracts/index.ts";
import { type Person, testDatabase } from "../support/database.ts";
import { type Call, callAs, type Page, reader } from "../support/lists.ts";

const database = testDatabase();
let ann: Person;
let campaign: string;

async function list(what: Call = {}, person: Person | null = ann, id = campaign): Promise<Page> {
  const call = { campaign_id: id, sort: "name", direction: "asc", ...what };
  return reader(database.current, person).page("list_companies", call);
}

function walk(what: Call, between: () => Promise<void> = async () => {}) {
  const call = { campaign_id: campaign, sort: "name", direction: "asc", ...what };
  return reader(database.current, ann).walk("list_companies", call, between);
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
          const rows = await walk({ sort, direction, page_size: size });
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
    const met = await walk({ sort: "domain", page_size: 10 }, async () => {
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
    const first = await list({ page_size: 10 });
    expect(first).toMatchObject({ total: 137, total_is_capped: false });
    expect(await list({ page_size: 10, cursor: first.next_cursor })).toMatchObject({ total: null });
    expect(await list({ filter: { country: ["DE"] } })).toMatchObject({ total: 45 });
  });
});

test("companies come as their contract says", async () => {
  companyPage.parse(await list({ page_size: 200 }));
});

test("rows carry their custom columns, of wide ones as much as a list shows", async () => {
  const id = await database.current.makeCampaign(ann);
  const cells = (custom: Record<string, unknown>, name: string) =>
    database.current.sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key, custom)
      values (${ann.workspaceId}, ${id}, ${name}, ${name}, ${JSON.stringify(custom)}::text::jsonb)`;
  const many = Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`c${n}`, "y".repeat(150)]));
  await cells({ Plan: "Gold", Note: "x".repeat(9_000) }, "a");
  await cells({ Plan: "Gold", Score: 7, Note: "x".repeat(90_000), ["n".repeat(501)]: "1" }, "b");
  await cells(many, "c");
  await cells({}, "d");
  const noise = Array.from({ length: 4_000 }, () => crypto.randomUUID()).join();
  await cells({ Plan: "Gold", Noise: noise }, "e");
  const { rows } = companyPage.parse(await list({}, ann, id));
  const [short, long, broad, none, huge] = rows.map(({ custom }) => custom);
  expect(short).toEqual({ Plan: "Gold", Note: "x".repeat(9_000) });
  expect(long).toEqual({ Plan: "Gold", Score: 7, Note: `${"x".repeat(199)}…` });
  expect(Object.keys(broad ?? {})).toHaveLength(100);
  expect(none).toEqual({});
  expect(huge).toEqual({});
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

  test("neither a search without a letter nor words that nobody has find anything", async () => {
    expect((await list({ filter: { q: " !' " } })).total).toBe(0);
    expect((await list({ filter: { q: "qqq" } })).total).toBe(0);
  });

  test("filters combine", async () => {
    const page = await list({ filter: { has_email: true, has_website: false, status: ["new"] } });
    expect(page.rows.every((row) => row.domain === null)).toBe(true);
    expect(page.total).toBe(4);
  });
});

describe("bad requests", () => {
  test.each<[string, Call]>([
    ["bad_sort", { sort: "name; drop table companies" }],
    ["bad_sort", { direction: "sideways" }],
    ["bad_page_size", { page_size: 0 }],
    ["bad_page_size", { page_size: 201 }],
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
    const { next_cursor } = await list({ page_size: 5 });
    for (const other of [{ sort: "domain" }, { direction: "desc" }, { filter: { has_email: true } }]) {
      await expect(list({ ...other, cursor: next_cursor })).rejects.toMatchObject({ hint: "bad_cursor" });
    }
  });

  test("a cursor in which any character was changed is refused", async () => {
    const { next_cursor } = await list({ page_size: 5 });
    const cursor = String(next_cursor);
    const tried = fc.integer({ min: 0, max: cursor.length - 1 });
    await fc.assert(
      fc.asyncProperty(tried, fc.constantFrom("A", "b", "/", "="), async (place, letter) => {
        fc.pre(cursor[place] !== letter);
        const changed = cursor.slice(0, place) + letter + cursor.slice(place + 1);
        await expect(list({ page_size: 5, cursor: changed })).rejects.toMatchObject({ hint: "bad_cursor" });
      }),
      { numRuns: 30 },
    );
    for (const bad of [cursor.slice(4), cursor + cursor, ` ${cursor}`]) {
      await expect(list({ page_size: 5, cursor: bad })).rejects.toMatchObject({ hint: "bad_cursor" });
    }
  });

  test("a campaign of another workspace is an empty list, for a user and for nobody", async () => {
    const bob = await database.current.makePerson("bob");
    expect(await list({}, bob)).toMatchObject({ rows: [], total: 0 });
    expect(await list({ filter: { q: "alpha" } }, bob)).toMatchObject({ rows: [], total: 0 });
    await expect(list({}, null)).rejects.toMatchObject({ code: "42501" });
  });
});

describe("jumping", () => {
  test.each([["name"], ["domain"], ["industry"], ["created_at"]])(
    "to any row of a list by %s, and on from there in both directions, gives what walking gives",
    async (sort) => {
      for (const direction of ["asc", "desc"]) {
        const all = (await walk({ sort, direction, page_size: 200 })).map((row) => row.id);
        for (const row of [0, 1, 60, 100, 136, 500]) {
          const place = { list: "companies", campaign_id: campaign, sort, direction, '"row"': row };
          const { cursor } = Object(await callAs(database.current, ann, "list_place", place));
          const here = await list({ sort, direction, cursor, page_size: 10 });
          expect(here.rows.map((found) => found.id)).toEqual(all.slice(row, row + 10));
          if (cursor === null) continue;
          const before = await reader(database.current, ann).walkBack("list_companies", {
            campaign_id: campaign,
            sort,
            direction,
            cursor: here.prev_cursor,
            page_size: 50,
          });
          expect(before.map((found) => found.id)).toEqual(all.slice(0, row));
        }
      }
    },
  );

  test("with a filter counts rows that match, and in an empty list goes nowhere", async () => {
    const filter = { has_email: true };
    const all = (await walk({ filter })).map((row) => row.id);
    const place = { list: "companies", campaign_id: campaign, sort: "name", direction: "asc", filter };
    const { cursor } = Object(await callAs(database.current, ann, "list_place", { ...place, '"row"': 7 }));
    expect((await list({ filter, cursor })).rows.map((row) => row.id)).toEqual(all.slice(7));
    const empty = { ...place, filter: { q: "nobody" }, '"row"': 7 };
    expect(await callAs(database.current, ann, "list_place", empty)).toEqual({ cursor: null });
  });
});
