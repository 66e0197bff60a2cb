import { beforeEach, describe, expect, test } from "vitest";
import { driftOf } from "../support/counters.ts";
import { type Person, testDatabase } from "../support/database.ts";
import { claimJobs } from "../support/research.ts";
import { until } from "../support/until.ts";

const database = testDatabase();
let ann: Person;
let campaign: string;
let other: string;

beforeEach(async () => {
  const { sql, makePerson, makeCampaign } = database.current;
  ann = await makePerson("ann");
  campaign = await makeCampaign(ann);
  other = await makeCampaign(ann);
  for (const id of [campaign, other]) {
    await sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key) values (${ann.workspaceId}, ${id}, 'Acme', 'acme')`;
    await sql`insert into public.contacts (workspace_id, campaign_id, company_id, name, dedupe_key)
      select workspace_id, campaign_id, id, 'Jane', 'jane' from public.companies where campaign_id = ${id}`;
    await sql`insert into public.portfolio_companies (workspace_id, campaign_id, company_id, name, dedupe_key)
      select workspace_id, campaign_id, id, 'Beta', 'beta' from public.companies where campaign_id = ${id}`;
  }
});

const setState = (state: string) =>
  database.current.sql`update public.campaigns set state = ${state} where id = ${campaign}`;

const busy = { code: "PT409", hint: "campaign_busy" };

describe.each([
  ["archiving", /is being archived/],
  ["archived", /is archived/],
  ["restoring", /is being restored/],
  ["deleting", /is being deleted/],
])("a campaign that is %s", (state, sentence) => {
  beforeEach(() => setState(state));

  test("refuses what people edit, and says why", async () => {
    for (const table of ["companies", "contacts"]) {
      await expect(
        database.current.as(ann, (sql) =>
          sql.unsafe(`update public.${table} set name = 'New' where campaign_id = $1`, [campaign]),
        ),
      ).rejects.toMatchObject({ ...busy, message: sentence });
    }
    const elsewhere = await database.current.as(
      ann,
      (sql) => sql`update public.companies set name = 'New' where campaign_id = ${other}`,
    );
    expect(elsewhere.count).toBe(1);
  });

  test("refuses rows that functions add, remove or move, in and out", async () => {
    const { sql } = database.current;
    const writes = [
      `insert into public.companies (workspace_id, campaign_id, name, dedupe_key) values ('${ann.workspaceId}', '${campaign}', 'B', 'b')`,
      `insert into public.contacts (workspace_id, campaign_id, company_id, name, dedupe_key)
        select workspace_id, campaign_id, id, 'P', 'p' from public.companies where campaign_id = '${campaign}'`,
      `insert into public.portfolio_companies (workspace_id, campaign_id, company_id, name, dedupe_key)
        select workspace_id, campaign_id, id, 'P', 'p' from public.companies where campaign_id = '${campaign}'`,
      `update public.companies set campaign_id = '${campaign}', dedupe_key = 'c' where campaign_id = '${other}'`,
      `update public.companies set campaign_id = '${other}', dedupe_key = 'c' where campaign_id = '${campaign}'`,
      `update public.portfolio_companies set round = 'A' where campaign_id = '${campaign}'`,
      `delete from public.companies where campaign_id = '${campaign}'`,
      `delete from public.contacts where campaign_id = '${campaign}'`,
      `delete from public.portfolio_companies where campaign_id = '${campaign}'`,
    ];
    for (const write of writes) await expect(sql.unsafe(write), write).rejects.toMatchObject(busy);
    expect(await driftOf(sql)).toEqual([]);
  });
});

test("what moves a campaign passes, uncounted and untold, until its transaction ends", async () => {
  const { sql } = database.current;
  await setState("archiving");
  const counters = () =>
    sql`select company_count, contact_count from public.campaigns where id = ${campaign}`;
  const before = [...(await counters())];
  const known = await sql`select count(*)::int as n from realtime.messages`;
  await sql.begin(async (mover) => {
    await mover`select private.begin_move(${campaign})`;
    await mover`delete from public.contacts where campaign_id = ${campaign}`;
    await mover`update public.companies set name = 'Moved' where campaign_id = ${campaign}`;
    await mover`delete from public.companies where campaign_id = ${campaign}`;
  });
  expect([...(await counters())]).toEqual(before);
  expect([...(await sql`select count(*)::int as n from realtime.messages`)]).toEqual([...known]);
  await expect(
    sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key) values (${ann.workspaceId}, ${campaign}, 'B', 'b')`,
  ).rejects.toMatchObject(busy);
});

test("a move is begun by functions of ours alone, and never of a campaign that is being worked on", async () => {
  const { sql } = database.current;
  await expect(sql`select private.begin_move(${campaign})`).rejects.toThrow(/its rows cannot be moved/);
  await setState("archived");
  for (const attempt of [
    `select private.begin_move('${campaign}')`,
    `insert into private.moving_campaigns (campaign_id, transaction_id) values ('${campaign}', pg_current_xact_id())`,
  ]) {
    for (const role of ["authenticated", "service_role"]) {
      await expect(
        sql.begin(async (client) => {
          await client.unsafe(`set local role ${role}`);
          await client.unsafe(attempt);
        }),
      ).rejects.toMatchObject({ code: "42501" });
    }
  }
});

test("rows that somebody adds while the state changes are refused, not stranded", async () => {
  const { sql } = database.current;
  const isWaiting = async () => {
    const rows =
      await sql`select from pg_stat_activity where wait_event_type = 'Lock' and query like '%Late%'`;
    return rows.length > 0;
  };
  let late: Promise<unknown> = Promise.resolve();
  await sql.begin(async (mover) => {
    await mover`select from public.campaigns where id = ${campaign} for no key update`;
    await mover`update public.campaigns set state = 'archiving' where id = ${campaign}`;
    late = expect(
      sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key) values (${ann.workspaceId}, ${campaign}, 'Late', 'late')`,
    ).rejects.toMatchObject(busy);
    await until("the late row waits", isWaiting);
  });
  await late;
});

test("a result that comes late changes nothing there, and does not hold up those of other campaigns", async () => {
  const { sql } = database.current;
  for (const id of [campaign, other]) {
    await database.current.as(ann, (user) => user`select public.start_research(${id}, '{company}')`);
  }
  const batches = [...(await claimJobs(sql)), ...(await claimJobs(sql))];
  expect(batches).toHaveLength(2);
  await sql`update public.research_runs set status = 'cancelled' where campaign_id = ${campaign}`;
  await setState("archived");
  const outcomes = batches.map(({ id, jobs: [job] }) => ({
    batch_id: id,
    job_id: job?.id,
    kind: "failed",
    code: "x",
    reason: "X.",
  }));
  const [completed] =
    await sql`select private.complete_jobs(${JSON.stringify(outcomes)}::text::jsonb) as counts`;
  expect(completed?.counts).toMatchObject({ failed: 1, ignored: 1 });
});

test("a workspace is deleted with campaigns in any state", async () => {
  const { sql } = database.current;
  await setState("archiving");
  await sql`delete from public.workspaces where id = ${ann.workspaceId}`;
  expect(await sql`select from public.companies where campaign_id = ${campaign}`).toHaveLength(0);
});
