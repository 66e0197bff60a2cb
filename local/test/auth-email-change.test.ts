import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { password, type Services, startServices } from "./support/services.ts";

let services: Services;
beforeAll(async () => {
  services = await startServices("shop.sql", { autoconfirm: false });
});
afterAll(() => services.stop());

async function signedIn(email: string) {
  await services.client({ secret: true }).auth.admin.createUser({ email, password, email_confirm: true });
  const client = services.client();
  const { data } = await client.auth.signInWithPassword({ email, password });
  if (!data.user) throw new Error("could not sign in");
  return { client, id: data.user.id };
}

function linkTo(address: string): string {
  return services.outbox.mails.find(({ to }) => to === address)?.link ?? "";
}

async function follow(link: string): Promise<URL> {
  const { headers } = await services.request(link.slice(services.url.length));
  return new URL(headers.get("location") ?? "");
}

async function addressOf(id: string): Promise<string | undefined> {
  const { data } = await services.client({ secret: true }).auth.admin.getUserById(id);
  return data.user?.email;
}

describe("changing the address", () => {
  it.each([
    ["new", "old"],
    ["old", "new"],
  ])("takes effect when the %s address and then the %s one have confirmed", async (first, second) => {
    const addresses = { old: `${first}-a@shop.test`, new: `${first}-b@shop.test` };
    const { client, id } = await signedIn(addresses.old);
    const { data } = await client.auth.updateUser({ email: addresses.new });
    expect(data.user).toMatchObject({ email: addresses.old, new_email: addresses.new });
    const half = await follow(linkTo(first === "old" ? addresses.old : addresses.new));
    expect(half.hash).toContain("message=Confirmation+link+accepted");
    expect(await addressOf(id)).toBe(addresses.old);
    const whole = await follow(linkTo(second === "old" ? addresses.old : addresses.new));
    expect(whole.hash).toContain("access_token=");
    expect(await addressOf(id)).toBe(addresses.new);
    const signIn = services.client().auth.signInWithPassword({ email: addresses.new, password });
    expect((await signIn).data.user?.identities?.[0]?.identity_data?.email).toBe(addresses.new);
  });

  it("ends with a code for a client of the code flow", async () => {
    const { client, id } = await signedIn("pkce-a@shop.test");
    const token = (await client.auth.getSession()).data.session?.access_token;
    const code_verifier = "v".repeat(56);
    const code_challenge = createHash("sha256").update(code_verifier).digest("base64url");
    await services.request("/auth/v1/user", {
      method: "PUT",
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ email: "pkce-b@shop.test", code_challenge, code_challenge_method: "s256" }),
    });
    const half = await follow(linkTo("pkce-a@shop.test"));
    expect(half.searchParams.get("message")).toContain("Confirmation link accepted");
    const whole = await follow(linkTo("pkce-b@shop.test"));
    const exchanged = await services.request("/auth/v1/token?grant_type=pkce", {
      method: "POST",
      body: JSON.stringify({ auth_code: whole.searchParams.get("code"), code_verifier }),
    });
    expect(exchanged).toMatchObject({ status: 200, body: { user: { email: "pkce-b@shop.test" } } });
    expect(await addressOf(id)).toBe("pkce-b@shop.test");
  });

  it("is made once when both links are followed at the same moment", async () => {
    const { client, id } = await signedIn("both-a@shop.test");
    await client.auth.updateUser({ email: "both-b@shop.test" });
    const outcomes = await Promise.all(
      ["both-a@shop.test", "both-b@shop.test"].map((address) => follow(linkTo(address))),
    );
    const hashes = outcomes.map(({ hash }) => (hash.includes("access_token") ? "session" : "message"));
    expect(hashes.sort()).toEqual(["message", "session"]);
    expect(await addressOf(id)).toBe("both-b@shop.test");
  });

  it("takes the digits of both mails too", async () => {
    const { client, id } = await signedIn("typed-a@shop.test");
    await client.auth.updateUser({ email: "typed-b@shop.test" });
    for (const email of ["typed-a@shop.test", "typed-b@shop.test"]) {
      const token = services.outbox.mails.find(({ to }) => to === email)?.code ?? "";
      const { error } = await services.client().auth.verifyOtp({ email, token, type: "email_change" });
      expect(error).toBeNull();
    }
    expect(await addressOf(id)).toBe("typed-b@shop.test");
  });

  it("follows the last wish: earlier links are void", async () => {
    const { client, id } = await signedIn("wish-a@shop.test");
    await client.auth.updateUser({ email: "wish-b@shop.test" });
    const void_ = linkTo("wish-b@shop.test");
    await client.auth.updateUser({ email: "wish-c@shop.test" });
    expect((await follow(void_)).hash).toContain("otp_expired");
    await client.auth.resend({ type: "email_change", email: "wish-a@shop.test" });
    await follow(linkTo("wish-a@shop.test"));
    await follow(linkTo("wish-c@shop.test"));
    expect(await addressOf(id)).toBe("wish-c@shop.test");
  });

  it("is refused to an address that somebody has, also one taken meanwhile", async () => {
    await signedIn("somebody@shop.test");
    const { client, id } = await signedIn("late-a@shop.test");
    const { error } = await client.auth.updateUser({ email: "somebody@shop.test" });
    expect(error).toMatchObject({ status: 422, code: "email_exists" });
    await client.auth.updateUser({ email: "late-b@shop.test" });
    await follow(linkTo("late-a@shop.test"));
    await signedIn("late-b@shop.test");
    expect((await follow(linkTo("late-b@shop.test"))).hash).toContain("error_code=email_exists");
    expect(await addressOf(id)).toBe("late-a@shop.test");
  });
});

it("reports no failure of its own in all of this", () => {
  expect(services.reports).toEqual([]);
});
