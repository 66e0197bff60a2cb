import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { password, type Services, startServices } from "./support/services.ts";

let services: Services;
beforeAll(async () => {
  services = await startServices("shop.sql");
});
afterAll(() => services.stop());

const admin = () => services.client({ secret: true }).auth.admin;
const nobody = "00000000-0000-0000-0000-000000000000";

async function created(name: string) {
  const { data, error } = await admin().createUser({
    email: `${name}@shop.test`,
    password,
    email_confirm: true,
    user_metadata: { k: 1 },
    app_metadata: { plan: "pro" },
  });
  if (!data.user) throw error;
  return data.user;
}

describe("the secret key", () => {
  it("creates, reads, changes and deletes users", async () => {
    const user = await created("made");
    expect(user).toMatchObject({ app_metadata: { plan: "pro", provider: "email" }, user_metadata: { k: 1 } });
    expect((await admin().getUserById(user.id)).data.user?.email).toBe("made@shop.test");
    const changed = await admin().updateUserById(user.id, { app_metadata: { plan: "free" } });
    expect(changed.data.user?.app_metadata.plan).toBe("free");
    expect((await admin().deleteUser(user.id)).error).toBeNull();
    expect((await admin().getUserById(user.id)).error).toMatchObject({ status: 404, code: "user_not_found" });
  });

  it("lists users by the page", async () => {
    await Promise.all([created("one"), created("two"), created("three")]);
    const first = await admin().listUsers({ page: 1, perPage: 2 });
    const second = await admin().listUsers({ page: 2, perPage: 2 });
    expect(first.data).toMatchObject({ nextPage: 2 });
    const ids = [...first.data.users, ...second.data.users].map((user) => user.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(first.data.users).toHaveLength(2);
  });

  it("bans users and lets them in again", async () => {
    const user = await created("banned");
    const signIn = () => services.client().auth.signInWithPassword({ email: "banned@shop.test", password });
    await admin().updateUserById(user.id, { ban_duration: "1h" });
    expect((await signIn()).error).toMatchObject({ status: 400, code: "user_banned" });
    await admin().updateUserById(user.id, { ban_duration: "none" });
    expect((await signIn()).error).toBeNull();
  });

  it("ends all sessions of a user whose password it changes", async () => {
    const { client, id } = await services.signedIn("reset");
    await admin().updateUserById(id, { password: "another-1" });
    expect((await client.auth.getUser()).error).toMatchObject({ name: "AuthSessionMissingError" });
  });

  it.each([
    [
      "an address twice",
      () => created("made-twice").then(() => admin().createUser({ email: "made-twice@shop.test" })),
      422,
      "email_exists",
    ],
    [
      "an id that is none",
      () => services.client({ secret: true }).auth.admin.createUser({ email: "id@shop.test", id: "x" }),
      400,
      "validation_failed",
    ],
    [
      "a ban that is no time",
      () => created("when").then(({ id }) => admin().updateUserById(id, { ban_duration: "soon" })),
      400,
      "validation_failed",
    ],
    ["to delete nobody", () => admin().deleteUser(nobody), 404, "user_not_found"],
    [
      "to link a stranger",
      () => admin().generateLink({ type: "recovery", email: "stranger@shop.test" }),
      404,
      "user_not_found",
    ],
  ])("is refused %s", async (_, act, status, code) => {
    expect((await act()).error).toMatchObject({ status, code });
  });
});

describe("links made by the secret key", () => {
  it("sign in by their hash, once", async () => {
    await created("hash");
    const { data } = await admin().generateLink({ type: "magiclink", email: "hash@shop.test" });
    const verify = () =>
      services
        .client()
        .auth.verifyOtp({ token_hash: data.properties?.hashed_token ?? "", type: "magiclink" });
    expect((await verify()).data.user?.email).toBe("hash@shop.test");
    expect((await verify()).error).toMatchObject({ status: 403, code: "otp_expired" });
  });

  it("sign in by their digits", async () => {
    await created("digits");
    const { data } = await admin().generateLink({ type: "recovery", email: "digits@shop.test" });
    const token = data.properties?.email_otp ?? "";
    const { data: verified } = await services.client().auth.verifyOtp({
      email: "digits@shop.test",
      token,
      type: "recovery",
    });
    expect(verified.session).not.toBeNull();
  });

  it("create the user they are for when they are to sign up or invite", async () => {
    const signup = await admin().generateLink({ type: "signup", email: "signup@shop.test", password });
    expect(signup.data.user?.email).toBe("signup@shop.test");
    const invite = await admin().generateLink({ type: "invite", email: "guest@shop.test" });
    const { data } = await services.client().auth.verifyOtp({
      token_hash: invite.data.properties?.hashed_token ?? "",
      type: "invite",
    });
    expect(data.user?.email).toBe("guest@shop.test");
  });
});

it("invites a user by mail, who signs in with the link and then sets a password", async () => {
  const redirectTo = `${services.url}/welcome`;
  const { data } = await admin().inviteUserByEmail("invitee@shop.test", { redirectTo });
  expect(data.user?.invited_at).toBeTypeOf("string");
  const mail = services.outbox.mails.find(({ to }) => to === "invitee@shop.test");
  const followed = await services.request((mail?.link ?? "").slice(services.url.length));
  const target = new URL(followed.headers.get("location") ?? "");
  expect(target.pathname).toBe("/welcome");
  const session = new URLSearchParams(target.hash.slice(1));
  const client = services.client();
  await client.auth.setSession({
    access_token: session.get("access_token") ?? "",
    refresh_token: session.get("refresh_token") ?? "",
  });
  expect((await client.auth.updateUser({ password })).error).toBeNull();
  const signedIn = await services.client().auth.signInWithPassword({ email: "invitee@shop.test", password });
  expect(signedIn.error).toBeNull();
});

it("invites again who has not confirmed yet, and nobody who has", async () => {
  const invite = () => admin().inviteUserByEmail("late@shop.test");
  const { data } = await invite();
  expect((await invite()).data.user?.id).toBe(data.user?.id);
  await admin().updateUserById(data.user?.id ?? "", { email_confirm: true });
  expect((await invite()).error).toMatchObject({ status: 422, code: "email_exists" });
});

it("refuses administration to the publishable key and to users", async () => {
  const { client, id } = await services.signedIn("mortal");
  for (const mortal of [services.client(), client]) {
    expect((await mortal.auth.admin.listUsers()).error).toMatchObject({ status: 403, code: "not_admin" });
    expect((await mortal.auth.admin.deleteUser(id)).error).toMatchObject({ status: 403 });
    expect((await mortal.auth.admin.inviteUserByEmail("x@shop.test")).error).toMatchObject({ status: 403 });
    const link = await mortal.auth.admin.generateLink({ type: "recovery", email: "mortal@shop.test" });
    expect(link.error).toMatchObject({ status: 403 });
  }
});

it("reports no failure of its own in all of this", () => {
  expect(services.reports).toEqual([]);
});
