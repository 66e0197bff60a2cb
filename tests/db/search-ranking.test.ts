import { describe, expect, test } from "vitest";
import { reader } from "../support/lists.ts";
import { searchBench } from "../support/search.ts";

const bench = searchBench();

describe("ranking", () => {
  test("whole words of the name come first, then beginnings of them, then the rest; newer ones before older ones", async () => {
    const id = await bench.current.makeCampaign(bench.ann);
    await bench.addCompanies(["Firm"], id);
    for (const person of ["X|ann rules|", "Annabel||", "Ann||", "Y|Annual planning|", "Annie||"]) {
      await bench.addContacts("Firm", [person], id);
    }
    expect(await bench.found("contacts", "ann", { campaign_id: id })).toEqual([
      "Ann",
      "Annie",
      "Annabel",
      "Y",
      "X",
    ]);
  });

  test("of thousands of hits the newest are ranked and all are listed, each once, also while rows come and go", async () => {
    const id = await bench.current.makeCampaign(bench.ann);
    const { sql } = bench.current;
    await bench.addCompanies(["Firm"], id);
    const add = (
      from: number,
      to: number,
    ) => sql`insert into public.contacts (workspace_id, campaign_id, company_id, name, title, dedupe_key, created_at)
      select c.workspace_id, c.campaign_id, c.id, case when n % 10 = 0 then 'Manager ' else 'Person ' end || n, 'Manager', 'm' || n, timestamptz '2026-01-01' + n * interval '1 second'
      from generate_series(${from}::int, ${to}::int) n join public.companies c on c.campaign_id = ${id}`;
    await add(1, 2500);
    const { walk, page } = reader(bench.current, bench.ann);
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
    const id = await bench.current.makeCampaign(bench.ann);
    await bench.addCompanies(["Firm"], id);
    await bench.current
      .sql`insert into public.contacts (workspace_id, campaign_id, company_id, name, dedupe_key, created_at)
      select c.workspace_id, c.campaign_id, c.id,
        case when n % 300 = 0 then 'Alpha Beta ' when n % 2 = 0 then 'Alpha ' else 'Beta ' end || n, 'a' || n, timestamptz '2026-01-01' + n * interval '1 second'
      from generate_series(1, 9000) n join public.companies c on c.campaign_id = ${id}`;
    const { walk, page } = reader(bench.current, bench.ann);
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
    const id = await bench.current.makeCampaign(bench.ann);
    await bench.addCompanies(["Firm"], id);
    const add = (from: number, to: number) => bench.current
      .sql`insert into public.contacts (workspace_id, campaign_id, company_id, name, dedupe_key, created_at)
      select c.workspace_id, c.campaign_id, c.id, 'Person ' || n, 'p' || n, timestamptz '2026-01-01' + n * interval '1 second'
      from generate_series(${from}::int, ${to}::int) n join public.companies c on c.campaign_id = ${id}`;
    await add(1, 300);
    const { walk } = reader(bench.current, bench.ann);
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

  describe("what is called exactly what was typed comes first, however old and whatever begins alike", () => {
    /** Companies and a contact of each: the oldest is called "Co1", of 2,500 newer ones a thousand begin so. */
    const fill = async () => {
      const id = await bench.current.makeCampaign(bench.ann);
      await bench.current
        .sql`insert into public.companies (workspace_id, campaign_id, name, domain, dedupe_key, created_at)
        select ${bench.ann.workspaceId}, ${id}, 'Co' || n, 'co' || n || '.example', n, timestamptz '2026-01-01' + n * interval '1 second'
        from unnest(array[1] || array(select generate_series(1000, 3499))) as n`;
      await bench.current
        .sql`insert into public.contacts (workspace_id, campaign_id, company_id, name, email, dedupe_key, created_at)
        select workspace_id, campaign_id, id, name, 'me@' || domain, dedupe_key, created_at from public.companies where campaign_id = ${id}`;
      return id;
    };

    test("and every hit is met once", async () => {
      const campaign_id = await fill();
      const { page, walk } = reader(bench.current, bench.ann);
      const scopes = [{ campaign_id }, { workspace_id: bench.ann.workspaceId }];
      const asked = [
        ["list_companies", "co1"],
        ["list_companies", "CO1.example"],
        ["list_companies", "https://www.co1.example/about"],
        ["list_contacts", "co1"],
        ["list_contacts", "me@co1.example"],
      ] as const;
      for (const scope of scopes) {
        for (const [list, q] of asked) {
          const first = await page(list, { ...scope, filter: { q }, page_size: 1 });
          expect({ q, names: first.rows.map((row) => row.name) }).toEqual({ q, names: ["Co1"] });
          const next = await page(list, { ...scope, filter: { q }, page_size: 1, cursor: first.next_cursor });
          expect(next.rows.map((row) => row.name)).toEqual(["Co1999"]);
          const all = (await walk(list, { ...scope, filter: { q }, page_size: 200 })).map((row) => row.id);
          expect(all).toHaveLength(1001);
          expect(new Set(all).size).toBe(1001);
        }
      }
      expect(await page("list_companies", { campaign_id, filter: { q: "co1" } })).toMatchObject({
        total: 1001,
      });
    });

    test("as far as it passes the filter, and only where it has what was typed", async () => {
      const campaign_id = await bench.current.makeCampaign(bench.ann);
      await bench.addCompanies(["Old|acme.example|Robots", "Acme.example|other.example|Tools"], campaign_id);
      expect(await bench.found("companies", "acme.example", { campaign_id })).toHaveLength(2);
      expect(await bench.found("companies", "info@acme.example", { campaign_id })).toEqual([]);
      expect(
        await bench.found("companies", "acme.example", { campaign_id, filter: { has_email: true } }),
      ).toEqual([]);
    });
  });

  test("a typo stays what it was taken for while it is paged", async () => {
    const id = await bench.current.makeCampaign(bench.ann);
    await bench.addCompanies(
      Array.from({ length: 30 }, (_, n) => `Robotics ${n}`),
      id,
    );
    const { page } = reader(bench.current, bench.ann);
    const call = { campaign_id: id, filter: { q: "robtoics" }, page_size: 20 };
    const first = await page("list_companies", call);
    expect(first.rows).toHaveLength(20);
    await bench.addCompanies(["Robtoics Ltd"], id);
    expect((await page("list_companies", { ...call, cursor: first.next_cursor })).rows).toHaveLength(10);
    expect((await page("list_companies", call)).rows.map((row) => row.name)).toEqual(["Robtoics Ltd"]);
  });

  test("relevance has one direction, and without a search it is newest first", async () => {
    const { page } = reader(bench.current, bench.ann);
    const call = { campaign_id: bench.campaign, sort: "relevance" };
    await expect(page("list_contacts", { ...call, direction: "asc" })).rejects.toMatchObject({
      hint: "bad_sort",
    });
    const newest = await page("list_contacts", { campaign_id: bench.campaign, sort: "created_at" });
    expect((await page("list_contacts", call)).rows).toEqual(newest.rows);
  });
});
