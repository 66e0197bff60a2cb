import { beforeAll, describe, expect, test } from "vitest";
import { campaignPage, contactPage, jobPage } from "../../supabase/functions/_shared/contracts/index.ts";
import { type Person, testDatabase } from "../support/database.ts";
import { type Call, callAs, reader } from "../support/lists.ts";
import { claimJobs } from "../support/research.ts";

const database = testDatabase();
let ann: Person;

beforeAll(async () => {
  ann = await database.current.makePerson("ann");
});

describe("other lists", () => {
  test("a page is not filled from rows without a value while others are still to come", async () => {
    const id = await database.current.makeCampaign(ann);
    await database.current
      .sql`insert into public.companies (workspace_id, campaign_id, name, domain, dedupe_key, tags)
      select ${ann.workspaceId}, ${id}, 'C' || n, case when n <= 120 then 'site-' || lpad(n::text, 3, '0') || '.example' end, 'k' || n,
        case when n > 100 then '{wanted}'::text[] else '{}' end
      from generate_series(1, 150) n`;
    const rows = await reader(database.current, ann).walk("list_companies", {
      campaign_id: id,
      filter: { tags: ["wanted"] },
      sort: "domain",
      direction: "asc",
      page_size: 3,
    });
    expect(rows).toHaveLength(50);
    expect(rows[0]?.name).toBe("C101");
  });

  test("all companies and contacts of a workspace are one list, by name or age", async () => {
    const cy = await database.current.makePerson("cy");
    const { sql } = database.current;
    const campaigns = [await database.current.makeCampaign(cy), await database.current.makeCampaign(cy)];
    await sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key)
      select ${cy.workspaceId}, id, 'Firm ' || n, 'k' || n from unnest(${campaigns}::uuid[]) as id, generate_series(1, 30) n`;
    await sql`insert into public.contacts (workspace_id, campaign_id, company_id, name, dedupe_key, tags)
      select workspace_id, campaign_id, id, 'Person of ' || name, 'p', case when name like '%7' then '{seven}'::text[] else '{}' end
      from public.companies where workspace_id = ${cy.workspaceId}`;
    const { page, walk: walkAll } = reader(database.current, cy);
    const call = { workspace_id: cy.workspaceId, sort: "name", direction: "asc", page_size: 7 };
    expect(new Set((await walkAll("list_companies", call)).map((row) => row.id)).size).toBe(60);
    expect(await walkAll("list_contacts", { ...call, filter: { tags: ["seven"] } })).toHaveLength(6);
    expect(await walkAll("list_contacts", { ...call, filter: { q: "firm 12" } })).toHaveLength(2);
    const since = { updated_after: "2026-01-01" };
    expect(await walkAll("list_companies", { ...call, filter: { status: ["new"], ...since } })).toHaveLength(
      60,
    );
    const first = await page("list_contacts", { ...call, sort: "created_at" });
    contactPage.parse(first);
    expect(first.total).toBe(60);
    await expect(page("list_companies", { ...call, sort: "domain" })).rejects.toMatchObject({
      hint: "bad_sort",
    });
    const stranger = reader(database.current, ann);
    expect(await stranger.page("list_contacts", call)).toMatchObject({ rows: [], total: 0 });
  });

  test("campaigns are listed by any of their columns, and found by parts of their name in any state", async () => {
    const dee = await database.current.makePerson("dee");
    for (const name of ["Été 2026", "Autumn wave", "autumn leads", "Winter"]) {
      await database.current.makeCampaign(dee, name);
    }
    await database.current.sql`update public.campaigns set state = 'archived' where name = 'Autumn wave'`;
    const { page, walk: walkAll } = reader(database.current, dee);
    const call = { workspace_id: dee.workspaceId };
    campaignPage.parse(await page("list_campaigns", call));
    for (const sort of ["name", "created_at", "updated_at", "company_count", "contact_count"]) {
      for (const direction of ["asc", "desc"]) {
        const rows = await walkAll("list_campaigns", { ...call, sort, direction, page_size: 1 });
        expect(new Set(rows.map((row) => row.id)).size).toBe(4);
      }
    }
    const found = async (filter: { q?: string; state?: string[] }) =>
      (await page("list_campaigns", { ...call, filter, sort: "name", direction: "asc" })).rows.map(
        (row) => row.name,
      );
    expect(await found({ q: "aut" })).toEqual(["autumn leads", "Autumn wave"]);
    expect(await found({ q: "WAVE autumn" })).toEqual(["Autumn wave"]);
    expect(await found({ q: "ete" })).toEqual(["Été 2026"]);
    expect(await found({ state: ["archived"] })).toEqual(["Autumn wave"]);
    expect(await page("list_campaigns", { workspace_id: ann.workspaceId, filter: {} })).toMatchObject({
      rows: [],
    });
    for (const filter of [{ state: ["lost"] }, { nope: 1 }, { q: 5 }]) {
      await expect(page("list_campaigns", { ...call, filter })).rejects.toMatchObject({ hint: "bad_filter" });
    }
  });

  test("a run's jobs are pages like any list's, found by status, stage, reason and company", async () => {
    const id = await database.current.makeCampaign(ann);
    await database.current.sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key)
      select ${ann.workspaceId}, ${id}, 'Firm ' || n, 'k' || n from generate_series(1, 25) n`;
    const started = Object(await callAs(database.current, ann, "start_research", { campaign_id: id }));
    const jobs = async (given: Call) =>
      Object(await callAs(database.current, ann, "list_jobs", { run_id: started.run.id, ...given }));
    const first = jobPage.parse(await jobs({ page_size: 10 }));
    expect(first).toMatchObject({ total: 25, total_is_capped: false });
    const second = jobPage.parse(await jobs({ page_size: 10, cursor: first.next_cursor }));
    const before = second.prev_cursor ?? null;
    const last = jobPage.parse(await jobs({ page_size: 10, cursor: second.next_cursor }));
    const ids = [...first.rows, ...second.rows, ...last.rows].map((row) => row.id);
    expect(ids).toEqual([...ids].sort((a, b) => b - a));
    expect(new Set(ids).size).toBe(25);
    expect((await jobs({ page_size: 10, cursor: before })).rows.map((row: { id: number }) => row.id)).toEqual(
      ids.slice(0, 10),
    );
    expect((await jobs({ filter: { status: ["failed"] } })).rows).toEqual([]);
    expect((await jobs({ filter: { stage: ["company"], q: "firm 2" } })).total).toBe(7);
    for (const filter of [{ status: ["lost"] }, { company_id: "x" }, { error_code: ["x"] }]) {
      await expect(jobs({ filter })).rejects.toMatchObject({ code: "PT400", hint: "bad_filter" });
    }
    await expect(jobs({ cursor: "am9iczo1" })).rejects.toMatchObject({ hint: "bad_cursor" });
    const oldestFirst = await jobs({ direction: "asc", page_size: 25 });
    expect(oldestFirst.rows.map((row: { id: number }) => row.id)).toEqual([...ids].reverse());
    const [batch] = await claimJobs(database.current.sql, 3);
    const working = await jobs({ filter: { status: ["processing", "waiting"] } });
    expect(working.rows.map((row: { id: number }) => row.id)).toContain(batch?.jobs[0]?.id);
    expect(working.total).toBe(3);
    expect((await jobs({ filter: { status: ["queued"] } })).total).toBe(22);
    const failed = batch?.jobs[0]?.id ?? 0;
    await database.current
      .sql`update public.research_jobs set status = 'failed', error_code = 'http_404' where id = ${failed}`;
    const failedFor = async (error_code: string) =>
      (await jobs({ filter: { status: ["failed"], error_code } })).rows.map((row: { id: number }) => row.id);
    expect(await failedFor("http_404")).toEqual([failed]);
    expect(await failedFor("timeout")).toEqual([]);
    await expect(jobs({ sort: "status" })).rejects.toMatchObject({ hint: "bad_sort" });
    await expect(jobs({ direction: "up" })).rejects.toMatchObject({ hint: "bad_sort" });
  });
});
