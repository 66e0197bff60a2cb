import { beforeEach, describe, expect, test } from "vitest";
import { type Person, testDatabase } from "../support/database.ts";
import { topicsOf } from "../support/topics.ts";

const database = testDatabase();
let founder: Person;
let member: Person;
let workspace: string;

beforeEach(async () => {
  founder = await database.current.makePerson("founder");
  member = await database.current.makePerson("member");
  workspace = founder.workspaceId;
  await database.current.addMember(workspace, member, "member");
});

const remove = (actor: Person, target: Person) =>
  database.current.as(actor, (sql) => sql`select public.remove_member(${workspace}, ${target.id})`);
const leave = (person: Person) =>
  database.current.as(person, (sql) => sql`select public.leave_workspace(${workspace})`);

describe("what somebody who left owned", () => {
  async function ownRows(owner: Person, count: number): Promise<string> {
    const campaign = await database.current.makeCampaign(founder);
    await database.current
      .sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key, owner_id)
      select ${workspace}, ${campaign}, 'C' || n, 'c' || n, ${owner.id} from generate_series(1, ${count}::int) as n`;
    await database.current
      .sql`insert into public.contacts (workspace_id, campaign_id, company_id, name, dedupe_key, owner_id)
      select workspace_id, campaign_id, id, 'P', 'p', ${owner.id} from public.companies where campaign_id = ${campaign}`;
    return campaign;
  }
  const owned = async (person: Person): Promise<number> => {
    const [row] = await database.current.sql`
      select (select count(*) from public.companies where owner_id = ${person.id})::int
        + (select count(*) from public.contacts where owner_id = ${person.id})::int as n`;
    return row?.n;
  };

  test("is nobody's when a few rows were theirs, and they cannot be given any again", async () => {
    const campaign = await ownRows(member, 50);
    await remove(founder, member);
    expect(await owned(member)).toBe(0);
    await database.current.sql`select private.release_rows(${workspace}, ${member.id})`;
    const assign = database.current.as(
      founder,
      (sql) => sql`update public.companies set owner_id = ${member.id} where campaign_id = ${campaign}`,
    );
    await expect(assign).rejects.toMatchObject({ code: "23503" });
  });

  test("goes back in pieces, past campaigns that are busy, and stays theirs if they come back", async () => {
    const { sql } = database.current;
    const campaign = await ownRows(member, 50);
    const release = async (): Promise<boolean> => {
      const [row] = await sql`select private.release_rows(${workspace}, ${member.id}, 20) as has_more`;
      return row?.has_more;
    };
    await sql`delete from public.workspace_members where workspace_id = ${workspace} and user_id = ${member.id}`;
    expect(await release()).toBe(true);
    expect(await owned(member)).toBe(60);
    await sql.begin(async (holder) => {
      await holder`select from public.campaigns where id = ${campaign} for no key update`;
      expect(await release()).toBe(true);
    });
    expect(await owned(member)).toBe(60);

    await database.current.addMember(workspace, member, "viewer");
    expect(await release()).toBe(false);
    expect(await owned(member)).toBe(60);

    await leave(member);
    expect(await owned(member)).toBe(0);
    expect(await release()).toBe(false);
    expect(
      await sql`select from private.assignees where user_id = ${member.id} and workspace_id = ${workspace}`,
    ).toHaveLength(0);
  });
});

test("members hear of each other and of themselves, by ids alone", async () => {
  const { sql } = database.current;
  const before = await topicsOf(sql, workspace);
  await sql`delete from realtime.messages`;
  await remove(founder, member);
  const after = await topicsOf(sql, workspace);
  const changed = { table: "workspaces", operation: "update", ids: [workspace] };
  const sent = await sql`select topic, payload from realtime.messages`;
  expect(Object.fromEntries(sent.map(({ topic, payload }) => [topic, payload.changes]))).toEqual({
    [`user:${member.id}`]: [{ table: "workspace_members", operation: "delete", ids: [workspace] }],
    [before("workspace", workspace)]: [changed],
    [after("workspace", workspace)]: expect.arrayContaining([
      { table: "workspace_members", operation: "delete", ids: [member.id] },
      changed,
    ]),
  });
});

test("nobody listens to what somebody else hears of themselves", async () => {
  const may = async (person: Person) => {
    const [row] = await database.current.as(
      person,
      (sql) => sql`select private.may_listen(${`user:${member.id}`}) as may`,
    );
    return row?.may;
  };
  expect([await may(member), await may(founder)]).toEqual([true, false]);
});
