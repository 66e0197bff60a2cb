import { describe, expect, test } from "vitest";
import type { Person } from "../support/database.ts";
import { inviteBench } from "../support/invites.ts";

const bench = inviteBench();

describe("a link", () => {
  test("is known to the database by its hash alone", async () => {
    const { id } = await bench.invite(bench.owner, bench.guest.email, "viewer");
    const token = await bench.link(bench.owner, id);
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    const [row] = await bench.current.sql`select to_jsonb(l)::text || to_jsonb(i)::text as stored
      from private.invite_links l join public.workspace_invites i on i.id = l.invite_id where i.id = ${id}`;
    expect(row?.stored).not.toContain(token);
  });

  test("lets the invited account in, as what it was invited as", async () => {
    const { id } = await bench.invite(bench.owner, bench.guest.email, "member");
    const token = await bench.link(bench.owner, id);
    expect(await bench.look(bench.guest, id, token)).toMatchObject({
      role: "member",
      status: "pending",
      is_mine: true,
      is_member: false,
      invited_by: bench.owner.email,
    });
    expect(await bench.accept(bench.guest, token)).toMatchObject({ id: bench.workspace, role: "member" });
    expect(await bench.roleOf(bench.guest)).toBe("member");
  });

  test("does not spoil the ones before it, and works once", async () => {
    const { id } = await bench.invite(bench.owner, bench.guest.email, "viewer");
    const [mailed, copied] = [await bench.link(bench.owner, id, true), await bench.link(bench.owner, id)];
    await bench.accept(bench.guest, mailed);
    expect(await bench.accept(bench.guest, copied)).toMatchObject({ role: "viewer" });
    await bench.current
      .sql`delete from public.workspace_members where workspace_id = ${bench.workspace} and user_id = ${bench.guest.id}`;
    for (const token of [mailed, copied])
      await expect(bench.accept(bench.guest, token)).rejects.toMatchObject({ hint: "invite_used" });
  });

  test("leaves somebody who is in already what they are", async () => {
    const { id } = await bench.invite(bench.owner, bench.guest.email, "viewer");
    const token = await bench.link(bench.owner, id);
    await bench.current.addMember(bench.workspace, bench.guest, "admin");
    expect(await bench.accept(bench.guest, token)).toMatchObject({ role: "admin" });
  });

  test("is of no use to another account, to an unconfirmed one, or to nobody", async () => {
    const { id } = await bench.invite(bench.owner, bench.guest.email, "viewer");
    const token = await bench.link(bench.owner, id);
    const thief = await bench.current.makePerson("thief");
    expect(await bench.look(thief, id, token)).toMatchObject({ is_mine: false, email: bench.guest.email });
    await expect(bench.accept(thief, token)).rejects.toMatchObject({ hint: "wrong_account" });
    await bench.current.sql`update auth.users set email_confirmed_at = null where id = ${bench.guest.id}`;
    await expect(bench.accept(bench.guest, token)).rejects.toMatchObject({ hint: "email_not_confirmed" });
    await expect(
      bench.current.as(null, (sql) => sql`select public.accept_invite(${token})`),
    ).rejects.toMatchObject({ code: "42501" });
    expect(await bench.roleOf(bench.guest)).toBeUndefined();
  });

  test.each([null, "", "x", "0".repeat(64), "'; drop table public.workspaces; --", "x".repeat(1_000_000)])(
    "that was never made opens nothing (case %#)",
    async (token) => {
      await expect(bench.accept(bench.guest, token)).rejects.toMatchObject({ hint: "not_found" });
    },
  );

  test("stops working when the invite is taken back, declined or a week old", async () => {
    const closings: [string, (id: string) => Promise<unknown>][] = [
      ["invite_revoked", (id) => bench.revoke(bench.owner, id)],
      ["invite_declined", (id) => bench.decline(bench.guest, id)],
      [
        "invite_expired",
        (id) =>
          bench.current
            .sql`update public.workspace_invites set expires_at = expires_at - interval '7 days' where id = ${id}`,
      ],
    ];
    for (const [hint, close] of closings) {
      const { id } = await bench.invite(bench.owner, bench.guest.email, "viewer");
      const token = await bench.link(bench.owner, id);
      await close(id);
      await expect(bench.accept(bench.guest, token)).rejects.toMatchObject({ hint });
    }
  });

  test("stops working when who invited may no longer, until somebody else sends it again", async () => {
    const admin = await bench.join("admin");
    const { id } = await bench.invite(admin, bench.guest.email, "member");
    const token = await bench.link(admin, id);
    await bench.current
      .sql`update public.workspace_members set role = 'member' where workspace_id = ${bench.workspace} and user_id = ${admin.id}`;
    await expect(bench.accept(bench.guest, token)).rejects.toMatchObject({ hint: "inviter_left" });
    await bench.link(bench.owner, id);
    expect(await bench.accept(bench.guest, token)).toMatchObject({ role: "member" });
  });

  test("tells nothing of the workspace of today once it is closed, but to members", async () => {
    const { id } = await bench.invite(bench.owner, bench.guest.email, "viewer");
    const token = await bench.link(bench.owner, id);
    const names = async (person: Person) => {
      const { workspace_name, invited_by } = await bench.look(person, id, token);
      return [workspace_name, invited_by];
    };
    const [row] = await bench.current.sql`select name from public.workspaces where id = ${bench.workspace}`;
    const known = [row?.name, bench.owner.email];
    expect(await names(bench.guest)).toEqual(known);
    await bench.accept(bench.guest, token);
    expect(await names(bench.guest)).toEqual(known);
    await bench.current
      .sql`delete from public.workspace_members where workspace_id = ${bench.workspace} and user_id = ${bench.guest.id}`;
    expect(await names(bench.guest)).toEqual([null, null]);

    const again = await bench.invite(bench.owner, bench.guest.email, "viewer");
    await bench.current.sql`update public.workspace_invites set expires_at = now() where id = ${again.id}`;
    expect(await bench.look(bench.guest, again.id)).toMatchObject({
      status: "expired",
      workspace_name: null,
      invited_by: null,
    });
  });

  test("accepted twice at once makes one member", async () => {
    const { id } = await bench.invite(bench.owner, bench.guest.email, "viewer");
    const token = await bench.link(bench.owner, id);
    const joined = await Promise.all([
      bench.accept(bench.guest, token),
      bench.accept(bench.guest, token),
      bench.accept(bench.guest, token),
    ]);
    expect(joined.map(({ role }) => role)).toEqual(["viewer", "viewer", "viewer"]);
  });

  describe("to be mailed", () => {
    /** Somebody else's workspace, and an invite of the guest into it. */
    const elsewhere = async () => {
      const other = await bench.current.makePerson("other");
      bench.workspace = other.workspaceId;
      const { id } = await bench.invite(other, bench.guest.email, "viewer");
      return { other, id };
    };
    const anHourLater = () =>
      bench.current
        .sql`update private.made_links set made_at = made_at - interval '1 hour' where mailed_to = ${bench.guest.email}`;
    const tooMany = { hint: "too_many_mails" };

    test("is not made twice a minute, nor more than 5 times a day to an address, whoever asks", async () => {
      const { id } = await bench.invite(bench.owner, bench.guest.email, "viewer");
      const { other, id: second } = await elsewhere();
      for (let mails = 0; mails < 5; mails += 1) {
        await bench.link(bench.owner, id, true);
        await expect(bench.link(other, second, true)).rejects.toMatchObject(tooMany);
        await anHourLater();
      }
      await expect(bench.link(bench.owner, id, true)).rejects.toMatchObject(tooMany);
      expect(await bench.link(bench.owner, id, false)).toHaveLength(64);
    });

    test("counts also after its invite and its workspace are gone", async () => {
      const { other, id } = await elsewhere();
      await bench.link(other, id, true);
      await bench.current.sql`delete from public.workspaces where id = ${other.workspaceId}`;
      bench.workspace = bench.owner.workspaceId;
      const { id: next } = await bench.invite(bench.owner, bench.guest.email, "viewer");
      await expect(bench.link(bench.owner, next, true)).rejects.toMatchObject(tooMany);
    });

    test("is made once, however many ask at the same time", async () => {
      const { id } = await bench.invite(bench.owner, bench.guest.email, "viewer");
      const others = [await elsewhere(), await elsewhere(), await elsewhere()];
      const made = await Promise.allSettled([
        bench.link(bench.owner, id, true),
        ...others.map((one) => bench.link(one.other, one.id, true)),
      ]);
      expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    });
  });

  test("is made at most 200 times a day by one person", async () => {
    const { id } = await bench.invite(bench.owner, bench.guest.email, "viewer");
    await bench.current
      .sql`insert into private.made_links (made_by) select ${bench.owner.id} from generate_series(1, 199)`;
    await bench.link(bench.owner, id);
    await expect(bench.link(bench.owner, id)).rejects.toMatchObject({ hint: "too_many_mails" });
  });
});
