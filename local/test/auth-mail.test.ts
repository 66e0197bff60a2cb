import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { password, type Services, startServices } from "./support/services.ts";

const elsewhere = "http://127.0.0.1:5999";

let services: Services;
beforeAll(async () => {
  services = await startServices("shop.sql", { autoconfirm: false, redirectOrigins: [elsewhere] });
});
afterAll(() => services.stop());

/** A user whose address is confirmed, without the mails of signing up. */
async function confirmed(name: string): Promise<string> {
  const email = `${name}@shop.test`;
  const { error } = await services.client({ secret: true }).auth.admin.createUser({
    email,
    password,
    email_confirm: true,
  });
  expect(error).toBeNull();
  return email;
}

function mailTo(address: string) {
  const mail = services.outbox.mails.find(({ to }) => to === address);
  if (!mail?.link || !mail.code) throw new Error(`no mail to ${address}`);
  return { link: mail.link, code: mail.code };
}

/** Follows a mailed link as far as the application. */
async function follow(link: string): Promise<{ url: URL; fragment: URLSearchParams }> {
  const { status, headers } = await services.request(link.slice(services.url.length), { headers: {} });
  expect(status).toBe(303);
  const url = new URL(headers.get("location") ?? "");
  return { url, fragment: new URLSearchParams(url.hash.slice(1)) };
}

describe("signing up where addresses are confirmed", () => {
  it("gives no session before the link is followed, and one with its code afterwards", async () => {
    const client = services.client({ pkce: true });
    const email = "pkce-signup@shop.test";
    const { data } = await client.auth.signUp({
      email,
      password,
      options: { emailRedirectTo: `${elsewhere}/in?step=1` },
    });
    expect(data.session).toBeNull();
    const early = await services.client().auth.signInWithPassword({ email, password });
    expect(early.error).toMatchObject({ status: 400, code: "email_not_confirmed" });
    const { url, fragment } = await follow(mailTo(email).link);
    expect(`${url.origin}${url.pathname}`).toBe(`${elsewhere}/in`);
    expect(url.searchParams.get("step")).toBe("1");
    expect(fragment.has("access_token")).toBe(false);
    const exchanged = await client.auth.exchangeCodeForSession(url.searchParams.get("code") ?? "");
    expect(exchanged.data.user?.email).toBe(email);
    expect((await client.auth.getUser()).data.user?.email_confirmed_at).toBeTypeOf("string");
  });

  it("gives the session in the link's fragment to clients of the implicit flow", async () => {
    const email = "implicit-signup@shop.test";
    await services.client().auth.signUp({ email, password });
    const { url, fragment } = await follow(mailTo(email).link);
    expect(url.origin).toBe(services.url);
    expect(fragment.get("type")).toBe("signup");
    const { data } = await services.client().auth.getUser(fragment.get("access_token") ?? "");
    expect(data.user?.email).toBe(email);
  });

  it("takes the digits instead of the link", async () => {
    const email = "digits-signup@shop.test";
    const client = services.client();
    await client.auth.signUp({ email, password });
    const { data } = await client.auth.verifyOtp({ email, token: mailTo(email).code, type: "email" });
    expect(data.user?.email).toBe(email);
  });

  it("sends another mail on request, and answers an address that is taken like a new one", async () => {
    const email = "again@shop.test";
    await services.client().auth.signUp({ email, password });
    const first = mailTo(email).link;
    expect((await services.client().auth.resend({ type: "signup", email })).error).toBeNull();
    expect(mailTo(email).link).not.toBe(first);
    expect((await follow(first)).fragment.get("error_code")).toBe("otp_expired");
    await follow(mailTo(email).link);
    const sent = services.outbox.mails.length;
    const { data, error } = await services.client().auth.signUp({ email, password: "another-1" });
    expect([data.user?.email, data.session, error]).toEqual([email, null, null]);
    expect(services.outbox.mails.length).toBe(sent);
    expect((await services.client().auth.signInWithPassword({ email, password })).error).toBeNull();
  });
});

describe("a forgotten password", () => {
  it("is reset through the mail's link in the browser that asked (PKCE)", async () => {
    const email = await confirmed("forgot");
    const client = services.client({ pkce: true });
    const redirectTo = `${services.url}/reset`;
    expect((await client.auth.resetPasswordForEmail(email, { redirectTo })).error).toBeNull();
    const { url } = await follow(mailTo(email).link);
    expect(url.pathname).toBe("/reset");
    const { data } = await client.auth.exchangeCodeForSession(url.searchParams.get("code") ?? "");
    expect(data).toMatchObject({ redirectType: "recovery" });
    expect((await client.auth.updateUser({ password: "remembered" })).error).toBeNull();
    const signIn = services.client().auth.signInWithPassword({ email, password: "remembered" });
    expect((await signIn).error).toBeNull();
  });

  it("is reset through the link's fragment by a client of the implicit flow", async () => {
    const email = await confirmed("forgot-implicit");
    await services.client().auth.resetPasswordForEmail(email);
    const { fragment } = await follow(mailTo(email).link);
    expect(fragment.get("type")).toBe("recovery");
    const client = services.client();
    await client.auth.setSession({
      access_token: fragment.get("access_token") ?? "",
      refresh_token: fragment.get("refresh_token") ?? "",
    });
    expect((await client.auth.updateUser({ password: "remembered" })).error).toBeNull();
  });

  it("is answered the same for a stranger, who gets no mail", async () => {
    const { error } = await services.client().auth.resetPasswordForEmail("stranger@shop.test");
    expect(error).toBeNull();
    expect(services.outbox.mails.some(({ to }) => to === "stranger@shop.test")).toBe(false);
  });
});

describe("a code", () => {
  const code = async (name: string) => {
    const email = await confirmed(name);
    const client = services.client({ pkce: true });
    await client.auth.resetPasswordForEmail(email);
    const { url } = await follow(mailTo(email).link);
    return { client, code: url.searchParams.get("code") ?? "" };
  };
  const exchange = (auth_code: string, code_verifier: string) =>
    services.request("/auth/v1/token?grant_type=pkce", {
      method: "POST",
      body: JSON.stringify({ auth_code, code_verifier }),
    });

  it("is worth nothing in another browser, and then nothing anywhere", async () => {
    const { client, code: stolen } = await code("stolen-code");
    expect(await exchange(stolen, "x".repeat(56))).toMatchObject({
      status: 403,
      body: { error_code: "bad_code_verifier" },
    });
    expect((await client.auth.exchangeCodeForSession(stolen)).error).toMatchObject({
      code: "flow_state_not_found",
    });
  });

  it("works once", async () => {
    const { client, code: once } = await code("once-code");
    expect((await client.auth.exchangeCodeForSession(once)).error).toBeNull();
    expect(await exchange(once, "x".repeat(56))).toMatchObject({ status: 404 });
  });

  it("expires after five minutes", async () => {
    const { client, code: late } = await code("late-code");
    await services.postgres.query(
      "update auth.flow_state set auth_code_issued_at = now() - interval '301 seconds'",
    );
    expect((await client.auth.exchangeCodeForSession(late)).error).toMatchObject({
      code: "flow_state_expired",
    });
  });

  it("is not given for a challenge that is none", async () => {
    const refused = await services.request("/auth/v1/recover", {
      method: "POST",
      body: JSON.stringify({ email: "x@shop.test", code_challenge: "short", code_challenge_method: "s256" }),
    });
    expect(refused).toMatchObject({ status: 400, body: { error_code: "validation_failed" } });
  });
});

describe("a link", () => {
  it("works once and for an hour", async () => {
    const email = await confirmed("link");
    await services.client().auth.resetPasswordForEmail(email);
    await services.postgres.query(
      "update auth.one_time_tokens set created_at = now() - interval '3601 seconds'",
    );
    expect((await follow(mailTo(email).link)).fragment.get("error_code")).toBe("otp_expired");
    await services.client().auth.resetPasswordForEmail(email);
    await fetch(mailTo(email).link, { method: "HEAD", redirect: "manual" });
    expect((await follow(mailTo(email).link)).fragment.has("access_token")).toBe(true);
    expect((await follow(mailTo(email).link)).fragment.get("error_code")).toBe("otp_expired");
  });

  it("leads nowhere but to the application's origins", async () => {
    const email = await confirmed("nowhere");
    for (const redirectTo of [
      "https://evil.example/x",
      "//evil.example",
      "javascript:alert(1)",
      "http://127.0.0.1:1",
    ]) {
      await services.client().auth.resetPasswordForEmail(email, { redirectTo });
      const { link } = mailTo(email);
      expect((await follow(link)).url.origin).toBe(services.url);
    }
    await services.client().auth.resetPasswordForEmail(email);
    const changed = new URL(mailTo(email).link);
    changed.searchParams.set("redirect_to", "https://evil.example/x");
    expect((await follow(changed.toString())).url.origin).toBe(services.url);
  });

  it("tells a client of the code flow in the query too when it no longer works", async () => {
    const email = await confirmed("late-pkce");
    await services.client({ pkce: true }).auth.resetPasswordForEmail(email);
    const { link } = mailTo(email);
    await follow(link);
    expect((await follow(link)).url.searchParams.get("error_code")).toBe("otp_expired");
  });

  it("signs in who asked for it by mail, a new user too", async () => {
    const email = "magic@shop.test";
    await services.client().auth.signInWithOtp({ email });
    expect((await follow(mailTo(email).link)).fragment.get("type")).toBe("signup");
    await services.client().auth.signInWithOtp({ email });
    expect((await follow(mailTo(email).link)).fragment.get("type")).toBe("magiclink");
    const { error } = await services.client().auth.signInWithOtp({
      email: "unknown@shop.test",
      options: { shouldCreateUser: false },
    });
    expect(error).toMatchObject({ code: "otp_disabled" });
  });
});

it("reports no failure of its own in all of this", () => {
  expect(services.reports).toEqual([]);
});
