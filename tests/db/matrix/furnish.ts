import { createHash, randomUUID } from "node:crypto";
import type { TransactionSql } from "postgres";
import type { Person, Sql, TestDatabase } from "../../support/database.ts";

/** One of the two workspaces: its id, and ids of rows in it by the name that expectations use in braces. */
export interface Side {
  workspaceId: string;
  ids: Record<string, string>;
}

const COMPANIES = [{ row: 1, name: "Acme", website: "acme.example", custom: { Colour: "red" } }];
const CONTACTS = [
  {
    row: 1,
    name: "Jane Doe",
    email: "jane@acme.example",
    company: { name: "Acme", website: "acme.example" },
  },
  { row: 2, name: "Joe", email: "joe@beta.example", company: { name: "Beta", website: "beta.example" } },
];

/** A row in every table of the owner's workspace, made the way the product makes it where that is possible. */
export async function furnish(
  database: TestDatabase,
  owner: Person,
  asked: { invited: Person; unconfirmed: Person },
): Promise<Side> {
  const { workspaceId } = owner;
  const ids = {
    workspaces: workspaceId,
    the_owner: owner.id,
    ...(await furnishCampaigns(database, owner)),
    ...(await furnishInvites(database, owner, asked)),
  };
  Object.assign(ids, await furnishIntegration(database.sql, workspaceId, ids.research_runs));
  await database.sql`insert into public.saved_views (workspace_id, list, name, is_shared, created_by)
    values (${workspaceId}, 'companies', 'Warm', true, ${owner.id})`;
  await furnishMachinery(database.sql, owner, ids);
  return { workspaceId, ids };
}

/** Campaigns under research, idle, archived, and with a task in it. */
async function furnishCampaigns(database: TestDatabase, owner: Person) {
  const { sql } = database;
  const asOwner = <T>(work: (user: TransactionSql) => Promise<T>) => database.as(owner, work);
  const archived = await database.makeCampaign(owner, "Archived");
  const put = await research(database, owner, archived, 1);
  await asOwner(async (user) => {
    await user`select public.cancel_research(r.id) from public.research_runs r where r.campaign_id = ${archived}`;
    await user`select public.archive_campaign(${archived})`;
  });
  const busy = await database.makeCampaign(owner, "Busy");
  const made = await research(database, owner, busy, 0);
  const idle = await database.makeCampaign(owner, "Idle");
  const idleImport = await asOwner((user) => importFile(user, idle, "companies", COMPANIES, 1));
  await sql`update public.companies set custom = '{"Colour": "red"}' where campaign_id = ${busy}`;
  const edited = await database.makeCampaign(owner, "Edited");
  const task = await oneId(sql`
    insert into public.bulk_tasks (workspace_id, campaign_id, campaign_name, kind, list)
    values (${owner.workspaceId}, ${edited}, 'Edited', 'edit_rows', 'companies') returning id`);
  await sql`insert into private.task_conditions values (${task}, 'true')`;
  return {
    ...made,
    campaigns: busy,
    idle_campaign: idle,
    idle_import: idleImport,
    archived_campaign: archived,
    archived_company: put.companies,
    running_task: task,
    contacts: await oneId(
      sql`select id from public.contacts where campaign_id = ${busy} order by name limit 1`,
    ),
    idle_company: await oneId(sql`select id from public.companies where campaign_id = ${idle} limit 1`),
  };
}

/** Imports contacts of two companies, starts research and fails one of its jobs. `chunks` are those the import ends with; none: it goes on. */
async function research(database: TestDatabase, owner: Person, campaign: string, chunks: number) {
  const { sql } = database;
  const [imported, run] = await database.as(owner, async (user) => [
    await importFile(user, campaign, "contacts", CONTACTS, chunks),
    await oneId(user`select public.start_research(${campaign}) #>> '{run,id}' as id`),
  ]);
  const job = await failOneJob(sql, run);
  const company = await oneId(
    sql`select id from public.companies where campaign_id = ${campaign} and domain = 'acme.example'`,
  );
  await sql`insert into public.portfolio_companies (workspace_id, campaign_id, company_id, name, dedupe_key)
    values (${owner.workspaceId}, ${campaign}, ${company}, 'Gamma', 'n:gamma')`;
  return { import_jobs: imported, research_runs: run, research_jobs: job, companies: company };
}

async function importFile(
  user: TransactionSql,
  campaign: string,
  kind: string,
  rows: object[],
  chunks: number,
) {
  const id = await oneId(user`
    select public.start_import(${campaign}, ${kind}, 'a.csv', 1, ${randomUUID()}, '{}') #>> '{import,id}' as id`);
  await user`select public.import_rows(${id}, 0, ${JSON.stringify(rows)}::text::jsonb, '[{"row": 9, "reason": "Bad."}]')`;
  if (chunks > 0) await user`select public.finish_import(${id}, ${chunks})`;
  return id;
}

async function failOneJob(sql: Sql, run: string): Promise<string> {
  const [job] = await sql`
    update public.research_jobs set status = 'processing', batch_id = gen_random_uuid(), attempt = 1
    where id = (select min(id) from public.research_jobs where run_id = ${run}) returning id::text, batch_id`;
  const outcomes = [{ batch_id: job?.batch_id, job_id: job?.id, kind: "failed", code: "x", reason: "X." }];
  await sql`select private.complete_jobs(${JSON.stringify(outcomes)}::text::jsonb)`;
  return job?.id;
}

/** An integration with a secret, a lane, and a batch that went out and was answered by callback. */
async function furnishIntegration(sql: Sql, workspaceId: string, run: string) {
  const id = await oneId(sql`
    insert into public.integrations (workspace_id, kind, name, url)
    values (${workspaceId}, 'n8n', 'Ours', 'https://n8n.example/webhook/0') returning id`);
  await sql`select private.save_secret(${workspaceId}, ${id}, 'signing', '{}')`;
  const batch = await oneId(sql`
    insert into public.research_batches (workspace_id, lane_id, run_id, job_ids)
    select ${workspaceId}, private.lane_of(${workspaceId}, ${id}), ${run}, '{}' returning id`);
  const deliveries = [
    {
      integration_id: id,
      batch_id: batch,
      address: "n8n.example/webhook/0",
      sent_at: new Date().toISOString(),
      duration_ms: 1,
      request_headers: {},
      request_body: "{}",
      notes: [],
    },
  ];
  await sql`select private.keep_deliveries(${JSON.stringify(deliveries)}::text::jsonb)`;
  await sql`select private.take_event(${id}, 'e1', '{}', '{}', '[]')`;
  await sql`
    insert into private.research_cache (lane_id, stage, subject_key, result, asked_at)
    values (private.lane_of(${workspaceId}, ${id}), 'company', 'd:acme.example', '{}', now())`;
  await sql`select private.take_token(${id}, 'callbacks', 1, 1)`;
  const delivery = await oneId(sql`select id::text from public.deliveries where integration_id = ${id}`);
  return { integrations: id, deliveries: delivery };
}

/** Two invites whose people have accounts, and one that only owners may touch. */
async function furnishInvites(
  database: TestDatabase,
  owner: Person,
  asked: { invited: Person; unconfirmed: Person },
) {
  return database.as(owner, async (user) => {
    const invite = (email: string, role: string) =>
      oneId(user`select public.invite_member(${owner.workspaceId}, ${email}, ${role}) ->> 'id' as id`);
    const link = (id: string) => oneId(user`select public.make_invite_link(${id}) ->> 'token' as id`);
    const invited = await invite(asked.invited.email, "viewer");
    const unconfirmed = await invite(asked.unconfirmed.email, "viewer");
    return {
      workspace_invites: invited,
      invite_token: await link(invited),
      unconfirmed_invite: unconfirmed,
      unconfirmed_token: await link(unconfirmed),
      admin_invite: await invite("to-be-admin@test.example", "admin"),
    };
  });
}

/** Rows that come and go by themselves, as they are while they are there. */
async function furnishMachinery(sql: Sql, owner: Person, ids: Record<string, string>): Promise<void> {
  const { workspaceId } = owner;
  await sql`insert into private.pending_changes (transaction_id, topic, table_name, operation)
    values ('1', ${`workspace:${workspaceId}`}, 'campaigns', 'update')`;
  await sql`insert into private.moving_campaigns (campaign_id, transaction_id) values (${ids.idle_campaign ?? ""}, '1')`;
  await sql`insert into private.abandoned_workspaces values (${workspaceId})`;
  await sql`insert into private.lexemes (workspace_id, word) values (${workspaceId}, 'jane')`;
  await sql`insert into private.outbound_proxies (id) values (${createHash("sha256").update(workspaceId).digest("hex")})`;
  await sql`insert into private.source_pages (run_id, page) values (${ids.research_runs ?? ""}, 1)`;
  await sql`select private.take_token(${owner.id}, 'previews', 1, 1)`;
  await sql`select private.is_just_back('0')`;
  await sql`insert into private.lexeme_marks (campaign_id) values (${ids.campaigns ?? ""})`;
}

async function oneId(query: PromiseLike<Iterable<{ id?: string }>>): Promise<string> {
  const [row] = [...(await query)];
  if (!row?.id) throw new Error("a row of the world is missing");
  return row.id;
}
