import { describe, expect, test } from "vitest";
import { type ArchivedPage, archivedPage } from "../../supabase/functions/_shared/contracts/index.ts";
import type { Person } from "../support/database.ts";
import { MOVED_TABLES, taskBench } from "../support/tasks.ts";

const bench = taskBench();

async function colleague(role: "viewer" | "member" | "admin" | "owner"): Promise<Person> {
  const person = await bench.current.makePerson(role);
  await bench.current.addMember(bench.ann.workspaceId, person, role);
  return person;
}

describe("who and when", () => {
  test("members archive and restore, viewers read the archive, strangers see nothing", async () => {
    const [viewer, member] = [await colleague("viewer"), await colleague("member")];
    const stranger = await bench.current.makePerson("stranger");
    await bench.fill(2);
    for (const name of ["archive_campaign", "restore_campaign"]) {
      await expect(bench.call(name, [bench.campaign], viewer)).rejects.toMatchObject({ hint: "forbidden" });
      await expect(bench.call(name, [bench.campaign], stranger)).rejects.toMatchObject({ hint: "not_found" });
    }
    await expect(bench.call("restore_campaign", [bench.campaign], member)).rejects.toMatchObject({
      hint: "campaign_busy",
      message: "This campaign is not archived.",
    });
    await bench.call("archive_campaign", [bench.campaign], member);
    const seen = (person: Person, table: string) =>
      bench.current.as(person, (user) =>
        user.unsafe(`select id from public.${table} where workspace_id = $1`, [bench.ann.workspaceId]),
      );
    for (const table of [...Object.values(MOVED_TABLES), "bulk_tasks"]) {
      expect((await seen(viewer, table)).length, table).toBeGreaterThan(0);
      expect(await seen(stranger, table), table).toHaveLength(0);
    }
    await expect(bench.call("archive_campaign", [bench.campaign], member)).rejects.toMatchObject({
      hint: "campaign_busy",
    });
    await bench.call("restore_campaign", [bench.campaign], member);
  });

  test("nothing is archived under research or an import, but a given-up import does not hold it up", async () => {
    await bench.fill(2);
    await bench.sql`update public.research_runs set status = 'paused' where campaign_id = ${bench.campaign}`;
    await expect(bench.call("archive_campaign", [bench.campaign])).rejects.toMatchObject({
      code: "PT409",
      hint: "run_active",
    });
    await bench.sql`update public.research_runs set status = 'completed' where campaign_id = ${bench.campaign}`;
    await bench.current.as(
      bench.ann,
      (user) => user`select public.start_import(${bench.campaign}, 'companies', 'f.csv', 1, 'h', '{}')`,
    );
    await expect(bench.call("archive_campaign", [bench.campaign])).rejects.toMatchObject({
      code: "PT409",
      hint: "import_active",
    });
    expect(await bench.stateOf()).toBe("active");
    await bench.sql`update public.import_jobs set created_at = now() - interval '2 hours' where campaign_id = ${bench.campaign}`;
    expect(await bench.call("archive_campaign", [bench.campaign])).toMatchObject({ status: "completed" });
  });

  test("campaigns that nothing changed in for long are archived by themselves, as their workspace wants", async () => {
    const make = async (person: Person, age: string) => {
      const id = await bench.current.makeCampaign(person);
      await bench.sql`alter table public.campaigns disable trigger touch`;
      await bench.sql`update public.campaigns set created_at = now() - ${age}::interval, updated_at = now() - ${age}::interval where id = ${id}`;
      await bench.sql`alter table public.campaigns enable trigger touch`;
      return id;
    };
    const never = await bench.current.makePerson("never");
    await bench.sql`update public.workspaces set archive_after_days = null where id = ${never.workspaceId}`;
    const [idle, young, worked, kept, restored] = [
      await make(bench.ann, "181 days"),
      await make(bench.ann, "179 days"),
      await make(bench.ann, "181 days"),
      await make(never, "900 days"),
      await make(bench.ann, "181 days"),
    ];
    await bench.sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key) values (${bench.ann.workspaceId}, ${worked}, 'New', 'n')`;
    await bench.call("archive_campaign", [restored]);
    await bench.call("restore_campaign", [restored]);
    await bench.sql`delete from public.bulk_tasks where campaign_id = ${restored}`;
    const [running] = [await make(bench.ann, "181 days")];
    await bench.sql`insert into public.research_runs (workspace_id, campaign_id, stages, created_at) values (${bench.ann.workspaceId}, ${running}, '{company}', now() - interval '300 days')`;

    await bench.sql`select private.archive_idle_campaigns()`;
    await bench.finish();
    expect(
      await Promise.all([idle, young, worked, kept, restored, running].map((id) => bench.stateOf(id))),
    ).toEqual(["archived", "active", "active", "active", "active", "active"]);
  });

  test("admins say after how many days, members do not", async () => {
    const [admin, member] = [await colleague("admin"), await colleague("member")];
    const set = (person: Person, days: number | null) =>
      bench.current.as(
        person,
        (user) =>
          user`update public.workspaces set archive_after_days = ${days} where id = ${bench.ann.workspaceId}`,
      );
    expect((await set(admin, null)).count).toBe(1);
    expect((await set(member, 10)).count).toBe(0);
    await expect(set(admin, 0)).rejects.toMatchObject({ code: "23514" });
  });
});

describe("the rows of an archived campaign", () => {
  const page = (
    list: string,
    cursor: string | null,
    size: number,
    person: Person = bench.ann,
  ): Promise<ArchivedPage> =>
    bench.current.as(person, async (user) => {
      const [row] =
        await user`select public.list_archived(${bench.campaign}, ${list}, ${cursor}, ${size}) as page`;
      return archivedPage.parse(row?.page);
    });

  test("are read in pages, the newest first, each once, contacts with their company", async () => {
    await bench.fill(11);
    const live =
      await bench.sql`select id from public.contacts where campaign_id = ${bench.campaign} order by created_at desc, id desc`;
    await bench.sql`update public.companies set custom = '{"Plan": "Gold"}' where campaign_id = ${bench.campaign}`;
    await bench.call("archive_campaign", [bench.campaign]);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { rows, next_cursor, total }: ArchivedPage = await page("contacts", cursor, 10);
      expect(total).toBe(33);
      for (const row of rows) expect("company" in row && row.company.name).toMatch(/^Cömpany/);
      seen.push(...rows.map((row) => row.id));
      cursor = next_cursor;
    } while (cursor);
    expect(seen).toEqual(live.map((row) => row.id));
    const companies = await page("companies", null, 11);
    expect(companies.next_cursor).toBeNull();
    expect(companies.rows.map(({ custom }) => custom)).toEqual(companies.rows.map(() => ({ Plan: "Gold" })));
  });

  test("are none while the campaign is active", async () => {
    await bench.fill(3);
    expect(await page("companies", null, 1)).toEqual({ rows: [], next_cursor: null, total: 0 });
  });

  test("are not read by strangers, nor with cursors of other lists", async () => {
    await bench.fill(3);
    await bench.call("archive_campaign", [bench.campaign]);
    const { next_cursor } = await page("companies", null, 1);
    await expect(page("contacts", next_cursor, 1)).rejects.toMatchObject({
      code: "PT400",
      hint: "bad_cursor",
    });
    await expect(page("jobs", null, 1)).rejects.toMatchObject({ code: "PT400", hint: "bad_list" });
    await expect(page("contacts", null, 201)).rejects.toMatchObject({ code: "PT400", hint: "bad_page_size" });
    await expect(page("contacts", null, 1, await bench.current.makePerson("stranger"))).rejects.toMatchObject(
      {
        hint: "not_found",
      },
    );
  });
});

describe("deletion", () => {
  /** The tables that hold something of the campaign. */
  const leftovers = async (campaign: string) => {
    const tables = await bench.sql`
      select table_schema || '.' || table_name as name from information_schema.columns
      where table_schema in ('public', 'private') and column_name = 'campaign_id'`;
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await bench.sql.unsafe(`select from ${name} where campaign_id = $1 limit 1`, [campaign]);
      if (rows.length > 0) found.push(name);
    }
    return found;
  };

  test.each(["active", "archived"])("leaves nothing of a campaign that is %s", async (state) => {
    await bench.fill(20);
    await bench.sql`insert into public.import_jobs (workspace_id, campaign_id, kind, file_name, file_size, file_hash, mapping, status)
      values (${bench.ann.workspaceId}, ${bench.campaign}, 'companies', 'f', 1, 'h', '{}', 'completed')`;
    await bench.sql`insert into public.import_rejected_rows (workspace_id, import_id, row_number, reason)
      select workspace_id, id, n, 'no' from public.import_jobs, generate_series(1, 30) as n where campaign_id = ${bench.campaign}`;
    const keep = await bench.current.makeCampaign(bench.ann, "Keep");
    await bench.fill(3, keep);
    const kept = await bench.fingerprint(keep);
    if (state === "archived") await bench.call("archive_campaign", [bench.campaign]);
    await bench.startDeleting();
    while ((await bench.stateOf()) === "deleting") await bench.chunk(13);
    expect(await leftovers(bench.campaign)).toEqual([]);
    expect(
      await bench.sql`select from public.research_attempts t where not exists (select from public.research_jobs j where j.id = t.job_id)`,
    ).toHaveLength(0);
    expect(
      await bench.sql`select from public.archived_attempts t where workspace_id = ${bench.ann.workspaceId}`,
    ).toHaveLength(0);
    expect(await bench.fingerprint(keep)).toEqual(kept);
    const [task] =
      await bench.sql`select * from public.bulk_tasks where kind = 'delete' and workspace_id = ${bench.ann.workspaceId}`;
    expect(task).toMatchObject({
      status: "completed",
      campaign_id: null,
      campaign_name: "Campaign",
      done: 80,
      total: 80,
    });
  });

  test("is for owners, cancels research, and is done at once for a small campaign", async () => {
    const admin = await colleague("admin");
    await bench.fill(3);
    await bench.sql`update public.research_runs set status = 'running' where campaign_id = ${bench.campaign}`;
    await expect(bench.call("delete_campaign", [bench.campaign], admin)).rejects.toMatchObject({
      hint: "forbidden",
    });
    expect(await bench.call("delete_campaign", [bench.campaign])).toMatchObject({
      status: "completed",
      campaign_id: null,
    });
    expect(await bench.stateOf()).toBeUndefined();
  });

  test("of a workspace takes its campaigns, archived ones and ones on the way there too", async () => {
    const { workspaceId } = bench.ann;
    const archived = await bench.current.makeCampaign(bench.ann, "Archived");
    await bench.fill(3, archived);
    await bench.call("archive_campaign", [archived]);
    await bench.fill(10);
    await bench.startArchiving();
    await bench.chunk(12);
    await bench.call("delete_workspace", [workspaceId]);
    for (let round = 0; round < 20; round += 1) {
      await bench.sql`select private.delete_marked_campaigns()`;
      await bench.finish();
      await bench.sql`select private.delete_abandoned_workspaces()`;
    }
    expect(await bench.sql`select from public.workspaces where id = ${workspaceId}`).toHaveLength(0);
    expect(await leftovers(archived)).toEqual([]);
    expect(await leftovers(bench.campaign)).toEqual([]);
  });
});

describe("the archive's tables", () => {
  test("have the columns of the live ones: names, types, nullability, order", async () => {
    for (const [live, cold] of Object.entries(MOVED_TABLES)) {
      const columns = (name: string) => bench.sql`
        select a.attname, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull, a.attcollation::int from pg_attribute a
        where a.attrelid = ${`public.${name}`}::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`;
      const expected = [...(await columns(live))];
      expect(expected.length).toBeGreaterThan(5);
      expect([...(await columns(cold))], cold).toEqual(expected);
    }
  });

  test("cover every table whose rows go when a company goes", async () => {
    const dependent = await bench.sql`
      with recursive reached (oid) as (
        select 'public.companies'::regclass::oid
        union
        select k.conrelid from pg_constraint k join reached r on k.confrelid = r.oid where k.contype = 'f'
      )
      select c.relname as name from reached join pg_class c on c.oid = reached.oid order by 1`;
    expect(dependent.map((row) => row.name)).toEqual(Object.keys(MOVED_TABLES).sort());
  });
});
