import { beforeEach, describe, expect, test } from "vitest";
import { type Person, testDatabase } from "../support/database.ts";

const database = testDatabase();
let owner: Person;
let guest: Person;
let workspace: string;

beforeEach(async () => {
  owner = await database.current.makePerson("owner");
  guest = await database.current.makePerson("guest");
  workspace = owner.workspaceId;
});

interface Invite {
  id: string;
  email: string;
  role: string;
}

async function invite(actor: Person, email: string | null, role: string | null): Promise<Invite> {
  const [row] = await database.current.as(
    actor,
    (sql) => sql`select public.invite_member(${workspace}, ${email}, ${role}) as invite`,
  );
  return row?.invite;
}

async function link(actor: Person, id: string, toBeMailed = false): Promise<string> {
  const [row] = await database.current.as(
    actor,
    (sql) => sql`select public.make_invite_link(${id}, ${toBeMailed}) as link`,
  );
  return row?.link.token;
}

async function accept(person: Person, token: string | null) {
  const [row] = await database.current.as(
    person,
    (sql) => sql`select public.accept_invite(${token}) as joined`,
  );
  return row?.joined;
}

async function look(person: Person, id: string, token: string | null = null) {
  const [row] = await database.current.as(
    person,
    (sql) => sql`select public.get_invite(${id}, ${token}) as invite`,
  );
  return row?.invite;
}

const revoke = (actor: Person, id: string) =>
  database.current.as(actor, (sql) => sql`select public.revoke_invite(${id})`);
const decline = (actor: Person, id: string) =>
  database.current.as(actor, (sql) => sql`select public.decline_invite(${id})`);

async function join(role: string): Promise<Person> {
  const person = await database.current.makePerson(role);
  await database.current.sql`insert into public.workspace_members (workspace_id, user_id, role, email)
    values (${workspace}, ${person.id}, ${role}, ${person.email})`;
  return person;
}

const roleOf = async (person: Person) => {
  const [row] = await database.current
    .sql`select role from public.workspace_members where workspace_id = ${workspace} and user_id = ${person.id}`;
  return row?.role;
};

describe("inviting", () => {
  test("is for admins up to member and for owners up to admin", async () => {
    const allowed: Record<string, string[]> = {
      viewer: [],
      member: [],
      admin: ["viewer", "member"],
      owner: ["viewer", "member", "admin"],
    };
    for (const [mine, roles] of Object.entries(allowed)) {
      const actor = mine === "owner" ? owner : await join(mine);
      for (const role of ["viewer", "member", "admin"]) {
        const attempt = invite(actor, `${mine}-${role}@test.example`, role);
        if (roles.includes(role)) expect((await attempt).role).toBe(role);
        else await expect(attempt, `${mine} invites ${role}`).rejects.toMatchObject({ hint: "forbidden" });
      }
      await expect(invite(actor, "o@test.example", "owner")).rejects.toMatchObject({
        hint: mine === "viewer" || mine === "member" ? "forbidden" : "bad_role",
      });
    }
    await expect(invite(guest, "x@test.example", "viewer")).rejects.toMatchObject({ hint: "not_found" });
  });

  test("the same address again changes the one invite there is; a member's address is refused", async () => {
    const first = await invite(owner, "  New@Test.Example ", "viewer");
    const again = await invite(owner, "new@test.example", "member");
    expect(again).toMatchObject({ id: first.id, email: "new@test.example", role: "member" });
    const member = await join("member");
    await expect(invite(owner, member.email.toUpperCase(), "viewer")).rejects.toMatchObject({
      hint: "already_member",
    });
  });

  test("an admin does not touch an invite for an admin", async () => {
    const admin = await join("admin");
    const { id } = await invite(owner, guest.email, "admin");
    const attempts = [
      () => invite(admin, guest.email, "viewer"),
      () => link(admin, id),
      () => revoke(admin, id),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ hint: "forbidden" });
  });

  test.each([
    null,
    "",
    "nobody",
    "a@b",
    "a b@test.example",
    "a@test.example\nbcc: x@test.example",
    "<a@test.example>",
    `${"x".repeat(250)}@test.example`,
  ])("refuses the address %j", async (email) => {
    await expect(invite(owner, email, "viewer")).rejects.toMatchObject({ hint: "bad_email" });
  });

  test("answers the same for an address with and without an account", async () => {
    const known = await invite(owner, guest.email, "viewer");
    const unknown = await invite(owner, "nobody@test.example", "viewer");
    expect(Object.keys(known)).toEqual(Object.keys(unknown));
    expect(await link(owner, known.id, true)).toHaveLength((await link(owner, unknown.id, true)).length);
  });

  test("is shown to admins alone", async () => {
    await invite(owner, guest.email, "viewer");
    const seen = async (person: Person) =>
      (
        await database.current.as(
          person,
          (sql) => sql`select from public.workspace_invites where workspace_id = ${workspace}`,
        )
      ).length;
    expect(await seen(await join("admin"))).toBe(1);
    for (const person of [await join("member"), await join("viewer"), guest])
      expect(await seen(person)).toBe(0);
  });
});

describe("a link", () => {
  test("is known to the database by its hash alone", async () => {
    const { id } = await invite(owner, guest.email, "viewer");
    const token = await link(owner, id);
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    const [row] = await database.current.sql`select to_jsonb(l)::text || to_jsonb(i)::text as stored
      from private.invite_links l join public.workspace_invites i on i.id = l.invite_id where i.id = ${id}`;
    expect(row?.stored).not.toContain(token);
  });

  test("lets the invited account in, as what it was invited as", async () => {
    const { id } = await invite(owner, guest.email, "member");
    const token = await link(owner, id);
    expect(await look(guest, id, token)).toMatchObject({
      role: "member",
      status: "pending",
      is_mine: true,
      is_member: false,
      invited_by: owner.email,
    });
    expect(await accept(guest, token)).toMatchObject({ id: workspace, role: "member" });
    expect(await roleOf(guest)).toBe("member");
  });

  test("does not spoil the ones before it, and works once", async () => {
    const { id } = await invite(owner, guest.email, "viewer");
    const [mailed, copied] = [await link(owner, id, true), await link(owner, id)];
    await accept(guest, mailed);
    expect(await accept(guest, copied)).toMatchObject({ role: "viewer" });
    await database.current
      .sql`delete from public.workspace_members where workspace_id = ${workspace} and user_id = ${guest.id}`;
    for (const token of [mailed, copied])
      await expect(accept(guest, token)).rejects.toMatchObject({ hint: "invite_used" });
  });

  test("leaves somebody who is in already what they are", async () => {
    const { id } = await invite(owner, guest.email, "viewer");
    const token = await link(owner, id);
    await database.current.addMember(workspace, guest, "admin");
    expect(await accept(guest, token)).toMatchObject({ role: "admin" });
  });

  test("is of no use to another account, to an unconfirmed one, or to nobody", async () => {
    const { id } = await invite(owner, guest.email, "viewer");
    const token = await link(owner, id);
    const thief = await database.current.makePerson("thief");
    expect(await look(thief, id, token)).toMatchObject({ is_mine: false, email: guest.email });
    await expect(accept(thief, token)).rejects.toMatchObject({ hint: "wrong_account" });
    await database.current.sql`update auth.users set email_confirmed_at = null where id = ${guest.id}`;
    await expect(accept(guest, token)).rejects.toMatchObject({ hint: "email_not_confirmed" });
    await expect(
      database.current.as(null, (sql) => sql`select public.accept_invite(${token})`),
    ).rejects.toMatchObject({ code: "42501" });
    expect(await roleOf(guest)).toBeUndefined();
  });

  test.each([null, "", "x", "0".repeat(64), "'; drop table public.workspaces; --", "x".repeat(1_000_000)])(
    "that was never made opens nothing (case %#)",
    async (token) => {
      await expect(accept(guest, token)).rejects.toMatchObject({ hint: "not_found" });
    },
  );

  test("stops working when the invite is taken back, declined or a week old", async () => {
    const closings: [string, (id: string) => Promise<unknown>][] = [
      ["invite_revoked", (id) => revoke(owner, id)],
      ["invite_declined", (id) => decline(guest, id)],
      [
        "invite_expired",
        (id) =>
          database.current
            .sql`update public.workspace_invites set expires_at = expires_at - interval '7 days' where id = ${id}`,
      ],
    ];
    for (const [hint, close] of closings) {
      const { id } = await invite(owner, guest.email, "viewer");
      const token = await link(owner, id);
      await close(id);
      await expect(accept(guest, token)).rejects.toMatchObject({ hint });
    }
  });

  test("stops working when who invited may no longer, until somebody else sends it again", async () => {
    const admin = await join("admin");
    const { id } = await invite(admin, guest.email, "member");
    const token = await link(admin, id);
    await database.current
      .sql`update public.workspace_members set role = 'member' where workspace_id = ${workspace} and user_id = ${admin.id}`;
    await expect(accept(guest, token)).rejects.toMatchObject({ hint: "inviter_left" });
    await link(owner, id);
    expect(await accept(guest, token)).toMatchObject({ role: "member" });
  });

  test("tells nothing of the workspace of today once it is closed, but to members", async () => {
    const { id } = await invite(owner, guest.email, "viewer");
    const token = await link(owner, id);
    const names = async (person: Person) => {
      const { workspace_name, invited_by } = await look(person, id, token);
      return [workspace_name, invited_by];
    };
    const [row] = await database.current.sql`select name from public.workspaces where id = ${workspace}`;
    const known = [row?.name, owner.email];
    expect(await names(guest)).toEqual(known);
    await accept(guest, token);
    expect(await names(guest)).toEqual(known);
    await database.current
      .sql`delete from public.workspace_members where workspace_id = ${workspace} and user_id = ${guest.id}`;
    expect(await names(guest)).toEqual([null, null]);

    const again = await invite(owner, guest.email, "viewer");
    await database.current.sql`update public.workspace_invites set expires_at = now() where id = ${again.id}`;
    expect(await look(guest, again.id)).toMatchObject({
      status: "expired",
      workspace_name: null,
      invited_by: null,
    });
  });

  test("accepted twice at once makes one member", async () => {
    const { id } = await invite(owner, guest.email, "viewer");
    const token = await link(owner, id);
    const joined = await Promise.all([accept(guest, token), accept(guest, token), accept(guest, token)]);
    expect(joined.map(({ role }) => role)).toEqual(["viewer", "viewer", "viewer"]);
  });

  test("is not mailed twice a minute, nor more than 5 times a day to an address, whoever asks", async () => {
    const other = await database.current.makePerson("other");
    const { id } = await invite(owner, guest.email, "viewer");
    workspace = other.workspaceId;
    const { id: second } = await invite(other, guest.email, "viewer");
    const age = () =>
      database.current
        .sql`update private.invite_links set created_at = created_at - interval '1 hour' where invite_id in (${id}, ${second})`;
    for (let mails = 0; mails < 5; mails += 1) {
      await link(owner, id, true);
      await expect(link(other, second, true)).rejects.toMatchObject({ hint: "too_many_mails" });
      await age();
    }
    await expect(link(owner, id, true)).rejects.toMatchObject({ hint: "too_many_mails" });
    expect(await link(owner, id, false)).toHaveLength(64);
  });
});

describe("the invited", () => {
  test("see and decline what their confirmed address is invited to, and nobody else's", async () => {
    const { id } = await invite(owner, guest.email, "viewer");
    const mine = async (person: Person) => {
      const [row] = await database.current.as(person, (sql) => sql`select public.my_invites() as invites`);
      return row?.invites;
    };
    const thief = await database.current.makePerson("thief");
    expect(await mine(guest)).toMatchObject([{ id, role: "viewer", invited_by: owner.email }]);
    expect(await mine(thief)).toEqual([]);
    await expect(look(thief, id)).rejects.toMatchObject({ hint: "not_found" });
    await expect(decline(thief, id)).rejects.toMatchObject({ hint: "not_found" });
    await decline(guest, id);
    await decline(guest, id);
    expect(await mine(guest)).toEqual([]);
  });

  test("without a confirmed address see none", async () => {
    await invite(owner, guest.email, "viewer");
    await database.current.sql`update auth.users set email_confirmed_at = null where id = ${guest.id}`;
    const [row] = await database.current.as(guest, (sql) => sql`select public.my_invites() as invites`);
    expect(row?.invites).toEqual([]);
  });
});
