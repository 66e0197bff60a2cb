import { beforeAll, describe, expect, test } from "vitest";
import { type Person, testDatabase } from "../support/database.ts";

const database = testDatabase();
let ann: Person;
let viewer: Person;
let stranger: Person;
let campaign: string;
let company: string;

beforeAll(async () => {
  const { current } = database;
  ann = await current.makePerson("ann");
  viewer = await current.makePerson("viewer");
  stranger = await current.makePerson("stranger");
  await current.addMember(ann.workspaceId, viewer, "viewer");
  campaign = await current.makeCampaign(ann);
  await current.as(ann, async (sql) => {
    const [row] =
      await sql`select public.start_import(${campaign}, 'contacts', 'a.csv', 1, 'h', '{}') as started`;
    const rows = [
      {
        row: 1,
        name: "Jane",
        email: "jane@acme.example",
        company: { name: "Acme", website: "acme.example" },
      },
    ];
    await sql`select public.import_rows(${row?.started.import.id}, 0, ${JSON.stringify(rows)}::text::jsonb, '[{"row": 2, "reason": "Bad."}]')`;
    await sql`select public.start_research(${campaign})`;
  });
  const claim = await current.sql`select private.claim_jobs('web', 1, 60) as claim`;
  const { lease, jobs } = claim[0]?.claim ?? {};
  await current.sql`select private.complete_jobs(${JSON.stringify([{ lease, job_id: jobs[0].id, kind: "failed", code: "x", reason: "X." }])}::text::jsonb)`;
  const [row] = await current.sql`select id from public.companies where campaign_id = ${campaign}`;
  company = row?.id;
  await current.sql`insert into public.portfolio_companies (workspace_id, campaign_id, company_id, name, dedupe_key)
    values (${ann.workspaceId}, ${campaign}, ${company}, 'Beta', 'n:beta')`;
  await current.as(
    ann,
    (sql) => sql`select public.invite_member(${ann.workspaceId}, 'guest@test.example', 'viewer')`,
  );
  await putInArchive();
});

/** Archived rows and a task: those of a second campaign, and copies of what a finished run would leave there. */
async function putInArchive() {
  const { current } = database;
  const archived = await current.makeCampaign(ann, "Archived");
  await current.as(ann, (sql) => sql`select public.archive_campaign(${archived})`);
  await current.sql`insert into public.archived_companies select * from public.companies where id = ${company}`;
  await current.sql`insert into public.archived_contacts select * from public.contacts where company_id = ${company}`;
  await current.sql`insert into public.archived_portfolio_companies select * from public.portfolio_companies`;
  await current.sql`insert into public.archived_jobs select * from public.research_jobs`;
  await current.sql`insert into public.archived_attempts select * from public.research_attempts`;
}

async function publicTables(): Promise<string[]> {
  const rows = await database.current.sql`
    select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname`;
  return rows.map((row) => row.relname);
}

/** Columns the API may read: research_jobs hides its lease. */
async function countRows(person: Person | null, table: string): Promise<number> {
  return database.current.as(person, async (sql) => {
    const [row] = await sql.unsafe(
      `select count(workspace_id)::int as n from public.${table === "workspaces" ? "(select id as workspace_id from public.workspaces) as w" : table}`.replace(
        "public.(",
        "(",
      ),
    );
    return row?.n;
  });
}

describe("every table", () => {
  test("has row-level security and rows for this test to look at", async () => {
    const { sql } = database.current;
    const open = await sql`
      select relname from pg_class where relnamespace in ('public'::regnamespace, 'private'::regnamespace) and relkind = 'r' and not relrowsecurity`;
    expect([...open]).toEqual([]);
    for (const table of await publicTables()) {
      const [row] = await sql.unsafe(`select count(*)::int as n from public.${table}`);
      expect(row?.n, table).toBeGreaterThan(0);
    }
  });

  test("shows members their own workspace's rows, strangers none of them, and anonymous callers nothing at all", async () => {
    const strangersOwn = new Set(["workspaces", "workspace_members"]);
    const adminsOnly = new Set(["workspace_invites"]);
    for (const table of await publicTables()) {
      expect(await countRows(ann, table), table).toBeGreaterThan(0);
      if (adminsOnly.has(table)) expect(await countRows(viewer, table), table).toBe(0);
      else expect(await countRows(viewer, table), table).toBeGreaterThan(0);
      expect(await countRows(stranger, table), table).toBe(strangersOwn.has(table) ? 1 : 0);
      await expect(countRows(null, table), table).rejects.toMatchObject({ code: "42501" });
    }
  });

  test("is written by people only where people edit", async () => {
    const { sql } = database.current;
    const granted = await sql`
      select table_name, privilege_type from information_schema.column_privileges
      where table_schema = 'public' and grantee = 'authenticated' and privilege_type <> 'SELECT' group by 1, 2 order by 1, 2`;
    expect(granted.map((row) => `${row.privilege_type} ${row.table_name}`)).toEqual([
      "INSERT campaigns",
      "UPDATE campaigns",
      "UPDATE companies",
      "UPDATE contacts",
      "UPDATE workspaces",
    ]);
    const whole = await sql`
      select table_name, privilege_type from information_schema.table_privileges
      where table_schema in ('public', 'private') and (grantee in ('anon', 'PUBLIC') or grantee = 'authenticated' and privilege_type <> 'SELECT')`;
    expect([...whole]).toEqual([]);
  });
});

describe("editing", () => {
  test("a stranger's and a viewer's edits change nothing", async () => {
    for (const person of [stranger, viewer]) {
      const counts = await database.current.as(person, async (sql) => [
        (await sql`update public.companies set name = 'Taken' where id = ${company}`).count,
        (await sql`update public.contacts set name = 'Taken' where company_id = ${company}`).count,
        (await sql`update public.campaigns set name = 'Taken' where id = ${campaign}`).count,
        (await sql`update public.workspaces set name = 'Taken' where id = ${ann.workspaceId}`).count,
      ]);
      expect(counts).toEqual([0, 0, 0, 0]);
    }
  });

  test("the project's secret key may write what people write", async () => {
    const { sql } = database.current;
    await sql.begin(async (service) => {
      await service`set local role service_role`;
      const changed = await service`update public.companies set country = 'DE' where id = ${company}`;
      expect(changed.count).toBe(1);
    });
    await sql`update public.companies set country = null where id = ${company}`;
  });

  test("a campaign cannot be made in, nor a row moved to, a workspace of others", async () => {
    await expect(
      database.current.as(
        stranger,
        (sql) => sql`insert into public.campaigns (workspace_id, name) values (${ann.workspaceId}, 'Mine')`,
      ),
    ).rejects.toMatchObject({ code: "42501" });
    await expect(
      database.current.as(
        ann,
        (sql) =>
          sql`update public.companies set workspace_id = ${stranger.workspaceId} where id = ${company}`,
      ),
    ).rejects.toMatchObject({ code: "42501" });
  });

  test("an owner of a row is someone of the workspace", async () => {
    const assign = (owner: string) =>
      database.current.as(
        ann,
        (sql) => sql`update public.companies set owner_id = ${owner} where id = ${company}`,
      );
    await expect(assign(stranger.id)).rejects.toMatchObject({ code: "23503" });
    expect((await assign(viewer.id)).count).toBe(1);
  });

  test("counters and what the engine writes are out of reach", async () => {
    for (const statement of [
      "update public.campaigns set company_count = 9",
      "update public.research_jobs set status = 'completed'",
      "select lease from public.research_jobs",
      "insert into public.lanes (workspace_id, provider) values (gen_random_uuid(), 'web')",
    ]) {
      await expect(database.current.as(ann, (sql) => sql.unsafe(statement))).rejects.toMatchObject({
        code: "42501",
      });
    }
  });
});

describe("functions", () => {
  /** Each runs as its owner and checks the caller itself; the reason stands in its comment. */
  const DEFINERS_PEOPLE_MAY_CALL = [
    "private.custom_columns",
    "private.find_jobs",
    "private.find_page",
    "private.may_listen",
    "private.my_workspaces",
    "public.accept_invite",
    "public.archive_campaign",
    "public.cancel_research",
    "public.cancel_task",
    "public.change_role",
    "public.create_workspace",
    "public.decline_invite",
    "public.delete_campaign",
    "public.delete_matching",
    "public.delete_workspace",
    "public.edit_matching",
    "public.engine_status",
    "public.finish_import",
    "public.get_invite",
    "public.import_rows",
    "public.invite_member",
    "public.leave_workspace",
    "public.list_archived",
    "public.list_place",
    "public.list_total",
    "public.make_invite_link",
    "public.my_invites",
    "public.pause_research",
    "public.remove_member",
    "public.research_progress",
    "public.restore_campaign",
    "public.resume_research",
    "public.retry_failed_jobs",
    "public.revoke_invite",
    "public.start_import",
    "public.start_research",
    "public.transfer_ownership",
  ];

  test("that run as their owner and that people may call are these, and nobody may call anything anonymously", async () => {
    const rows = await database.current.sql`
      select p.pronamespace::regnamespace::text || '.' || p.proname as name, p.prosecdef, p.proconfig,
        has_function_privilege('authenticated', p.oid, 'execute') as users, has_function_privilege('anon', p.oid, 'execute') as anyone
      from pg_proc p where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace) order by name`;
    expect(rows.filter((row) => row.prosecdef && row.users).map((row) => row.name)).toEqual(
      DEFINERS_PEOPLE_MAY_CALL,
    );
    expect(rows.filter((row) => row.anyone).map((row) => row.name)).toEqual([]);
    expect(
      rows.filter((row) => !(row.proconfig ?? []).includes('search_path=""')).map((row) => row.name),
    ).toEqual([]);
  });

  test("each foreign key has an index that begins with its columns", async () => {
    const bare = await database.current.sql`
      select k.conrelid::regclass::text as name, k.conname from pg_constraint k
      where k.contype = 'f' and k.connamespace = 'public'::regnamespace and not exists (
        select from pg_index i where i.indrelid = k.conrelid and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey
      )`;
    expect([...bare]).toEqual([]);
  });
});
