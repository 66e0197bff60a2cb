import type { TransactionSql } from "postgres";
import { beforeAll, describe, expect, test } from "vitest";
import { type Person, testDatabase } from "../support/database.ts";
import { type Call, callAs, reader } from "../support/lists.ts";

const database = testDatabase();
let ann: Person;
let campaign: string;

async function addCompanies(names: string[], id = campaign) {
  await database.current
    .sql`insert into public.companies (workspace_id, campaign_id, name, domain, industry, country, dedupe_key)
    select ${ann.workspaceId}, ${id}, split_part(line, '|', 1), nullif(split_part(line, '|', 2), ''), nullif(split_part(line, '|', 3), ''),
      nullif(split_part(line, '|', 4), ''), line from unnest(${names}::text[]) as line`;
}

async function addContacts(company: string, people: string[], id = campaign) {
  await database.current
    .sql`insert into public.contacts (workspace_id, campaign_id, company_id, name, title, email, dedupe_key)
    select c.workspace_id, c.campaign_id, c.id, split_part(line, '|', 1), nullif(split_part(line, '|', 2), ''), nullif(split_part(line, '|', 3), ''), line
    from unnest(${people}::text[]) as line join public.companies c on c.campaign_id = ${id} and c.name = ${company}`;
}

async function found(list: "companies" | "contacts", q: string, more: Call = {}): Promise<string[]> {
  const { walk } = reader(database.current, ann);
  const call = { campaign_id: campaign, page_size: 200, ...more, filter: { ...Object(more.filter), q } };
  return (await walk(`list_${list}`, call)).map((row) => row.name);
}

beforeAll(async () => {
  ann = await database.current.makePerson("ann");
  campaign = await database.current.makeCampaign(ann);
  await addCompanies([
    "Acme Robotics|acme-robotics.example|Robots|Germany",
    "Booking.com|booking.com",
    "Coca-Cola",
    "British Petrol|bp.com",
    "株式会社山田製作所",
    "삼성전자",
    "ガンダム商会",
    "Crédit Àgricole",
    "Straße & Söhne",
    "Solo",
  ]);
  await addContacts("Acme Robotics", [
    "Jane Doe|Head of Sales|jane.doe@acme.example",
    "Zoë O'Brien|Engineer|",
    "Sven Acme|Engineer|",
  ]);
  await addContacts("Solo", ["Jane Schmidt|Robots engineer|j.s@solo.example", "山田 太郎|社長|"]);
  const { sql } = database.current;
  await sql`update public.companies set updated_at = now()`; // touch sets it, to a time that is still to be read
  await readLexemes();
});

/** Reads the words of names for typos, as the clock does, for rows of any age. */
async function readLexemes() {
  const { sql } = database.current;
  await sql`alter table public.companies disable trigger user`;
  await sql`alter table public.contacts disable trigger user`;
  await sql`update public.companies set updated_at = now() - interval '1 hour'`;
  await sql`update public.contacts set updated_at = now() - interval '1 hour'`;
  await sql`alter table public.companies enable trigger user`;
  await sql`alter table public.contacts enable trigger user`;
  await sql`select private.read_lexemes()`;
}

describe("what is typed finds", () => {
  test.each<[string, string]>([
    ["a", "Acme Robotics"],
    ["acme rob", "Acme Robotics"],
    ["ROBOTICS ACME", "Acme Robotics"],
    ["germ", "Acme Robotics"],
    ["acme-robotics.ex", "Acme Robotics"],
    ["acmerobotics", "Acme Robotics"],
    ["booking.com", "Booking.com"],
    ["booking com", "Booking.com"],
    ["bookingcom", "Booking.com"],
    ["cocacola", "Coca-Cola"],
    ["bpcom", "British Petrol"],
    ["bpc", "British Petrol"],
    ["bp.co", "British Petrol"],
    ["coca-co", "Coca-Cola"],
    ["coca", "Coca-Cola"],
    ["credit agricole", "Crédit Àgricole"],
    ["CREDIT À", "Crédit Àgricole"],
    ["strasse", "Straße & Söhne"],
    ["sohne", "Straße & Söhne"],
    ["山田", "株式会社山田製作所"],
    ["製作所", "株式会社山田製作所"],
    ["株", "株式会社山田製作所"],
    ["株式会社", "株式会社山田製作所"],
    ["전자", "삼성전자"],
    ["ｶﾞﾝﾀﾞﾑ", "ガンダム商会"],
    ["ダム商会", "ガンダム商会"],
  ])("%s a company: %s", async (q, name) => {
    expect(await found("companies", q)).toContain(name);
  });

  test.each<[string, string[]]>([
    ["jane.doe@acme.example", ["Jane Doe"]],
    ["jane doe acme", ["Jane Doe"]],
    ["janedoe", ["Jane Doe"]],
    ["obrien", ["Zoë O'Brien"]],
    ["o'brien", ["Zoë O'Brien"]],
    ["zoe", ["Zoë O'Brien"]],
    ["head sal", ["Jane Doe"]],
    ["太郎", ["山田 太郎"]],
    ["acme", ["Jane Doe", "Sven Acme", "Zoë O'Brien"]],
    ["jane robots", ["Jane Doe", "Jane Schmidt"]],
    ["jane robotics", ["Jane Doe"]],
    ["engineer robotics", ["Sven Acme", "Zoë O'Brien"]],
    ["jane missing", []],
  ])("%s contacts, also by words of their company: %s", async (q, names) => {
    expect((await found("contacts", q)).sort()).toEqual(names);
    expect((await found("contacts", q, { sort: "name" })).sort()).toEqual(names);
  });

  test.each<[string, string]>([
    ["jane schmitd", "Jane Schmidt"],
    ["schmit", "Jane Schmidt"],
    ["enginer zoe", "Zoë O'Brien"],
    ["jnae schmidt", "Jane Schmidt"],
    ["robtics sven", "Sven Acme"],
  ])("%s what was meant: %s", async (q, name) => {
    expect(await found("contacts", q)).toContain(name);
  });

  test("nothing where nothing is like it, and words that exist are not taken for others", async () => {
    expect(await found("contacts", "qwertyuiop")).toEqual([]);
    await addContacts("Solo", ["Jana Schmitz||"]);
    expect(await found("contacts", "schmitz")).toEqual(["Jana Schmitz"]);
  });
});

test("whether a word exists is found without reading all rows that have it", async () => {
  const kim = await database.current.makePerson("kim");
  const id = await database.current.makeCampaign(kim);
  const { sql } = database.current;
  await sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key) values (${kim.workspaceId}, ${id}, 'Firm', 'f')`;
  await sql`insert into public.contacts (workspace_id, campaign_id, company_id, name, email, dedupe_key, created_at)
    select workspace_id, campaign_id, id, 'Kim', case when n <= 2000 then 'k' || n || '@gmail.com' end, 'k' || n, timestamptz '2026-01-01' + n * interval '1 second'
    from public.companies, generate_series(1, 2300) as n where campaign_id = ${id}`;
  await sql`analyze public.contacts`;
  await sql.begin(async (transaction) => {
    const ask = () =>
      transaction`select private.is_known_word(${kim.workspaceId}, 'contacts', 'gmail:*') as is_known,
        (select idx_tup_fetch from pg_stat_xact_user_tables where relid = 'public.contacts'::regclass)::int as read`;
    const [[first], [second]] = [await ask(), await ask()];
    expect(first?.is_known).toBe(true);
    expect(second?.read - first?.read).toBeLessThan(1000);
    expect(second?.read - first?.read).toBeGreaterThan(0);
  });
});

test("a misspelt row that is gone or renamed no longer makes its word right", async () => {
  const { sql } = database.current;
  await addContacts("Solo", ["Marc Volkswagne||", "Marc Volkswagen||", "Ada Lovelcae||", "Ada Lovelace||"]);
  await readLexemes();
  expect(await found("contacts", "volkswagne")).toEqual(["Marc Volkswagne"]);
  await sql`delete from public.contacts where name = 'Marc Volkswagne'`;
  await sql`update public.contacts set name = 'A. Lovelace' where name = 'Ada Lovelcae'`;
  expect(await found("contacts", "volkswagne")).toEqual(["Marc Volkswagen"]);
  expect((await found("contacts", "lovelcae")).sort()).toEqual(["A. Lovelace", "Ada Lovelace"]);
});

describe("the words of names are read in the background", () => {
  const known = async (word: string) =>
    (
      await database.current
        .sql`select from private.lexemes where workspace_id = ${ann.workspaceId} and word = ${word}`
    ).length === 1;

  test("also those of a transaction that took longer than others that began later", async () => {
    const { sql } = database.current;
    const id = await database.current.makeCampaign(ann);
    const add = (name: string, on: typeof sql | TransactionSql = sql) =>
      on`insert into public.companies (workspace_id, campaign_id, name, dedupe_key) values (${ann.workspaceId}, ${id}, ${name}, ${name})`;
    await sql.begin(async (late) => {
      await late`select now()`;
      await add("Promptword");
      await sql`select private.read_lexemes(margin => '0 seconds')`;
      expect(await known("promptword")).toBe(false);
      await add("Lateword", late);
    });
    await sql`select private.read_lexemes(margin => '0 seconds')`;
    expect([await known("promptword"), await known("lateword")]).toEqual([true, true]);
  });

  test("and nothing is written when there is nothing to read", async () => {
    const { sql } = database.current;
    const marks = () =>
      sql`select campaign_id, xmax::text, ctid::text from private.lexeme_marks order by campaign_id`;
    await readLexemes();
    const before = await marks();
    expect(before.length).toBeGreaterThan(0);
    await sql`select private.read_lexemes()`;
    expect(await marks()).toEqual(before);
  });
});

test("words are known per workspace, and forgotten with it", async () => {
  const bob = await database.current.makePerson("bob");
  const other = await database.current.makeCampaign(bob);
  const { page } = reader(database.current, bob);
  expect(await page("list_contacts", { campaign_id: other, filter: { q: "schmitd" } })).toMatchObject({
    rows: [],
  });
  const words = () =>
    database.current.sql`select word from private.lexemes where workspace_id = ${bob.workspaceId}`;
  await database.current.sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key)
    values (${bob.workspaceId}, ${other}, 'Singular', 's')`;
  await readLexemes();
  expect((await words()).map((row) => row.word)).toEqual(["singular"]);
  await database.current.sql`delete from public.workspaces where id = ${bob.workspaceId}`;
  expect(await words()).toHaveLength(0);
});

describe("ranking", () => {
  test("whole words of the name come first, then beginnings of them, then the rest; newer ones before older ones", async () => {
    const id = await database.current.makeCampaign(ann);
    await addCompanies(["Firm"], id);
    for (const person of ["X|ann rules|", "Annabel||", "Ann||", "Y|Annual planning|", "Annie||"]) {
      await addContacts("Firm", [person], id);
    }
    expect(await found("contacts", "ann", { campaign_id: id })).toEqual([
      "Ann",
      "Annie",
      "Annabel",
      "Y",
      "X",
    ]);
  });

  test("of thousands of hits the newest are ranked and all are listed, each once, also while rows come and go", async () => {
    const id = await database.current.makeCampaign(ann);
    const { sql } = database.current;
    await addCompanies(["Firm"], id);
    const add = (
      from: number,
      to: number,
    ) => sql`insert into public.contacts (workspace_id, campaign_id, company_id, name, title, dedupe_key, created_at)
      select c.workspace_id, c.campaign_id, c.id, case when n % 10 = 0 then 'Manager ' else 'Person ' end || n, 'Manager', 'm' || n, timestamptz '2026-01-01' + n * interval '1 second'
      from generate_series(${from}::int, ${to}::int) n join public.companies c on c.campaign_id = ${id}`;
    await add(1, 2500);
    const { walk, page } = reader(database.current, ann);
    const call = { campaign_id: id, filter: { q: "manager" }, page_size: 200 };
    const before = new Set((await walk("list_contacts", call)).map((row) => row.id));
    expect(before.size).toBe(2500);
    const first = await page("list_contacts", call);
    expect(first.rows.slice(0, 100).every((row) => row.name.startsWith("Manager"))).toBe(true);
    expect(first).toMatchObject({ total: 2500, total_is_capped: false, prev_cursor: null });
    let n = 3000;
    const met = await walk("list_contacts", call, async () => {
      n += 10;
      await add(n, n + 5);
      await sql`delete from public.contacts where campaign_id = ${id} and dedupe_key = ${`m${n - 10}`}`;
    });
    const known = met.map((row) => row.id).filter((row) => before.has(row));
    expect(known).toHaveLength(2500);
    expect(new Set(known)).toEqual(before);
  });

  test("of words that are frequent and rarely together the first page shows the newest at once, and the next ones the rest", async () => {
    const id = await database.current.makeCampaign(ann);
    await addCompanies(["Firm"], id);
    await database.current
      .sql`insert into public.contacts (workspace_id, campaign_id, company_id, name, dedupe_key, created_at)
      select c.workspace_id, c.campaign_id, c.id,
        case when n % 300 = 0 then 'Alpha Beta ' when n % 2 = 0 then 'Alpha ' else 'Beta ' end || n, 'a' || n, timestamptz '2026-01-01' + n * interval '1 second'
      from generate_series(1, 9000) n join public.companies c on c.campaign_id = ${id}`;
    const { walk, page } = reader(database.current, ann);
    const call = { campaign_id: id, filter: { q: "alpha beta" }, page_size: 20 };
    const first = await page("list_contacts", call);
    expect(first.rows.map((row) => row.name)).toEqual(
      [9000, 8700, 8400, 8100, 7800, 7500, 7200, 6900, 6600]
        .map((n) => `Alpha Beta ${n}`)
        .slice(0, first.rows.length),
    );
    expect(first.rows.length).toBeGreaterThan(5);
    expect(first.next_cursor).not.toBeNull();
    const all = await walk("list_contacts", call);
    expect(all.map((row) => row.name)).toEqual(
      Array.from({ length: 30 }, (_, at) => `Alpha Beta ${9000 - at * 300}`),
    );
  });

  test("hits that were there when the search began are all met, however many come while it is paged", async () => {
    const id = await database.current.makeCampaign(ann);
    await addCompanies(["Firm"], id);
    const add = (from: number, to: number) => database.current
      .sql`insert into public.contacts (workspace_id, campaign_id, company_id, name, dedupe_key, created_at)
      select c.workspace_id, c.campaign_id, c.id, 'Person ' || n, 'p' || n, timestamptz '2026-01-01' + n * interval '1 second'
      from generate_series(${from}::int, ${to}::int) n join public.companies c on c.campaign_id = ${id}`;
    await add(1, 300);
    const { walk } = reader(database.current, ann);
    let pages = 0;
    const met = await walk(
      "list_contacts",
      { campaign_id: id, filter: { q: "person" }, page_size: 100 },
      async () => {
        pages += 1;
        if (pages === 1) await add(1_000, 12_000);
      },
    );
    expect(met).toHaveLength(300);
  });

  test("a typo stays what it was taken for while it is paged", async () => {
    const id = await database.current.makeCampaign(ann);
    await addCompanies(
      Array.from({ length: 30 }, (_, n) => `Robotics ${n}`),
      id,
    );
    const { page } = reader(database.current, ann);
    const call = { campaign_id: id, filter: { q: "robtoics" }, page_size: 20 };
    const first = await page("list_companies", call);
    expect(first.rows).toHaveLength(20);
    await addCompanies(["Robtoics Ltd"], id);
    expect((await page("list_companies", { ...call, cursor: first.next_cursor })).rows).toHaveLength(10);
    expect((await page("list_companies", call)).rows.map((row) => row.name)).toEqual(["Robtoics Ltd"]);
  });

  test("relevance has one direction, and without a search it is newest first", async () => {
    const { page } = reader(database.current, ann);
    const call = { campaign_id: campaign, sort: "relevance" };
    await expect(page("list_contacts", { ...call, direction: "asc" })).rejects.toMatchObject({
      hint: "bad_sort",
    });
    const newest = await page("list_contacts", { campaign_id: campaign, sort: "created_at" });
    expect((await page("list_contacts", call)).rows).toEqual(newest.rows);
  });
});

test("what is done to all that match is done to what the list shows", async () => {
  const total = async (q: string) =>
    Object(
      await callAs(database.current, ann, "list_total", {
        list: "contacts",
        campaign_id: campaign,
        filter: { q },
      }),
    );
  for (const q of ["jane robotics", "schmitd", "acme", "engineer robotics"]) {
    const names = await found("contacts", q);
    expect(names.length, q).toBeGreaterThan(0);
    expect((await total(q)).total).toBe(names.length);
    const matching = await database.current.sql.begin(async (sql) => {
      const [row] =
        await sql`select private.matching_conditions('contacts', ${ann.workspaceId}, ${sql.json({ q })}) as conditions`;
      return sql.unsafe(
        `select c.name from public.contacts c where c.campaign_id = '${campaign}' and ${row?.conditions}`,
      );
    });
    expect(matching.map((row) => row.name).sort()).toEqual(names.sort());
  }
});
