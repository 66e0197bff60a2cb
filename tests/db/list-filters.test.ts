import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { contactPage } from "../../supabase/functions/_shared/contracts/index.ts";
import { type Person, testDatabase } from "../support/database.ts";
import { type Call, callAs, reader } from "../support/lists.ts";

interface Contact {
  id: string;
  name: string;
  title: string | null;
  email: string | null;
  phone: string | null;
  linkedin_url: string | null;
  seniority: string | null;
  country: string | null;
  owner_id: string | null;
  tags: string[];
  do_not_contact: boolean;
  company_id: string;
  custom: Record<string, string>;
  created_at: string;
  updated_at: string;
}

const database = testDatabase();
const ROWS = 1000;
let ann: Person;
let campaign: string;
let contacts: Contact[];
let companies: string[];

/** Contacts of two campaigns; of each field some values are frequent, some in a few rows, some missing. */
beforeAll(async () => {
  ann = await database.current.makePerson("ann");
  campaign = await database.current.makeCampaign(ann);
  const other = await database.current.makeCampaign(ann);
  const { sql } = database.current;
  await sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key)
    select ${ann.workspaceId}, id, 'Company ' || n, 'c' || n from unnest(${[campaign, other]}::uuid[]) as id, generate_series(1, 60) n`;
  await sql`insert into public.contacts (workspace_id, campaign_id, company_id, name, title, seniority, email, phone, linkedin_url, country, owner_id, tags,
      do_not_contact, custom, dedupe_key, created_at, updated_at)
    select c.workspace_id, c.campaign_id, c.id, (array['Zoe', 'adam', 'Émile', 'same'])[1 + n % 4] || case when n % 4 < 3 then n::text else '' end,
      case when n % 500 = 7 then '100% VP_Sales' when n % 5 > 0 then (array['Engineer', 'Head of Sales', 'Rare ' || n])[1 + n % 3] end,
      (array['Senior', null, 'Junior'])[1 + n % 3], case when n % 3 > 0 then 'a' || n || '@site.example' end, case when n % 700 = 1 then '1' end,
      case when n % 2 = 0 then 'https://linkedin.com/in/' || n end, case when n % 400 = 3 then 'Fiji' else (array['Peru', null])[1 + n % 2] end,
      case when n % 900 = 5 then ${ann.id}::uuid end, case when n % 300 = 2 then '{rare,both}'::text[] when n % 2 = 0 then '{often}' else '{}' end, n % 800 = 4,
      jsonb_build_object('Plan', case when n % 600 = 6 then 'Gold' else 'Free' end, 'n', n::text), 'p' || n, timestamptz '2026-01-01' + n % 1500 * interval '1 hour',
      timestamptz '2026-06-01' + (n * 7919 % 3000) * interval '1 minute'
    from generate_series(1, ${ROWS}) n join public.companies c on c.campaign_id = ${campaign} and c.name = 'Company ' || (1 + n % 60)`;
  await sql`insert into public.contacts (workspace_id, campaign_id, company_id, name, tags, country, dedupe_key)
    select c.workspace_id, c.campaign_id, c.id, 'Elsewhere', '{rare,both}', 'Fiji', 'x' from public.companies c where c.campaign_id = ${other}`;
  await sql`analyze public.contacts`;
  contacts =
    await sql`select id, name, title, email, phone, linkedin_url, seniority, country, owner_id, tags, do_not_contact, company_id, custom,
    to_json(created_at) #>> '{}' as created_at, to_json(updated_at) #>> '{}' as updated_at from public.contacts where campaign_id = ${campaign}`;
  companies = [...new Set(contacts.map((contact) => contact.company_id))];
});

/** What each filter means, said in a plain way. */
const filters: { [key: string]: (contact: Contact, wanted: never) => boolean } = {
  has_email: (contact, wanted: boolean) => (contact.email !== null) === wanted,
  has_phone: (contact, wanted: boolean) => (contact.phone !== null) === wanted,
  has_linkedin: (contact, wanted: boolean) => (contact.linkedin_url !== null) === wanted,
  do_not_contact: (contact, wanted: boolean) => contact.do_not_contact === wanted,
  title: (contact, wanted: string) => (contact.title ?? "").toLowerCase().includes(wanted.toLowerCase()),
  seniority: (contact, wanted: string[]) => contact.seniority !== null && wanted.includes(contact.seniority),
  country: (contact, wanted: string[]) => contact.country !== null && wanted.includes(contact.country),
  tags: (contact, wanted: string[]) => wanted.every((tag) => contact.tags.includes(tag)),
  owner_id: (contact, wanted: string | null) => contact.owner_id === wanted,
  company_id: (contact, wanted: string) => contact.company_id === wanted,
  custom: (contact, wanted: Record<string, string>) =>
    Object.entries(wanted).every(([column, cell]) => contact.custom[column] === cell),
  created_after: (contact, wanted: string) => Date.parse(contact.created_at) >= Date.parse(wanted),
  created_before: (contact, wanted: string) => Date.parse(contact.created_at) < Date.parse(wanted),
  updated_after: (contact, wanted: string) => Date.parse(contact.updated_at) >= Date.parse(wanted),
  updated_before: (contact, wanted: string) => Date.parse(contact.updated_at) < Date.parse(wanted),
  ids: (contact, wanted: string[]) => wanted.includes(contact.id),
};

const time = (from: string, minutes: number) =>
  fc.integer({ min: 0, max: minutes }).map((n) => new Date(Date.parse(from) + n * 60_000).toISOString());
const wantedFilter = fc.record(
  {
    has_email: fc.boolean(),
    has_phone: fc.boolean(),
    has_linkedin: fc.boolean(),
    do_not_contact: fc.boolean(),
    title: fc.constantFrom("sales", "gine", "100% VP", "p_s", "rare 11", "nobody"),
    seniority: fc.subarray(["Senior", "Junior", "None"]),
    country: fc.subarray(["Peru", "Fiji", "None"]),
    tags: fc.subarray(["rare", "both", "often"]),
    owner_id: fc.constantFrom(null, "ann"),
    company_id: fc.nat(59),
    custom: fc.constantFrom({ Plan: "Gold" }, { Plan: "Free" }, { Plan: "Gold", n: "606" }),
    created_after: time("2026-01-01T00:00:00Z", 90_000),
    created_before: time("2026-01-01T00:00:00Z", 90_000),
    updated_after: time("2026-06-01T00:00:00Z", 3_000),
    updated_before: time("2026-06-01T00:00:00Z", 3_000),
    ids: fc.array(fc.nat(ROWS - 1), { minLength: 1, maxLength: 40 }),
  },
  { requiredKeys: [] },
);

/** At most two filters at once: with more, hardly anything matches. */
const someFilter = wantedFilter.chain((wanted) =>
  fc.subarray(Object.keys(wanted), { maxLength: 2 }).map((keys) => {
    const entries = keys.map((key) => [key, wanted[key as keyof typeof wanted]]); // a key of the record
    return Object.fromEntries(entries) as typeof wanted; // with fewer of its keys
  }),
);

const keys: { [sort: string]: (contact: Contact) => string | null } = {
  name: (contact) => contact.name.toLowerCase(),
  title: (contact) => contact.title?.toLowerCase() ?? null,
  email: (contact) => contact.email?.toLowerCase() ?? null,
  created_at: (contact) => new Date(contact.created_at).toISOString(),
  updated_at: (contact) => new Date(contact.updated_at).toISOString(),
};

function inOrder(rows: Contact[], sort: string, direction: string): string[] {
  const key = keys[sort] ?? (() => null);
  const sign = direction === "asc" ? 1 : -1;
  const compare = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
  return [...rows]
    .sort((a, b) => {
      const [ka, kb] = [key(a), key(b)];
      if (ka === null || kb === null) {
        return ka === kb ? sign * compare(a.id, b.id) : ka === null ? 1 : -1;
      }
      return sign * (compare(ka, kb) || compare(a.id, b.id));
    })
    .map((row) => row.id);
}

test("any filters, sort, direction and page size give exactly the rows that fit, in order, forward and backward", async () => {
  const { page, walk, walkBack } = reader(database.current, ann);
  await fc.assert(
    fc.asyncProperty(
      someFilter,
      fc.constantFrom(...Object.keys(keys)),
      fc.constantFrom("asc", "desc"),
      fc.constantFrom(3, 20, 200),
      async (wanted, sort, direction, page_size) => {
        const filter: Record<string, unknown> = { ...wanted };
        if (wanted.owner_id !== undefined) filter.owner_id = wanted.owner_id && ann.id;
        if (wanted.company_id !== undefined) filter.company_id = companies[wanted.company_id];
        if (wanted.ids) filter.ids = wanted.ids.map((n) => contacts[n]?.id);
        const fitting = contacts.filter((contact) =>
          // Each predicate takes what the generator of its key makes.
          Object.entries(filter).every(([key, value]) => filters[key]?.(contact, value as never)),
        );
        const expected = inOrder(fitting, sort, direction);
        const call: Call = {
          campaign_id: campaign,
          filter: JSON.parse(JSON.stringify(filter)),
          sort,
          direction,
        };
        const first = await page("list_contacts", { ...call, page_size });
        contactPage.parse(first);
        expect(first.total).toBe(expected.length);
        expect(first.rows.map((row) => row.id)).toEqual(expected.slice(0, page_size));
        const rows = await walk("list_contacts", { ...call, page_size: 200 });
        expect(rows.map((row) => row.id)).toEqual(expected);
        if (!first.next_cursor) return;
        const second = await page("list_contacts", { ...call, page_size, cursor: first.next_cursor });
        const before = await walkBack("list_contacts", { ...call, page_size: 7, cursor: second.prev_cursor });
        expect(before.map((row) => row.id)).toEqual(expected.slice(0, page_size));
      },
    ),
    { numRuns: 40 },
  );
});

test("a title of one or two characters means the beginning of a word", async () => {
  const { page } = reader(database.current, ann);
  const call = { campaign_id: campaign, filter: { title: "VP" } };
  expect((await page("list_contacts", call)).total).toBe(2);
  expect((await page("list_contacts", { ...call, filter: { title: "P" } })).total).toBe(0);
});

test("without waiting for the total, the first page leaves it to list_total where it must be counted", async () => {
  const { page } = reader(database.current, ann);
  const often = { campaign_id: campaign, filter: { has_email: true }, with_total: false };
  expect(await page("list_contacts", often)).toMatchObject({ total: null, total_is_capped: false });
  const total = await callAs(database.current, ann, "list_total", {
    list: "contacts",
    campaign_id: campaign,
    filter: often.filter,
  });
  expect(total).toEqual({ total: 667, total_is_capped: false });
  expect(await page("list_contacts", { ...often, filter: {} })).toMatchObject({ total: ROWS });
  expect(await page("list_contacts", { ...often, filter: { tags: ["rare"] } })).toMatchObject({ total: 4 });
});

describe("hostile input", () => {
  const sqlText = "'; drop table public.contacts; --";
  const long = "x".repeat(10_000_000);
  const deep = JSON.parse(`${'{"a":'.repeat(500)}1${"}".repeat(500)}`);
  const bad: [string, string, Record<string, unknown>][] = [
    ["bad_filter", "an unknown key", { filter: { [sqlText]: 1 } }],
    ["bad_filter", "a list as filter", { filter: [] }],
    ["bad_filter", "null as filter", { filter: null }],
    ["bad_filter", "10 MB of search", { filter: { q: long } }],
    ["bad_filter", "a search that is a number", { filter: { q: 1 } }],
    ["bad_filter", "deep JSON as search", { filter: { q: deep } }],
    ["bad_filter", "deep JSON as filter", { filter: deep }],
    ["bad_filter", "a text for true", { filter: { has_email: "true" } }],
    ["bad_filter", "null for true", { filter: { has_phone: null } }],
    ["bad_filter", "SQL as id", { filter: { company_id: sqlText } }],
    ["bad_filter", "SQL as owner", { filter: { owner_id: sqlText } }],
    ["bad_filter", "SQL in ids", { filter: { ids: [sqlText] } }],
    [
      "bad_filter",
      "too many ids",
      { filter: { ids: Array(2501).fill("00000000-0000-4000-8000-000000000000") } },
    ],
    ["bad_filter", "tags that are no texts", { filter: { tags: [1] } }],
    ["bad_filter", "a text for tags", { filter: { tags: "often" } }],
    ["bad_filter", "too many tags", { filter: { tags: Array(101).fill("a") } }],
    ["bad_filter", "a time that is none", { filter: { created_after: "now" } }],
    ["bad_filter", "a day that is none", { filter: { created_before: "2026-13-41" } }],
    ["bad_filter", "endless time", { filter: { updated_after: "infinity" } }],
    ["bad_filter", "a cell that is no text", { filter: { custom: { Plan: { a: 1 } } } }],
    ["bad_filter", "six columns", { filter: { custom: { a: "", b: "", c: "", d: "", e: "", f: "" } } }],
    ["bad_sort", "SQL as sort", { sort: sqlText }],
    ["bad_sort", "a column that cannot be sorted by", { sort: "custom" }],
    ["bad_sort", "10 MB of sort", { sort: long }],
    ["bad_sort", "SQL as direction", { direction: sqlText }],
    ["bad_cursor", "SQL as cursor", { cursor: sqlText }],
    ["bad_cursor", "nothing as cursor", { cursor: "" }],
    ["bad_cursor", "10 MB of cursor", { cursor: Buffer.from(long).toString("base64") }],
    [
      "bad_cursor",
      "a cursor made up",
      { cursor: Buffer.from(`${"s".repeat(16)}{"v": 2, "k": "a", "i": "b"}`).toString("base64") },
    ],
    ["bad_page_size", "no rows", { page_size: 0 }],
    ["bad_page_size", "too many rows", { page_size: 201 }],
    ["bad_page_size", "null rows", { page_size: null }],
    ["bad_scope", "no scope", { campaign_id: null }],
    ["bad_scope", "two scopes", { workspace_id: "00000000-0000-4000-8000-000000000000" }],
  ];

  test.each(bad)("%s for %s, and nothing happens", async (hint, _what, given) => {
    const call = { campaign_id: campaign, ...given } as Call; // wrong on purpose
    await expect(reader(database.current, ann).page("list_contacts", call)).rejects.toMatchObject({
      code: "PT400",
      hint,
    });
    const [row] = await database.current
      .sql`select count(*)::int as n from public.contacts where campaign_id = ${campaign}`;
    expect(row?.n).toBe(ROWS);
  });

  test.each(["list_total", "list_place"])("%s refuses it too", async (name) => {
    const call = (given: Record<string, unknown>) =>
      callAs(database.current, ann, name, {
        list: "contacts",
        campaign_id: campaign,
        ...(name === "list_place" && { '"row"': 5 }),
        ...(given as Record<string, string>), // wrong on purpose
      });
    await expect(call({ list: sqlText })).rejects.toMatchObject({ hint: "bad_list" });
    await expect(call({ list: "campaigns" })).rejects.toMatchObject({ code: "PT400" });
    await expect(call({ filter: { q: long } })).rejects.toMatchObject({ hint: "bad_filter" });
    await expect(call({ filter: { nope: 1 } })).rejects.toMatchObject({ hint: "bad_filter" });
    await expect(call({ campaign_id: null })).rejects.toMatchObject({ hint: "bad_scope" });
    if (name === "list_total") return;
    await expect(call({ '"row"': -1 })).rejects.toMatchObject({ hint: "bad_row" });
    await expect(call({ sort: sqlText })).rejects.toMatchObject({ hint: "bad_sort" });
    await expect(call({ filter: { q: "zoe" }, sort: "relevance" })).rejects.toMatchObject({
      hint: "bad_sort",
    });
  });

  test("SQL in every text of a filter is only text", async () => {
    const filter = {
      q: sqlText,
      title: sqlText,
      seniority: [sqlText],
      country: [sqlText],
      tags: [sqlText, '","', "\\", "{}"],
      custom: { [sqlText]: sqlText },
    };
    const page = await reader(database.current, ann).page("list_contacts", { campaign_id: campaign, filter });
    expect(page).toMatchObject({ rows: [], total: 0 });
  });
});
