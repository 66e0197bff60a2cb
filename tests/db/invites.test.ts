import { describe, expect, test } from "vitest";
import type { Person } from "../support/database.ts";
import { inviteBench } from "../support/invites.ts";

const bench = inviteBench();

describe("inviting", () => {
  test("is for admins up to member and for owners up to admin", async () => {
    const allowed: Record<string, string[]> = {
      viewer: [],
      member: [],
      admin: ["viewer", "member"],
      owner: ["viewer", "member", "admin"],
    };
    for (const [mine, roles] of Object.entries(allowed)) {
      const actor = mine === "owner" ? bench.owner : await bench.join(mine);
      for (const role of ["viewer", "member", "admin"]) {
        const attempt = bench.invite(actor, `${mine}-${role}@test.example`, role);
        if (roles.includes(role)) expect((await attempt).role).toBe(role);
        else await expect(attempt, `${mine} invites ${role}`).rejects.toMatchObject({ hint: "forbidden" });
      }
      await expect(bench.invite(actor, "o@test.example", "owner")).rejects.toMatchObject({
        hint: mine === "viewer" || mine === "member" ? "forbidden" : "bad_role",
      });
    }
    await expect(bench.invite(bench.guest, "x@test.example", "viewer")).rejects.toMatchObject({
      hint: "not_found",
    });
  });

  test("the same address again changes the one invite there is; a member's address is refused", async () => {
    const first = await bench.invite(bench.owner, "  New@Test.Example ", "viewer");
    const again = await bench.invite(bench.owner, "new@test.example", "member");
    expect(again).toMatchObject({ id: first.id, email: "new@test.example", role: "member" });
    const member = await bench.join("member");
    await expect(bench.invite(bench.owner, member.email.toUpperCase(), "viewer")).rejects.toMatchObject({
      hint: "already_member",
    });
  });

  test("an admin does not touch an invite for an admin", async () => {
    const admin = await bench.join("admin");
    const { id } = await bench.invite(bench.owner, bench.guest.email, "admin");
    const attempts = [
      () => bench.invite(admin, bench.guest.email, "viewer"),
      () => bench.link(admin, id),
      () => bench.revoke(admin, id),
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
    await expect(bench.invite(bench.owner, email, "viewer")).rejects.toMatchObject({ hint: "bad_email" });
  });

  test("answers the same for an address with and without an account", async () => {
    const known = await bench.invite(bench.owner, bench.guest.email, "viewer");
    const unknown = await bench.invite(bench.owner, "nobody@test.example", "viewer");
    expect(Object.keys(known)).toEqual(Object.keys(unknown));
    expect(await bench.link(bench.owner, known.id, true)).toHaveLength(
      (await bench.link(bench.owner, unknown.id, true)).length,
    );
  });

  test("is shown to admins alone", async () => {
    await bench.invite(bench.owner, bench.guest.email, "viewer");
    const seen = async (person: Person) =>
      (
        await bench.current.as(
          person,
          (sql) => sql`select from public.workspace_invites where workspace_id = ${bench.workspace}`,
        )
      ).length;
    expect(await seen(await bench.join("admin"))).toBe(1);
    for (const person of [await bench.join("member"), await bench.join("viewer"), bench.guest])
      expect(await seen(person)).toBe(0);
  });
});

describe("the invited", () => {
  test("see and decline what their confirmed address is invited to, and nobody else's", async () => {
    const { id } = await bench.invite(bench.owner, bench.guest.email, "viewer");
    const mine = async (person: Person) => {
      const [row] = await bench.current.as(person, (sql) => sql`select public.my_invites() as invites`);
      return row?.invites;
    };
    const thief = await bench.current.makePerson("thief");
    expect(await mine(bench.guest)).toMatchObject([{ id, role: "viewer", invited_by: bench.owner.email }]);
    expect(await mine(thief)).toEqual([]);
    await expect(bench.look(thief, id)).rejects.toMatchObject({ hint: "not_found" });
    await expect(bench.decline(thief, id)).rejects.toMatchObject({ hint: "not_found" });
    await bench.decline(bench.guest, id);
    await bench.decline(bench.guest, id);
    expect(await mine(bench.guest)).toEqual([]);
  });

  test("without a confirmed address see none", async () => {
    await bench.invite(bench.owner, bench.guest.email, "viewer");
    await bench.current.sql`update auth.users set email_confirmed_at = null where id = ${bench.guest.id}`;
    const [row] = await bench.current.as(bench.guest, (sql) => sql`select public.my_invites() as invites`);
    expect(row?.invites).toEqual([]);
  });
});
