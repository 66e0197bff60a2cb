import { beforeEach, describe, expect, test } from "vitest";
import { type Person, testDatabase } from "../support/database.ts";
import { topicsOf } from "../support/topics.ts";

const database = testDatabase();
const ROLES = ["viewer", "member", "admin", "owner"] as const;
type Role = (typeof ROLES)[number];

let founder: Person;
let workspace: string;

beforeEach(async () => {
  founder = await database.current.makePerson("founder");
  workspace = founder.workspaceId;
});

/** Somebody in the workspace with this role. */
async function join(role: Role): Promise<Person> {
  const person = await database.current.makePerson(role);
  await database.current.addMember(workspace, person, role);
  return person;
}

const roleOf = async (person: Person): Promise<Role | undefined> => {
  const [row] = await database.current.sql`
    select role from public.workspace_members where workspace_id = ${workspace} and user_id = ${person.id}`;
  return row?.role;
};
const ownersOf = async (id: string): Promise<string[]> =>
  (
    await database.current
      .sql`select user_id from public.workspace_members where workspace_id = ${id} and role = 'owner'`
  ).map((row) => row.user_id);

const changeRole = (actor: Person, target: Person, role: Role | null) =>
  database.current.as(actor, (sql) => sql`select public.change_role(${workspace}, ${target.id}, ${role})`);
const remove = (actor: Person, target: Person) =>
  database.current.as(actor, (sql) => sql`select public.remove_member(${workspace}, ${target.id})`);
const leave = (person: Person, id = workspace) =>
  database.current.as(person, (sql) => sql`select public.leave_workspace(${id})`);
const transfer = (actor: Person, target: Person) =>
  database.current.as(actor, (sql) => sql`select public.transfer_ownership(${workspace}, ${target.id})`);
const removeAccount = (person: Person) =>
  database.current.sql`delete from auth.users where id = ${person.id}`;

/** Whom each role manages, as the documentation says it. */
const MANAGES: Record<Role, readonly Role[]> = {
  viewer: [],
  member: [],
  admin: ["viewer", "member"],
  owner: ROLES,
};

describe("roles", () => {
  test("are changed by admins among viewers and members, by owners among all, by nobody else", async () => {
    for (const mine of ROLES) {
      const actor = await join(mine);
      for (const theirs of ROLES) {
        for (const next of ROLES) {
          const target = await join(theirs);
          const attempt = changeRole(actor, target, next);
          const isAllowed = MANAGES[mine].includes(theirs) && MANAGES[mine].includes(next);
          const name = `${mine} makes ${theirs} ${next}`;
          if (isAllowed) await attempt;
          else await expect(attempt, name).rejects.toMatchObject({ hint: "forbidden" });
          expect(await roleOf(target), name).toBe(isAllowed ? next : theirs);
        }
      }
    }
  });

  test("are given up by oneself, and never raised by oneself but by owners", async () => {
    for (const mine of ROLES) {
      for (const next of ROLES) {
        const person = await join(mine);
        const steps = ROLES.indexOf(next) - ROLES.indexOf(mine);
        const isAllowed = steps < 0 || MANAGES[mine].includes(mine);
        if (isAllowed) await changeRole(person, person, next);
        else await expect(changeRole(person, person, next)).rejects.toMatchObject({ hint: "forbidden" });
        expect(await roleOf(person), `${mine} to ${next}`).toBe(isAllowed ? next : mine);
      }
    }
  });

  test("are not changed for strangers, by strangers, or to nothing", async () => {
    const stranger = await database.current.makePerson("stranger");
    const member = await join("member");
    await expect(changeRole(stranger, member, "viewer")).rejects.toMatchObject({ hint: "not_found" });
    await expect(changeRole(founder, stranger, "admin")).rejects.toMatchObject({ hint: "not_found" });
    await expect(changeRole(founder, member, null)).rejects.toMatchObject({ hint: "bad_role" });
    await expect(remove(stranger, member)).rejects.toMatchObject({ hint: "not_found" });
    await expect(transfer(founder, stranger)).rejects.toMatchObject({ hint: "not_found" });
    await expect(leave(stranger)).rejects.toMatchObject({ hint: "not_found" });
  });

  test("cannot be written around the functions", async () => {
    for (const statement of [
      "update public.workspace_members set role = 'owner'",
      "delete from public.workspace_members",
      `insert into public.workspace_members (workspace_id, user_id, role, email) values ('${workspace}', '${founder.id}', 'owner', '')`,
      "delete from public.workspaces",
      "insert into public.workspaces (name) values ('x')",
    ]) {
      const attempt = database.current.as(founder, (sql) => sql.unsafe(statement));
      await expect(attempt, statement).rejects.toMatchObject({ code: "42501" });
    }
  });
});

describe("removing", () => {
  test("follows the same rule as changing roles, and everybody may leave but the last owner", async () => {
    for (const mine of ROLES) {
      const actor = await join(mine);
      for (const theirs of ROLES) {
        const target = await join(theirs);
        const isAllowed = MANAGES[mine].includes(theirs);
        if (isAllowed) await remove(actor, target);
        else await expect(remove(actor, target)).rejects.toMatchObject({ hint: "forbidden" });
        expect(await roleOf(target), `${mine} removes ${theirs}`).toBe(isAllowed ? undefined : theirs);
      }
      await leave(actor);
      expect(await roleOf(actor)).toBeUndefined();
    }
  });

  test("takes away everything the person could read", async () => {
    const member = await join("admin");
    const campaign = await database.current.makeCampaign(founder);
    const seen = () =>
      database.current.as(member, (sql) => sql`select from public.campaigns where id = ${campaign}`);
    expect(await seen()).toHaveLength(1);
    await remove(founder, member);
    expect(await seen()).toHaveLength(0);
    const topic = (await topicsOf(database.current.sql, workspace))("workspace", workspace);
    const [row] = await database.current.as(member, (sql) => sql`select private.may_listen(${topic}) as may`);
    expect(row?.may).toBe(false);
  });
});

describe("a workspace keeps an owner", () => {
  test("its last one cannot leave, be removed or step down, alone or with others in it", async () => {
    const attempts = () => [
      () => leave(founder),
      () => remove(founder, founder),
      () => changeRole(founder, founder, "admin"),
    ];
    for (const attempt of attempts()) await expect(attempt()).rejects.toMatchObject({ hint: "last_owner" });
    await join("admin");
    for (const attempt of attempts()) await expect(attempt()).rejects.toMatchObject({ hint: "last_owner" });
    expect(await roleOf(founder)).toBe("owner");
  });

  test("handing it over makes the other the owner and the giver an admin", async () => {
    const member = await join("viewer");
    const admin = await join("admin");
    await expect(transfer(admin, member)).rejects.toMatchObject({ hint: "forbidden" });
    await expect(transfer(founder, founder)).rejects.toMatchObject({ hint: "bad_role" });
    await transfer(founder, member);
    expect([await roleOf(member), await roleOf(founder), await roleOf(admin)]).toEqual([
      "owner",
      "admin",
      "admin",
    ]);
  });

  test.each([
    ["both leave", (a: Person, b: Person) => [leave(a), leave(b)]],
    ["each removes the other", (a: Person, b: Person) => [remove(a, b), remove(b, a)]],
    ["one leaves as the other steps down", (a: Person, b: Person) => [leave(a), changeRole(b, b, "member")]],
    ["both hand over to the other", (a: Person, b: Person) => [transfer(a, b), transfer(b, a)]],
    ["one leaves as the other's account goes", (a: Person, b: Person) => [leave(a), removeAccount(b)]],
  ])("when two owners act at once: %s", async (_name, act) => {
    for (let round = 0; round < 8; round += 1) {
      const first = await database.current.makePerson("first");
      workspace = first.workspaceId;
      const second = await join("owner");
      await join("viewer");
      const results = await Promise.allSettled(act(first, second));
      expect(await ownersOf(workspace)).toHaveLength(1);
      const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
      for (const { hint } of failures) expect(hint).toMatch(/^(last_owner|forbidden|not_found)$/);
    }
  });

  test("when an owner's account is deleted, the oldest of the highest role follows", async () => {
    const viewer = await join("viewer");
    const olderAdmin = await join("admin");
    const newerAdmin = await join("admin");
    const member = await join("member");
    await database.current
      .sql`update public.workspace_members set created_at = now() - interval '1 day' where workspace_id = ${workspace} and user_id in ${database.current.sql([olderAdmin.id, viewer.id])}`;
    for (const [gone, heir] of [
      [founder, olderAdmin],
      [olderAdmin, newerAdmin],
      [newerAdmin, member],
      [member, viewer],
    ] as const) {
      await removeAccount(gone);
      expect(await ownersOf(workspace)).toEqual([heir.id]);
    }
  });

  test("when two owners' accounts are deleted at once, somebody else owns it", async () => {
    const second = await join("owner");
    const viewer = await join("viewer");
    await Promise.all([removeAccount(founder), removeAccount(second)]);
    expect(await ownersOf(workspace)).toEqual([viewer.id]);
  });
});

describe("a workspace without members", () => {
  const exists = async () =>
    (await database.current.sql`select from public.workspaces where id = ${workspace}`).length === 1;

  test("is gone with the last account when it is empty, else once its campaigns are", async () => {
    const campaign = await database.current.makeCampaign(founder);
    await database.current
      .sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key, owner_id)
      select ${workspace}, ${campaign}, 'C' || n, 'c' || n, ${founder.id} from generate_series(1, 10) as n`;
    await removeAccount(founder);
    expect(await exists()).toBe(true);
    for (const clock of ["delete_marked_campaigns", "work_on_tasks", "delete_abandoned_workspaces"])
      await database.current.sql.unsafe(`select private.${clock}()`);
    expect(await exists()).toBe(false);

    const other = await database.current.makePerson("other");
    workspace = other.workspaceId;
    await removeAccount(other);
    expect(await exists()).toBe(false);
  });

  test("is what deleting one leaves: only owners may, and at once nobody sees it", async () => {
    const admin = await join("admin");
    await database.current.makeCampaign(founder);
    const attempt = (person: Person) =>
      database.current.as(person, (sql) => sql`select public.delete_workspace(${workspace})`);
    await expect(attempt(admin)).rejects.toMatchObject({ hint: "forbidden" });
    await expect(attempt(await database.current.makePerson("stranger"))).rejects.toMatchObject({
      hint: "not_found",
    });
    await attempt(founder);
    for (const person of [founder, admin]) {
      const seen = await database.current.as(
        person,
        (sql) => sql`select from public.workspaces where id = ${workspace}`,
      );
      expect(seen).toHaveLength(0);
    }
  });
});

describe("making a workspace", () => {
  const create = (name: string | null) =>
    database.current.as(founder, (sql) => sql`select public.create_workspace(${name}) as made`);

  test("makes its maker the owner, with a tidy name", async () => {
    const [row] = await create("  North\n Star ");
    expect(row?.made).toMatchObject({ name: "North Star", role: "owner" });
    expect(await ownersOf(row?.made.id)).toEqual([founder.id]);
  });

  test.each([[null], [""], [" \n"], ["x".repeat(101)]])("refuses the name %j", async (name) => {
    await expect(create(name)).rejects.toMatchObject({ hint: "bad_name" });
  });
});
