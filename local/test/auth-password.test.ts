import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { password, type Services, startServices } from "./support/services.ts";

let services: Services;
beforeAll(async () => {
  services = await startServices("shop.sql", { reuseSeconds: 0 });
});
afterAll(() => services.stop());

const signIn = (email: string, given = password) =>
  services.client().auth.signInWithPassword({ email, password: given });

describe("signing up", () => {
  it("gives a session at once, with the user's metadata and e-mail identity", async () => {
    const { data } = await services.client().auth.signUp({
      email: "New@Shop.test",
      password,
      options: { data: { name: "New" } },
    });
    expect(data.session?.access_token).toBeTypeOf("string");
    expect(data.user).toMatchObject({
      role: "authenticated",
      email: "new@shop.test",
      user_metadata: { name: "New" },
    });
    expect(data.user?.identities).toHaveLength(1);
  });

  it("runs the application's trigger on auth.users", async () => {
    const { client, email } = await services.signedIn("trigger");
    const { data } = await client.from("profiles").select("email").single();
    expect(data).toEqual({ email });
  });

  it.each([
    ["an address that is taken", "taken@shop.test", password, 422, "user_already_exists"],
    ["the same address in other letters", "TAKEN@shop.test", password, 422, "user_already_exists"],
    ["a short password", "short@shop.test", "12345", 422, "weak_password"],
    ["a password longer than bcrypt reads", "long@shop.test", "x".repeat(73), 400, "validation_failed"],
    ["something that is no address", "nope", password, 400, "validation_failed"],
    ["a password with NUL", "nul@shop.test", "pass\0word", 400, "validation_failed"],
  ])("refuses %s", async (_, email, given, status, code) => {
    await services.client().auth.signUp({ email: "taken@shop.test", password });
    const { error, data } = await services.client().auth.signUp({ email, password: given });
    expect(error).toMatchObject({ status, code });
    expect(data.session).toBeNull();
  });

  it("gives nobody a session for an invited address", async () => {
    await services.client({ secret: true }).auth.admin.inviteUserByEmail("invited@shop.test");
    const { data, error } = await services.client().auth.signUp({ email: "invited@shop.test", password });
    expect(error).toMatchObject({ code: "user_already_exists" });
    expect(data.session).toBeNull();
  });

  it("refuses anonymous and phone users", async () => {
    const client = services.client();
    expect((await client.auth.signInAnonymously()).error).toMatchObject({
      code: "anonymous_provider_disabled",
    });
    expect((await client.auth.signUp({ phone: "+4312345", password })).error).toMatchObject({
      code: "phone_provider_disabled",
    });
  });
});

describe("signing in", () => {
  it("takes the address in any letters", async () => {
    const { email } = await services.signedIn("letters");
    const { data } = await signIn(email.toUpperCase());
    expect(data.user?.email).toBe(email);
  });

  it("answers a wrong password and an unknown address alike", async () => {
    const { email } = await services.signedIn("wrong");
    const expected = { status: 400, code: "invalid_credentials", message: "Invalid login credentials" };
    expect((await signIn(email, "wrong-one")).error).toMatchObject(expected);
    expect((await signIn("nobody@shop.test")).error).toMatchObject(expected);
  });

  it("answers clients without an API version in the old error shape", async () => {
    const { status, body } = await services.request("/auth/v1/token?grant_type=password", {
      method: "POST",
      body: JSON.stringify({ email: "nobody@shop.test", password: "no" }),
    });
    expect(status).toBe(400);
    expect(body).toEqual({ code: 400, error_code: "invalid_credentials", msg: "Invalid login credentials" });
  });

  it("gives a token with the claims of hosted", async () => {
    const { client, id, email } = await services.signedIn("claims");
    const { data } = await client.auth.getClaims();
    expect(data?.header.alg).toBe("ES256");
    expect(data?.claims).toMatchObject({
      iss: `${services.url}/auth/v1`,
      aud: "authenticated",
      sub: id,
      email,
      role: "authenticated",
      aal: "aal1",
      amr: [{ method: "password" }],
      app_metadata: { provider: "email" },
      is_anonymous: false,
    });
    expect(data?.claims.session_id).toBeTypeOf("string");
  });
});

describe("the user", () => {
  it("is who the token says", async () => {
    const { client, id } = await services.signedIn("whoami");
    expect((await client.auth.getUser()).data.user?.id).toBe(id);
  });

  it("keeps metadata that an update does not name; null removes a key", async () => {
    const { client } = await services.signedIn("metadata");
    await client.auth.updateUser({ data: { a: 1, b: { c: null } } });
    const { data } = await client.auth.updateUser({ data: { a: null, d: 2 } });
    expect(data.user?.user_metadata).toEqual({ b: { c: null }, d: 2 });
  });

  it("changes the password, which ends the other sessions and refuses the old one", async () => {
    const { client, email } = await services.signedIn("change");
    const other = services.client();
    await other.auth.signInWithPassword({ email, password });
    expect((await client.auth.updateUser({ password })).error).toMatchObject({ code: "same_password" });
    expect((await client.auth.updateUser({ password: "another-1" })).error).toBeNull();
    expect((await client.auth.getUser()).error).toBeNull();
    expect((await other.auth.getUser()).error).toMatchObject({ name: "AuthSessionMissingError" });
    expect((await signIn(email)).error).toMatchObject({ code: "invalid_credentials" });
    expect((await signIn(email, "another-1")).error).toBeNull();
  });

  it("changes the address at once when no confirmation is asked for", async () => {
    const { client } = await services.signedIn("moves");
    const { data } = await client.auth.updateUser({ email: "moved@shop.test" });
    expect(data.user).toMatchObject({ email: "moved@shop.test", identities: [{ email: "moved@shop.test" }] });
    await services.signedIn("stays");
    const { error } = await client.auth.updateUser({ email: "stays@shop.test" });
    expect(error).toMatchObject({ status: 422, code: "email_exists" });
  });
});

describe("refresh tokens", () => {
  it("rotate", async () => {
    const { client } = await services.signedIn("rotate");
    const before = (await client.auth.getSession()).data.session?.refresh_token;
    const { data } = await client.auth.refreshSession();
    expect(data.session?.refresh_token).toBeTypeOf("string");
    expect(data.session?.refresh_token).not.toBe(before);
  });

  it("give the active token again when the answer was lost", async () => {
    const { email } = await services.signedIn("lost");
    const refresh_token = (await signIn(email)).data.session?.refresh_token ?? "";
    const one = await services.client().auth.refreshSession({ refresh_token });
    const two = await services.client().auth.refreshSession({ refresh_token });
    expect(two.data.session?.refresh_token).toBe(one.data.session?.refresh_token);
  });

  it("end the session when an old one is used again", async () => {
    const { email } = await services.signedIn("stolen");
    const stolen = (await signIn(email)).data.session?.refresh_token ?? "";
    const one = await services.client().auth.refreshSession({ refresh_token: stolen });
    const two = await services.client().auth.refreshSession({
      refresh_token: one.data.session?.refresh_token ?? "",
    });
    const thief = await services.client().auth.refreshSession({ refresh_token: stolen });
    expect(thief.error).toMatchObject({ status: 400, code: "refresh_token_already_used" });
    const owner = await services.client().auth.refreshSession({
      refresh_token: two.data.session?.refresh_token ?? "",
    });
    expect(owner.error).toMatchObject({ code: "refresh_token_already_used" });
  });

  it("are refused when unknown", async () => {
    const { error } = await services.client().auth.refreshSession({ refresh_token: "nope" });
    expect(error).toMatchObject({ status: 400, code: "refresh_token_not_found" });
  });
});

describe("signing out", () => {
  it.each([
    ["local", true, false],
    ["others", false, true],
    ["global", true, true],
  ] as const)("with scope %s ends the right sessions", async (scope, ownEnds, otherEnds) => {
    const { client: own, email } = await services.signedIn(`out-${scope}`);
    const session = (await own.auth.getSession()).data.session;
    const other = services.client();
    await other.auth.signInWithPassword({ email, password });
    await own.auth.signOut({ scope });
    const ownAfter = await services.client().auth.getUser(session?.access_token);
    expect(ownAfter.data.user === null).toBe(ownEnds);
    expect((await other.auth.getUser()).data.user === null).toBe(otherEnds);
  });
});

it("reports no failure of its own in all of this", () => {
  expect(services.reports).toEqual([]);
});
