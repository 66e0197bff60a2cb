import type { TransactionSql } from "postgres";
import { describe, expect, test } from "vitest";
import { reader } from "../support/lists.ts";
import { searchBench } from "../support/search.ts";

const bench = searchBench();

test("whether a word exists is found without reading all rows that have it", async () => {
  const kim = await bench.current.makePerson("kim");
  const id = await bench.current.makeCampaign(kim);
  const { sql } = bench.current;
  await sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key) values (${kim.workspaceId}, ${id}, 'Firm', 'f')`;
  await sql`insert into public.contacts (workspace_id, campaign_id, company_id, name, email, dedupe_key, created_at)
    select workspace_id, campaign_id, id, 'Kim', case when n <= 2000 then 'k' || n || '@gmail.com' end, 'k' || n, timestamptz '2026-01-01' + n * interval '1 second'
    from public.companies, generate_series(1, 2300) as n where campaign_id = ${id}`;
  await sql`analyze public.contacts`;
  await sql.begin(async (transaction) => {
    const ask = () =>
      transaction`select private.is_known_word(${kim.workspaceId}, 'gmail:*') as is_known,
        (select idx_tup_fetch from pg_stat_xact_user_tables where relid = 'public.contacts'::regclass)::int as read`;
    const [[first], [second]] = [await ask(), await ask()];
    expect(first?.is_known).toBe(true);
    expect(second?.read - first?.read).toBeLessThan(1000);
    expect(second?.read - first?.read).toBeGreaterThan(0);
  });
});

test("what a person is called is not taken for a typo among companies", async () => {
  await bench.addContacts("Solo", ["Gustav Robotixs||"]);
  expect(await bench.found("companies", "robotixs")).toEqual([]);
  expect(await bench.found("companies", "robotikcs")).toEqual(["Acme Robotics"]);
});

test("a misspelt row that is gone or renamed no longer makes its word right", async () => {
  const { sql } = bench.current;
  await bench.addContacts("Solo", [
    "Marc Volkswagne||",
    "Marc Volkswagen||",
    "Ada Lovelcae||",
    "Ada Lovelace||",
  ]);
  await bench.readLexemes();
  expect(await bench.found("contacts", "volkswagne")).toEqual(["Marc Volkswagne"]);
  await sql`delete from public.contacts where name = 'Marc Volkswagne'`;
  await sql`update public.contacts set name = 'A. Lovelace' where name = 'Ada Lovelcae'`;
  expect(await bench.found("contacts", "volkswagne")).toEqual(["Marc Volkswagen"]);
  expect((await bench.found("contacts", "lovelcae")).sort()).toEqual(["A. Lovelace", "Ada Lovelace"]);
});

describe("the words of names are read in the background", () => {
  const known = async (word: string) =>
    (
      await bench.current
        .sql`select from private.lexemes where workspace_id = ${bench.ann.workspaceId} and word = ${word}`
    ).length === 1;

  test("also those of a transaction that took longer than others that began later", async () => {
    const { sql } = bench.current;
    const id = await bench.current.makeCampaign(bench.ann);
    const add = (name: string, on: typeof sql | TransactionSql = sql) =>
      on`insert into public.companies (workspace_id, campaign_id, name, dedupe_key) values (${bench.ann.workspaceId}, ${id}, ${name}, ${name})`;
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
    const { sql } = bench.current;
    const marks = () =>
      sql`select campaign_id, xmax::text, ctid::text from private.lexeme_marks order by campaign_id`;
    await bench.readLexemes();
    const before = await marks();
    expect(before.length).toBeGreaterThan(0);
    await sql`select private.read_lexemes()`;
    expect(await marks()).toEqual(before);
  });
});

test("words are known per workspace, and forgotten with it", async () => {
  const bob = await bench.current.makePerson("bob");
  const other = await bench.current.makeCampaign(bob);
  const { page } = reader(bench.current, bob);
  expect(await page("list_contacts", { campaign_id: other, filter: { q: "schmitd" } })).toMatchObject({
    rows: [],
  });
  const words = () =>
    bench.current.sql`select word from private.lexemes where workspace_id = ${bob.workspaceId}`;
  await bench.current.sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key)
    values (${bob.workspaceId}, ${other}, 'Singular', 's')`;
  await bench.readLexemes();
  expect((await words()).map((row) => row.word)).toEqual(["singular"]);
  await bench.current.sql`delete from public.workspaces where id = ${bob.workspaceId}`;
  expect(await words()).toHaveLength(0);
});
