import { describe, expect, test } from "vitest";
import { bulkBench } from "../support/bulk.ts";
import { topicsOf } from "../support/topics.ts";

const { bench, edit, remove, start } = bulkBench();

describe("tasks", () => {
  test("of one campaign exclude each other, those of others do not", async () => {
    await bench.fill(5);
    const id = await start("edit_rows", "companies", {}, { add_tags: ["x"] });
    for (const attempt of [
      () => edit("companies", {}, { add_tags: ["y"] }),
      () => remove("companies", {}),
      () => bench.call("archive_campaign", [bench.campaign]),
      () => bench.call("delete_campaign", [bench.campaign]),
    ]) {
      await expect(attempt()).rejects.toMatchObject({
        code: "PT409",
        hint: "task_active",
        message: /being edited. Wait until that is done, or cancel it/,
      });
    }
    const other = await bench.current.makeCampaign(bench.ann, "Other");
    expect(await bench.call("archive_campaign", [other])).toMatchObject({ status: "completed" });
    await bench.finish();
    expect(await bench.taskOf(id)).toMatchObject({ status: "completed", done: 5 });
  });

  test("are cancelled by members where they are; archiving is not", async () => {
    await bench.fill(30);
    const id = await start("delete_rows", "contacts", {});
    await bench.chunk(40);
    const viewer = await bench.current.makePerson("viewer");
    await bench.current.addMember(bench.ann.workspaceId, viewer, "viewer");
    await expect(bench.call("cancel_task", [id], viewer)).rejects.toMatchObject({ hint: "forbidden" });
    await expect(
      bench.call("cancel_task", [id], await bench.current.makePerson("stranger")),
    ).rejects.toMatchObject({ hint: "not_found" });
    expect(await bench.call("cancel_task", [id])).toMatchObject({ status: "cancelled", done: 40 });
    await bench.sql`select private.work_on(${id})`;
    expect(await bench.counters()).toMatchObject({ contact_count: 50 });
    expect(await bench.call("cancel_task", [id])).toMatchObject({ status: "cancelled" });
    await bench.startArchiving();
    const [archiving] =
      await bench.sql`select id from public.bulk_tasks where campaign_id = ${bench.campaign} and status = 'running'`;
    await expect(bench.call("cancel_task", [archiving?.id])).rejects.toMatchObject({
      hint: "not_cancellable",
    });
    await bench.finish();
  });

  test("are for members of the workspace", async () => {
    await bench.fill(1);
    const viewer = await bench.current.makePerson("viewer");
    await bench.current.addMember(bench.ann.workspaceId, viewer, "viewer");
    const stranger = await bench.current.makePerson("stranger");
    const args = [bench.campaign, "contacts", {}];
    for (const [person, hint] of [
      [viewer, "forbidden"],
      [stranger, "not_found"],
    ] as const) {
      await expect(bench.call("edit_matching", [...args, { add_tags: ["x"] }], person)).rejects.toMatchObject(
        { hint },
      );
      await expect(bench.call("delete_matching", args, person)).rejects.toMatchObject({ hint });
    }
    expect(await bench.counters()).toMatchObject({ contact_count: 3 });
  });

  test("take turns, and one whose campaign is held by somebody does not keep the others waiting", async () => {
    await bench.fill(3);
    const id = await start("edit_rows", "companies", {}, { add_tags: ["x"] });
    const other = await bench.current.makeCampaign(bench.ann, "Other");
    await bench.fill(3, other);
    await bench.sql`select private.start_archiving(c, null) from public.campaigns c where id = ${other}`;
    const holder = await bench.sql.reserve();
    await holder`begin`;
    await holder`select from public.campaigns where id = ${bench.campaign} for update`;
    for (let turn = 0; turn < 2; turn += 1) await bench.sql`select private.work_on_tasks()`;
    expect(await bench.stateOf(other)).toBe("archived");
    await holder`rollback`;
    holder.release();
    await bench.finish();
    expect(await bench.taskOf(id)).toMatchObject({ status: "completed" });
  });

  test("of workspaces take turns, however many tasks one of them has", async () => {
    const tasks = [];
    for (let campaigns = 0; campaigns < 4; campaigns += 1) {
      bench.campaign = await bench.current.makeCampaign(bench.ann);
      await bench.fill(3);
      tasks.push(await start("edit_rows", "companies", {}, { add_tags: ["x"] }));
    }
    bench.ann = await bench.current.makePerson("ben");
    bench.campaign = await bench.current.makeCampaign(bench.ann);
    await bench.fill(300);
    const other = await start("edit_rows", "companies", {}, { add_tags: ["x"] });
    await bench.sql`update public.bulk_tasks set chunk_rows = 100 where id = ${other}`;
    await bench.sql`update public.bulk_tasks set worked_at = now() - interval '1 hour' where id = any (${tasks})`;
    const turns = [];
    for (let turn = 0; turn < 4; turn += 1) {
      await bench.sql`select private.work_on_tasks()`;
      const [one] = await bench.sql`select id from public.bulk_tasks where id = any (${[...tasks, other]})
        order by worked_at desc limit 1`;
      turns.push(one?.id === other);
    }
    expect(turns).toEqual([false, true, false, true]);
  });

  test("tell the workspace and the campaign how far they are", async () => {
    await bench.fill(3);
    await bench.sql`delete from realtime.messages`;
    const task = await edit("companies", {}, { add_tags: ["x"] });
    const messages =
      await bench.sql`select topic, payload -> 'changes' as changes from realtime.messages order by topic`;
    const topic = await topicsOf(bench.sql, bench.ann.workspaceId);
    expect(messages.map((message) => message.topic)).toEqual([
      topic("campaign", bench.campaign),
      topic("workspace", bench.ann.workspaceId),
    ]);
    for (const { changes } of messages) {
      expect(changes).toContainEqual({ table: "bulk_tasks", operation: "update", ids: [task.id] });
    }
  });
});
