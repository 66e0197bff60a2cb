import { describe, expect, test } from "vitest";
import { bulkTask } from "../../supabase/functions/_shared/contracts/index.ts";
import type { Person } from "../support/database.ts";
import { taskBench } from "../support/tasks.ts";

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
    const archived = bulkTask.parse(await bench.call("archive_campaign", [bench.campaign]));
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
    await bench.call("remove_member", [bench.ann.workspaceId, leaver.id]);
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
        error_message: expect.stringMatching(/^This stopped halfway \(error 23514\)\. What was done is kept/),
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
