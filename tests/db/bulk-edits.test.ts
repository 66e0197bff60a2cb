import { describe, expect, test } from "vitest";
import { bulkBench } from "../support/bulk.ts";

const { bench, edit, remove, start } = bulkBench();

const drift = () => bench.sql`select * from private.count_drift(${bench.ann.workspaceId})`;

describe("editing all that match", () => {
  test("adds and removes tags, assigns and frees, and marks people, at once if they are few", async () => {
    await bench.fill(90);
    const { id: ann } = bench.ann;
    expect(
      await edit("contacts", {}, { add_tags: ["spring", "warm"], do_not_contact: true, owner_id: ann }),
    ).toMatchObject({
      status: "completed",
      total: 270,
      done: 270,
      list: "contacts",
      error_message: null,
    });
    expect(
      await bench.sql`select from public.contacts where campaign_id = ${bench.campaign} and tags = '{spring,warm}' and do_not_contact and owner_id = ${ann}`,
    ).toHaveLength(270);
    expect(
      await edit(
        "companies",
        { tags: ["warm"] },
        { remove_tags: ["warm"], add_tags: ["cold"], owner_id: null },
      ),
    ).toMatchObject({ status: "completed", total: 30, done: 30 });
    const changed =
      await bench.sql`select tags, owner_id from public.companies where campaign_id = ${bench.campaign} and tags <> '{}'`;
    expect(changed).toHaveLength(30);
    for (const row of changed) expect(row).toEqual({ tags: ['a "quoted" tag', "cold"], owner_id: null });
  });

  test("adds tags up to 200, and to a row that is full in place of those it takes out", async () => {
    await bench.fill(1);
    const full = Array.from({ length: 200 }, (_, at) => `t${at}`);
    await bench.sql`update public.companies set tags = ${full} where campaign_id = ${bench.campaign}`;
    const tags = async () =>
      (await bench.sql`select tags from public.companies where campaign_id = ${bench.campaign}`)[0]?.tags;
    expect(await edit("companies", {}, { add_tags: ["more"] })).toMatchObject({ status: "completed" });
    expect(await tags()).toEqual(full);
    await edit("companies", {}, { add_tags: ["new", "newer"], remove_tags: ["t0"] });
    expect(await tags()).toEqual([...full.slice(1), "new"]);
  });

  test("meets each row once, also when the edit takes it out of the filter, and leaves rows that come meanwhile", async () => {
    await bench.fill(30);
    const id = await start("edit_rows", "companies", { tags: ["warm"] }, { remove_tags: ["warm"] });
    await bench.chunk(3);
    await bench.sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key, tags, created_at)
      values (${bench.ann.workspaceId}, ${bench.campaign}, 'Late', 'late', '{warm}', now() + interval '1 minute')`;
    await bench.sql`update public.companies set tags = '{warm}' where campaign_id = ${bench.campaign} and domain = 'c1.example'`;
    while ((await bench.taskOf(id)).status === "running") await bench.chunk(3);
    expect(await bench.taskOf(id)).toMatchObject({ status: "completed" });
    const left =
      await bench.sql`select name from public.companies where campaign_id = ${bench.campaign} and tags @> '{warm}'`;
    expect(left.map((row) => row.name)).toEqual(["Late"]);
  });

  test("leaves rows untouched that have it already", async () => {
    await bench.fill(9);
    const stamps = () =>
      bench.sql`select id, updated_at from public.companies where campaign_id = ${bench.campaign} and tags @> '{warm}' order by id`;
    const before = [...(await stamps())];
    expect(await edit("companies", { tags: ["warm"] }, { add_tags: ["warm"] })).toMatchObject({ done: 3 });
    expect([...(await stamps())]).toEqual(before);
  });

  test("takes the filter and the words of the list", async () => {
    await bench.fill(20);
    expect(await edit("contacts", { q: "ceo", has_email: true }, { add_tags: ["boss"] })).toMatchObject({
      total: 20,
      done: 20,
    });
    expect(await edit("contacts", { q: "company 7" }, { add_tags: ["seven"] })).toMatchObject({ done: 3 });
    expect(await edit("companies", { q: "robots", status: ["failed"] }, { add_tags: ["odd"] })).toMatchObject(
      { done: 4 },
    );
  });

  test.each([
    ["companies", {}, {}, "bad_patch"],
    ["companies", {}, { name: "New name" }, "bad_patch"],
    ["companies", {}, { do_not_contact: true }, "bad_patch"],
    ["contacts", {}, { do_not_contact: "yes" }, "bad_patch"],
    ["contacts", {}, { add_tags: [] }, "bad_patch"],
    ["contacts", {}, { add_tags: [" x"] }, "bad_patch"],
    ["contacts", {}, { add_tags: ["x".repeat(101)] }, "bad_patch"],
    ["contacts", {}, { add_tags: [{ a: 1 }] }, "bad_patch"],
    ["contacts", {}, { remove_tags: "x" }, "bad_patch"],
    ["contacts", {}, { owner_id: "00000000-0000-0000-0000-000000000000" }, "bad_patch"],
    ["contacts", {}, { owner_id: "'; drop table" }, "bad_patch"],
    ["contacts", {}, [], "bad_patch"],
    ["workspaces", {}, { add_tags: ["x"] }, "bad_list"],
    ["contacts; drop table x", {}, { add_tags: ["x"] }, "bad_list"],
    ["contacts", { nonsense: 1 }, { add_tags: ["x"] }, "bad_filter"],
    ["contacts", { company_id: "x" }, { add_tags: ["x"] }, "bad_filter"],
    ["contacts", [], { add_tags: ["x"] }, "bad_filter"],
  ])("of %s where %j to %j is refused with 400 and changes nothing", async (list, filter, patch, hint) => {
    await bench.fill(1);
    const before = await bench.fingerprint();
    await expect(edit(list, filter, patch)).rejects.toMatchObject({ code: "PT400", hint });
    expect(await bench.fingerprint()).toEqual(before);
    expect(await bench.sql`select from public.bulk_tasks where campaign_id = ${bench.campaign}`).toHaveLength(
      0,
    );
  });

  test("stops when the new owner leaves halfway, and says what stays", async () => {
    await bench.fill(10);
    const leaver = await bench.current.makePerson("leaver");
    await bench.current.addMember(bench.ann.workspaceId, leaver, "member");
    const id = await start("edit_rows", "companies", {}, { owner_id: leaver.id });
    await bench.chunk(4);
    await bench.sql`delete from public.workspace_members where user_id = ${leaver.id} and workspace_id = ${bench.ann.workspaceId}`;
    await bench.chunk(4);
    expect(await bench.taskOf(id)).toMatchObject({
      status: "failed",
      done: 4,
      error_message: /^This stopped because the new owner has left/,
    });
  });
});

describe("deleting all that match", () => {
  test("takes companies with their contacts, a company with more contacts than a chunk too, and counts stay exact", async () => {
    await bench.fill(20);
    const [big] =
      await bench.sql`select id from public.companies where campaign_id = ${bench.campaign} and tags @> '{warm}' limit 1`;
    await bench.sql`insert into public.contacts (workspace_id, campaign_id, company_id, name, dedupe_key)
      select ${bench.ann.workspaceId}, ${bench.campaign}, ${big?.id}, 'P', 'x' || n from generate_series(1, 500) as n`;
    const id = await start("delete_rows", "companies", { tags: ["warm"] });
    for (let chunks = 0; (await bench.taskOf(id)).status === "running"; chunks += 1) {
      await bench.chunk(40);
      expect(chunks).toBeLessThan(30);
    }
    expect(await bench.taskOf(id)).toMatchObject({ status: "completed", done: 6 });
    expect(await bench.sql`select from public.contacts where campaign_id = ${bench.campaign}`).toHaveLength(
      14 * 3,
    );
    expect(await bench.counters()).toMatchObject({ company_count: 14, contact_count: 42 });
    expect(await drift()).toHaveLength(0);
  });

  test("takes contacts and leaves their companies", async () => {
    await bench.fill(20);
    expect(await remove("contacts", { q: "ceo" })).toMatchObject({
      status: "completed",
      total: 20,
      done: 20,
    });
    expect(await bench.counters()).toMatchObject({ company_count: 20, contact_count: 40 });
    expect(await drift()).toHaveLength(0);
  });

  test("ends a run whose last companies go", async () => {
    await bench.fill(5);
    await bench.sql`update public.research_runs set status = 'running', finished_at = null where campaign_id = ${bench.campaign}`;
    await bench.sql`update public.research_jobs set status = 'queued', finished_at = null where campaign_id = ${bench.campaign}`;
    await remove("companies", {});
    const [run] =
      await bench.sql`select status from public.research_runs where campaign_id = ${bench.campaign}`;
    expect(run?.status).toBe("completed");
    expect(await drift()).toHaveLength(0);
  });
});
