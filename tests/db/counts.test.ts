import fc from "fast-check";
import { expect, test } from "vitest";
import { testDatabase } from "../support/database.ts";

const database = testDatabase();

const STATUSES = ["new", "queued", "researching", "completed", "failed"];

/** One statement of somebody's, in the lock order of docs/architecture.md (the campaign first, but for plain additions of companies): what to do, to which of two campaigns, with which numbers. */
const operation = fc.record({
  kind: fc.constantFrom(
    "add companies",
    "remove companies",
    "set status",
    "add contacts",
    "remove contacts",
    "add portfolio",
  ),
  campaign: fc.nat(1),
  from: fc.nat(30),
  count: fc.integer({ min: 1, max: 12 }),
  status: fc.constantFrom(...STATUSES),
});
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

async function apply(
  workspaceId: string,
  campaigns: string[],
  { kind, campaign, from, count, status }: Operation,
) {
  const { sql } = database.current;
  const id = campaigns[campaign] ?? "";
  const keys = Array.from({ length: count }, (_, index) => `k${from + index}`);
  switch (kind) {
    case "add companies":
      return sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key, research_status)
        select ${workspaceId}, ${id}, key, key, ${status} from unnest(${keys}::text[]) as key order by key on conflict do nothing`;
    case "remove companies":
      return sql.begin(async (one) => {
        await one`select from public.campaigns where id = ${id} for no key update`;
        await one`delete from public.companies where campaign_id = ${id} and dedupe_key = any (${keys})`;
      });
    case "set status":
      return sql.begin(async (one) => {
        await one`select from public.campaigns where id = ${id} for no key update`;
        await one`update public.companies set research_status = ${status} where campaign_id = ${id} and dedupe_key = any (${keys})`;
      });
    case "add contacts":
      return sql.begin(async (one) => {
        await one`select from public.campaigns where id = ${id} for no key update`;
        await one`insert into public.contacts (workspace_id, campaign_id, company_id, name, dedupe_key)
          select workspace_id, campaign_id, id, 'P', 'p' || ${from}::text from public.companies where campaign_id = ${id} and dedupe_key = any (${keys})
          on conflict do nothing`;
      });
    case "remove contacts":
      return sql.begin(async (one) => {
        await one`select from public.campaigns where id = ${id} for no key update`;
        await one`delete from public.contacts where campaign_id = ${id} and dedupe_key = 'p' || ${from}::text`;
      });
    default:
      return sql.begin(async (one) => {
        await one`select from public.campaigns where id = ${id} for no key update`;
        await one`insert into public.portfolio_companies (workspace_id, campaign_id, company_id, name, dedupe_key)
          select workspace_id, campaign_id, id, 'Q', 'q' || ${from}::text from public.companies where campaign_id = ${id} and dedupe_key = any (${keys})
          order by id on conflict do nothing`;
      });
  }
}

test("counters equal a recount after any statements, also from several connections at once, and nothing deadlocks", async () => {
  const person = await database.current.makePerson("ann");
  const campaigns = [
    await database.current.makeCampaign(person),
    await database.current.makeCampaign(person),
  ];
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 4, maxLength: 24 }), async (operations) => {
      await Promise.all(operations.map((one) => apply(person.workspaceId, campaigns, one)));
      const drift = await database.current.sql`
        select c.id from public.campaigns c where (company_count, contact_count, researched_count, failed_count) is distinct from (
          (select count(*)::int from public.companies x where x.campaign_id = c.id), (select count(*)::int from public.contacts x where x.campaign_id = c.id),
          (select count(*)::int from public.companies x where x.campaign_id = c.id and x.research_status = 'completed'),
          (select count(*)::int from public.companies x where x.campaign_id = c.id and x.research_status = 'failed'))
        union all
        select o.id from public.companies o where (contact_count, portfolio_count) is distinct from (
          (select count(*)::int from public.contacts x where x.company_id = o.id), (select count(*)::int from public.portfolio_companies x where x.company_id = o.id))`;
      expect([...drift]).toEqual([]);
    }),
    { numRuns: 30 },
  );
});
