import { beforeAll, expect, test } from "vitest";
import { type Person, testDatabase } from "../support/database.ts";

const database = testDatabase();
let ann: Person;
let ben: Person;
let viewer: Person;

beforeAll(async () => {
  const { current } = database;
  ann = await current.makePerson("ann");
  ben = await current.makePerson("ben");
  viewer = await current.makePerson("viewer");
  await current.addMember(ann.workspaceId, ben, "member");
  await current.addMember(ann.workspaceId, viewer, "viewer");
});

const save = (person: Person, name: string, isShared: boolean) =>
  database.current.as(person, async (sql) => {
    const [row] = await sql`insert into public.saved_views (workspace_id, list, name, query, is_shared)
      values (${ann.workspaceId}, 'contacts', ${name}, 'q=jane', ${isShared}) returning id`;
    return row?.id;
  });
const seen = (person: Person) =>
  database.current.as(person, async (sql) => {
    const rows =
      await sql`select name from public.saved_views where workspace_id = ${ann.workspaceId} order by name`;
    return rows.map(({ name }) => name);
  });

test("a view is its maker's own until it is shared", async () => {
  const own = await save(ann, "Ann's own", false);
  await save(ann, "Everybody's", true);
  expect(await seen(ann)).toEqual(["Ann's own", "Everybody's"]);
  expect(await seen(ben)).toEqual(["Everybody's"]);
  await database.current.as(ben, async (sql) => {
    expect((await sql`delete from public.saved_views`).count).toBe(0);
    expect((await sql`update public.saved_views set name = 'Taken'`).count).toBe(0);
  });
  await database.current.as(
    ann,
    (sql) => sql`update public.saved_views set is_shared = true where id = ${own}`,
  );
  expect(await seen(ben)).toEqual(["Ann's own", "Everybody's"]);
});

test("a viewer saves views for themselves and cannot share them", async () => {
  const id = await save(viewer, "Mine", false);
  expect(await seen(viewer)).toContain("Mine");
  await expect(save(viewer, "Ours", true)).rejects.toMatchObject({ code: "42501" });
  await expect(
    database.current.as(
      viewer,
      (sql) => sql`update public.saved_views set is_shared = true where id = ${id}`,
    ),
  ).rejects.toMatchObject({ code: "42501" });
});

test("the hundred and first view is refused with a reason", async () => {
  await database.current.as(ben, async (sql) => {
    await sql`insert into public.saved_views (workspace_id, list, name)
      select ${ann.workspaceId}, 'companies', 'View ' || n from generate_series(1, 100) as n`;
  });
  await expect(save(ben, "One more", false)).rejects.toMatchObject({ code: "PT409", hint: "too_many_views" });
});
