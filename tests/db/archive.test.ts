import { describe, expect, test } from "vitest";
import type { Person } from "../support/database.ts";
import { MOVED_TABLES, taskBench } from "../support/tasks.ts";

const bench = taskBench();

async function colleague(role: "viewer" | "member" | "admin" | "owner"): Promise<Person> {
  const person = await bench.current.makePerson(role);
  await bench.current.addMember(bench.ann.workspaceId, person, role);
  return person;
}

const restoreAll = async () => {
  const task = await bench.call("restore_campaign", [bench.campaign]);
  await bench.finish();
  return bench.taskOf(task.id);
};

describe("archive and restore", () => {
  test("a small campaign is archived and restored by the click, and comes back as it was", async () => {
    await bench.fill(20);
    const before = await bench.fingerprint();
    const counters = await bench.counters();
    const archived = await bench.call("archive_campaign", [bench.campaign]);
    expect(archived).toMatchObject({
      kind: "archive",
      status: "completed",
      total: 80,
      done: 80,
      error_message: null,
    });
    expect(await bench.stateOf()).toBe("archived");
    expect(await bench.fingerprint(bench.campaign, true)).toEqual(before);
    expect(await bench.counters()).toEqual(counters);

    const restored = await bench.call("restore_campaign", [bench.campaign]);
    expect(restored).toMatchObject({
      kind: "restore",
      status: "completed",
      total: 80,
      done: 80,
      message: null,
    });
    expect(await bench.stateOf()).toBe("active");
    expect(await bench.fingerprint()).toEqual(before);
    expect(await bench.counters()).toEqual(counters);
    expect(await bench.sql`select * from private.count_drift(${bench.ann.workspaceId})`).toHaveLength(0);
  });

  test("an empty campaign too, and one that is archived again", async () => {
    for (let round = 0; round < 2; round += 1) {
      expect(await bench.call("archive_campaign", [bench.campaign])).toMatchObject({
        status: "completed",
        total: 0,
      });
      expect(await restoreAll()).toMatchObject({ status: "completed" });
    }
  });

  test("chunk by chunk, while writes are refused and other campaigns go on", async () => {
    await bench.fill(30);
    const other = await bench.current.makeCampaign(bench.ann, "Other");
    await bench.fill(3, other);
    const [before, otherBefore] = [await bench.fingerprint(), await bench.fingerprint(other)];
    const [company] =
      await bench.sql`select id from public.companies where campaign_id = ${bench.campaign} order by id`;
    const refused = async (...states: string[]) => {
      expect(states).toContain(await bench.stateOf());
      for (const statement of [
        `select public.start_import('${bench.campaign}', 'companies', 'f.csv', 1, 'h', '{}')`,
        `select public.start_research('${bench.campaign}')`,
        `select public.edit_matching('${bench.campaign}', 'companies', '{}', '{"add_tags": ["x"]}')`,
        `select public.delete_matching('${bench.campaign}', 'contacts', '{}')`,
      ]) {
        await expect(bench.current.as(bench.ann, (user) => user.unsafe(statement))).rejects.toMatchObject({
          code: "PT409",
          hint: "campaign_busy",
          message: /being archived|archived. Restore|being restored/,
        });
      }
      const edit = bench.current.as(
        bench.ann,
        (user) => user`update public.companies set description = 'edited' where id = ${company?.id}`,
      );
      // Either the row is there and the edit is refused, or it is in the archive already.
      expect(
        await edit.then(
          (result) => result.count,
          (error) => error.hint,
        ),
      ).toBeOneOf(["campaign_busy", 0]);
      const [list] = await bench.current.as(
        bench.ann,
        (user) => user`select public.list_companies(campaign_id => ${other}) as page`,
      );
      expect(list?.page).toMatchObject({ total: 3 });
    };
    await bench.startArchiving();
    for (let chunks = 0; (await bench.stateOf()) === "archiving"; chunks += 1) {
      await refused("archiving");
      await expect(bench.call("archive_campaign", [bench.campaign])).rejects.toMatchObject({
        hint: "task_active",
      });
      await expect(bench.call("restore_campaign", [bench.campaign])).rejects.toMatchObject({
        hint: "task_active",
      });
      await expect(bench.call("delete_campaign", [bench.campaign])).rejects.toMatchObject({
        hint: "task_active",
      });
      await bench.chunk(17);
      expect(chunks).toBeLessThan(100);
    }
    await refused("archived");
    await bench.startRestoring();
    while ((await bench.stateOf()) === "restoring") {
      await refused("restoring");
      await bench.chunk(23);
    }
    expect(await bench.fingerprint()).toEqual(before);
    expect(await bench.fingerprint(other)).toEqual(otherBefore);
  });

  test("each chunk tells how far it is in one message a channel, and nothing of the rows", async () => {
    await bench.fill(100);
    await bench.startArchiving();
    await bench.chunk(15);
    await bench.sql`delete from realtime.messages`;
    await bench.sql`select private.work_on_tasks()`;
    const messages =
      await bench.sql`select topic, payload -> 'changes' as changes from realtime.messages order by topic`;
    expect(
      messages.map((message) => [
        message.topic.split(":")[0],
        message.changes.map((one: { table: string }) => one.table),
      ]),
    ).toEqual([
      ["campaign", ["bulk_tasks"]],
      ["workspace", ["bulk_tasks"]],
    ]);
  });

  test("an edit that was under way when archiving began is kept", async () => {
    await bench.fill(5);
    const [company] =
      await bench.sql`select id from public.companies where campaign_id = ${bench.campaign} limit 1`;
    const edit = await bench.sql.reserve();
    await edit`begin`;
    await edit`update public.companies set description = 'in the nick of time' where id = ${company?.id}`;
    await bench.startArchiving();
    const archived = bench.chunk(1000);
    await edit`commit`;
    edit.release();
    await archived;
    await bench.finish();
    const [kept] =
      await bench.sql`select description from public.archived_companies where id = ${company?.id}`;
    expect(kept?.description).toBe("in the nick of time");
  });

  test("rows of somebody who left meanwhile come back without an owner, and the task says so", async () => {
    const leaver = await colleague("member");
    await bench.fill(10);
    await bench.sql`update public.companies set owner_id = ${leaver.id} where campaign_id = ${bench.campaign} and owner_id is null`;
    const before =
      await bench.sql`select to_jsonb(c) - 'owner_id' as row from public.companies c where campaign_id = ${bench.campaign} order by id`;
    await bench.call("archive_campaign", [bench.campaign]);
    await bench
      .call("remove_member", [bench.ann.workspaceId, leaver.id])
      .catch((error: Error) => expect(error).toBeUndefined());
    const restored = await restoreAll();
    expect(restored).toMatchObject({
      status: "completed",
      message: expect.stringMatching(/^8 rows belonged to people who have left/),
    });
    const after =
      await bench.sql`select to_jsonb(c) - 'owner_id' as row, owner_id from public.companies c where campaign_id = ${bench.campaign} order by id`;
    expect(after.map((row) => row.row)).toEqual(before.map((row) => row.row));
    expect(after.filter((row) => row.owner_id === bench.ann.id)).toHaveLength(2);
    expect(after.filter((row) => row.owner_id === null)).toHaveLength(8);
  });

  test("a row that changed in the archive is noticed: the campaign is back, the task names the table", async () => {
    await bench.fill(5);
    await bench.call("archive_campaign", [bench.campaign]);
    await bench.sql`update public.archived_contacts set name = 'Tampered' where campaign_id = ${bench.campaign} and title is not null`;
    await bench.sql`delete from public.archived_portfolio_companies where campaign_id = ${bench.campaign}`;
    expect(await restoreAll()).toMatchObject({
      status: "failed",
      error_message:
        "The campaign is back, but not all of it is as it was archived: contacts, portfolio_companies. Compare with a backup.",
    });
    expect(await bench.stateOf()).toBe("active");
  });

  test("a campaign that was archived before its tables got another column comes back", async () => {
    await bench.fill(4);
    await bench.call("archive_campaign", [bench.campaign]);
    await bench.sql`alter table public.contacts add column added text not null default 'later'`;
    await bench.sql`alter table public.archived_contacts add column added text not null default 'later'`;
    try {
      expect(await restoreAll()).toMatchObject({ status: "completed" });
      expect(
        await bench.sql`select from public.contacts where campaign_id = ${bench.campaign} and added = 'later'`,
      ).toHaveLength(12);
    } finally {
      await bench.sql`alter table public.contacts drop column added`;
      await bench.sql`alter table public.archived_contacts drop column added`;
    }
  });

  test("an error that stays ends the task with a reason, keeps what was done, and the next click goes on", async () => {
    await bench.fill(10);
    const before = await bench.fingerprint();
    await bench.startArchiving();
    await bench.chunk(25);
    await bench.sql`alter table public.archived_companies add constraint full_disk check (name is null) not valid`;
    try {
      await bench.finish();
      const [failed] = await bench.sql`select * from public.bulk_tasks where campaign_id = ${bench.campaign}`;
      expect(failed).toMatchObject({
        status: "failed",
        done: 30,
        error_message: expect.stringMatching(/^This stopped halfway: .*full_disk.* was done is kept/),
      });
    } finally {
      await bench.sql`alter table public.archived_companies drop constraint full_disk`;
    }
    expect(await bench.call("archive_campaign", [bench.campaign])).toMatchObject({
      status: "completed",
      done: 40,
      total: 40,
    });
    expect(await restoreAll()).toMatchObject({ status: "completed" });
    expect(await bench.fingerprint()).toEqual(before);
  });

  test("after a failed archiving, restoring brings back what was moved", async () => {
    await bench.fill(10);
    const before = await bench.fingerprint();
    await bench.startArchiving();
    await bench.chunk(25);
    await bench.sql`update public.bulk_tasks set status = 'failed', finished_at = now() where campaign_id = ${bench.campaign}`;
    expect(await restoreAll()).toMatchObject({ status: "completed" });
    expect(await bench.fingerprint()).toEqual(before);
  });
});

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
