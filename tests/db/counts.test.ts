import fc from "fast-check";
import { expect, test } from "vitest";
import { type Operation, operation, run, TRUNCATED, truncate } from "../support/counted-operations.ts";
import { driftOf } from "../support/counters.ts";
import { testDatabase } from "../support/database.ts";

const database = testDatabase();

async function makeCampaigns() {
  const person = await database.current.makePerson("ann");
  const campaigns = [
    await database.current.makeCampaign(person),
    await database.current.makeCampaign(person),
  ].sort();
  return { person, campaigns, workspaceId: person.workspaceId };
}

async function reported(repair: boolean, campaign: string | null = null) {
  const rows = await database.current.sql`
    select table_name, counter, kept::int, actual::int from private.recount(campaign_id => ${campaign}, repair => ${repair}) order by 1, 2`;
  return rows.map((row) => [row.table_name, row.counter, row.kept, row.actual]);
}

test("counters equal a recount after any statements, also from several connections at once, and nothing deadlocks", async () => {
  const { sql } = database.current;
  const { campaigns, workspaceId } = await makeCampaigns();
  const together = fc.array(operation, { minLength: 1, maxLength: 12 });
  const phase = fc.record({ together, alone: fc.option(fc.constantFrom(...TRUNCATED), { freq: 4 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(phase, { minLength: 1, maxLength: 4 }), async (phases) => {
      for (const { together, alone } of phases) {
        await Promise.all(together.map((one: Operation) => run(sql, workspaceId, campaigns, one)));
        if (alone) await truncate(sql, alone);
        expect(await driftOf(sql)).toEqual([]);
      }
    }),
    { numRuns: 25, endOnFailure: true },
  );
  expect(await reported(false)).toEqual([]);
});

test("companies that several connections add to the same campaigns, in any order, are counted without deadlocks", async () => {
  const { sql } = database.current;
  const person = await database.current.makePerson("ann");
  const campaigns = await Promise.all(Array.from({ length: 6 }, () => database.current.makeCampaign(person)));
  const add = (order: string[]) => sql`
    insert into public.companies (workspace_id, campaign_id, name, dedupe_key)
    select ${person.workspaceId}, campaign, 'C', gen_random_uuid() from unnest(${order}::uuid[]) as campaign, generate_series(1, 20)`;
  await Promise.all(
    Array.from({ length: 8 }, async (_, connection) => {
      const turned = [...campaigns.slice(connection % 6), ...campaigns.slice(0, connection % 6)];
      for (let n = 0; n < 5; n += 1) await add(n % 2 === 0 ? turned : turned.toReversed());
    }),
  );
  const counters =
    await sql`select company_count from public.campaigns where id = any (${campaigns}::uuid[])`;
  expect(counters.map((row) => row.company_count)).toEqual(Array(6).fill(800));
});

test("a recount names every counter that is off, says by how much, and repairs it", async () => {
  const { sql } = database.current;
  const { campaigns, person } = await makeCampaigns();
  const [campaign = "", other = ""] = campaigns;
  await sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key, research_status)
    select ${person.workspaceId}, ${campaign}, s, s, s::public.research_status from unnest(array['completed', 'failed', 'new']) as s`;
  await sql`insert into public.contacts (workspace_id, campaign_id, company_id, name, dedupe_key)
    select workspace_id, campaign_id, id, 'P', 'p' from public.companies where campaign_id = ${campaign} and name = 'new'`;
  await sql`insert into public.portfolio_companies (workspace_id, campaign_id, company_id, name, dedupe_key)
    select workspace_id, campaign_id, id, 'Q', 'q' from public.companies where campaign_id = ${campaign} and name = 'new'`;
  await database.current.as(person, (user) => user`select public.start_research(${campaign})`);
  expect(await reported(false)).toEqual([]);

  await sql`update public.campaigns set company_count = 7, contact_count = 7, researched_count = 7, failed_count = 7 where id = ${campaign}`;
  await sql`update public.companies set contact_count = 7, portfolio_count = 7 where campaign_id = ${campaign} and name = 'new'`;
  await sql`update public.research_run_counters set jobs = 7 where stage = 'company' and status = 'queued'
    and run_id in (select id from public.research_runs where campaign_id = ${campaign})`;
  await sql`update public.campaigns set company_count = 7 where id = ${other}`;
  const drift = [
    ["campaigns", "company_count", 7, 3],
    ["campaigns", "contact_count", 7, 1],
    ["campaigns", "failed_count", 7, 0],
    ["campaigns", "researched_count", 7, 1],
    ["companies", "contact_count", 7, 1],
    ["companies", "portfolio_count", 7, 1],
    ["research_run_counters", "company.queued", 7, 2],
  ];
  expect(await reported(false, campaign)).toEqual(drift);
  expect(await reported(true, campaign)).toEqual(drift);
  expect(await reported(false)).toEqual([["campaigns", "company_count", 7, 0]]);
  expect(await reported(true)).toHaveLength(1);
  expect(await driftOf(sql)).toEqual([]);
});

test("a campaign that is put away and brought back keeps its counters, and is not recounted meanwhile", async () => {
  const { sql } = database.current;
  const { campaigns, workspaceId } = await makeCampaigns();
  const [campaign = ""] = campaigns;
  await run(sql, workspaceId, campaigns, {
    kind: "add companies",
    campaign: 0,
    from: 0,
    count: 5,
    status: "completed",
  });
  await run(sql, workspaceId, campaigns, {
    kind: "add contacts",
    campaign: 0,
    from: 0,
    count: 5,
    status: "new",
  });
  const counters = () =>
    sql`select company_count, contact_count, researched_count from public.campaigns where id = ${campaign}`;
  await sql.begin(async (mover) => {
    await mover`update public.campaigns set state = 'archiving' where id = ${campaign}`;
    await mover`select private.begin_move(${campaign})`;
    await mover`delete from public.contacts where campaign_id = ${campaign}`;
    await mover`delete from public.companies where campaign_id = ${campaign}`;
    await mover`update public.campaigns set state = 'archived' where id = ${campaign}`;
  });
  expect([...(await counters())]).toEqual([{ company_count: 5, contact_count: 5, researched_count: 5 }]);
  expect(await reported(true, campaign)).toEqual([]);
});
