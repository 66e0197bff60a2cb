import { exportJWK, generateKeyPair, importJWK, type JWTHeaderParameters, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { identifyWith, Unauthorized } from "../src/identity.ts";
import { generateSigningKey, Tokens } from "../src/tokens.ts";
import { type Services, startServices } from "./support/services.ts";

let services: Services;
let user: Awaited<ReturnType<Services["signedIn"]>>;
beforeAll(async () => {
  services = await startServices("shop.sql");
  user = await services.signedIn("user");
});
afterAll(() => services.stop());

const whoami = (token: string) =>
  services.request("/rest/v1/rpc/whoami", { headers: { authorization: `Bearer ${token}` } });
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;

/** A token that only differs from a right one as told. */
async function forged(
  claims: Record<string, unknown>,
  { key, header }: { key?: CryptoKey | Uint8Array; header?: Partial<JWTHeaderParameters> } = {},
) {
  const own = await importJWK(services.postgres.keys.signingKey, "ES256");
  const { kid } = services.tokens.publicKeys.keys[0] ?? {};
  return new SignJWT({ sub: user.id, exp: inAnHour(), ...claims })
    .setProtectedHeader({ alg: "ES256", ...(kid && { kid }), ...header })
    .sign(key ?? own);
}

describe("a token", () => {
  it("that is right is taken", async () => {
    const { status, body } = await whoami(await forged({ role: "authenticated" }));
    expect([status, body]).toMatchObject([200, { u: "authenticated", uid: user.id }]);
  });

  it.each<[string, () => string | Promise<string>]>([
    [
      "without a signature (alg none)",
      () => `${encode({ alg: "none" })}.${encode({ role: "service_role", exp: inAnHour() })}.`,
    ],
    [
      "signed by another key",
      async () => forged({ role: "service_role" }, { key: (await generateKeyPair("ES256")).privateKey }),
    ],
    [
      "signed with the public key as a shared secret (HS256)",
      () => {
        const secret = new TextEncoder().encode(JSON.stringify(services.tokens.publicKeys.keys[0]));
        return forged({ role: "service_role" }, { key: secret, header: { alg: "HS256" } });
      },
    ],
    [
      "signed with any shared secret (HS512)",
      () => forged({ role: "service_role" }, { key: new Uint8Array(64), header: { alg: "HS512" } }),
    ],
    [
      "that brings its own key",
      async () => {
        const { privateKey, publicKey } = await generateKeyPair("ES256");
        const header = { jwk: await exportJWK(publicKey), kid: "mine" };
        return forged({ role: "service_role" }, { key: privateKey, header });
      },
    ],
    [
      "whose claims were changed",
      () => {
        const [header, , signature] = user.token.split(".");
        return `${header}.${encode({ sub: user.id, role: "service_role", exp: inAnHour() })}.${signature}`;
      },
    ],
    ["that has expired", () => forged({ role: "authenticated", exp: 1000 })],
    ["that never expires", () => forged({ role: "authenticated", exp: undefined })],
    ["that is not valid yet", () => forged({ role: "authenticated", nbf: inAnHour() })],
    ["for the role postgres", () => forged({ role: "postgres" })],
    ["for the role authenticator", () => forged({ role: "authenticator" })],
    ["for a role with quotes", () => forged({ role: 'anon"; drop table items; --' })],
    ["for several roles", () => forged({ role: ["service_role"] })],
    ["that is none", () => "x.y.z"],
    ["that is an API key of somebody else", () => "sb_secret_somebody"],
  ])("%s is refused", async (_, make) => {
    const token = await make();
    expect(await whoami(token)).toMatchObject({
      status: 401,
      body: { code: expect.stringMatching(/^PGRST30[13]$/) },
    });
    const auth = await services.request("/auth/v1/user", { headers: { authorization: `Bearer ${token}` } });
    expect(auth.status).toBe(403);
  });

  it("keeps what is in its claims apart from SQL", async () => {
    const odd = "a'b\"c\\$$; drop table items; --";
    const { body } = await whoami(await forged({ role: "authenticated", odd }));
    expect(body).toMatchObject({ jwt: { odd } });
    const token = await forged({ role: "authenticated", sub: "x' or true --" });
    const items = await services.request("/rest/v1/items", { headers: { authorization: `Bearer ${token}` } });
    expect(items).toMatchObject({ status: 400, body: { code: "22P02" } });
  });

  it("is not remembered beyond its time", async () => {
    const tokens = await Tokens.create(await generateSigningKey(), "test");
    const token = await tokens.sign({ role: "anon" }, 1);
    expect(await tokens.verify(token)).toMatchObject({ iss: "test" });
    await expect
      .poll(() => tokens.verify(token).catch((error) => error.message), { timeout: 5000 })
      .toBe("JWT expired");
  });
});

describe("the signing key", () => {
  it("is published without its private half", async () => {
    const { body } = await services.request("/auth/v1/.well-known/jwks.json");
    expect(body).toEqual({
      keys: [
        {
          kty: "EC",
          crv: "P-256",
          x: expect.any(String),
          y: expect.any(String),
          alg: "ES256",
          use: "sig",
          key_ops: ["verify"],
          kid: services.postgres.keys.signingKey.kid,
        },
      ],
    });
  });

  it("survives a restart: the same key verifies older tokens, another does not", async () => {
    const again = await Tokens.create(services.postgres.keys.signingKey, "elsewhere");
    expect(await again.verify(user.token)).toMatchObject({ sub: user.id });
    const other = await Tokens.create(await generateSigningKey(), "elsewhere");
    await expect(other.verify(user.token)).rejects.toThrow();
  });

  it("must be a private P-256 key", async () => {
    const { d: _, ...half } = await generateSigningKey();
    for (const key of [half, { kty: "oct", k: "c2VjcmV0" }, {}]) {
      await expect(Tokens.create(key, "test")).rejects.toThrow("private P-256 JWK");
    }
  });
});

describe("the API key", () => {
  const keys = { publishable: "sb_publishable_a", secret: "sb_secret_b" };
  const identify = (apikey: string | null, bearer: string | null) =>
    identifyWith(apikey, bearer, keys, services.tokens);

  it("decides when nobody is signed in", async () => {
    expect(await identify(keys.publishable, null)).toMatchObject({ role: "anon" });
    expect(await identify(keys.secret, keys.secret)).toMatchObject({ role: "service_role" });
  });

  it("gives way to the user's token", async () => {
    for (const key of [keys.publishable, keys.secret]) {
      expect(await identify(key, user.token)).toMatchObject({
        role: "authenticated",
        claims: { sub: user.id },
      });
    }
  });

  it("must be there and be right, whatever the token is", async () => {
    for (const key of [null, "", "zzz", `${keys.secret} `, "sb_secret_", user.token]) {
      await expect(identify(key, user.token)).rejects.toThrow(Unauthorized);
    }
    await expect(identify(keys.publishable, keys.secret)).rejects.toThrow(Unauthorized);
  });

  it("is asked for by REST and Auth", async () => {
    for (const path of ["/rest/v1/tree", "/rest/v1/rpc/whoami", "/auth/v1/user", "/auth/v1/admin/users"]) {
      for (const apikey of ["", "zzz"]) {
        expect((await services.request(path, { headers: { apikey } })).status).toBe(401);
      }
    }
    const login = { method: "POST", body: "{}", headers: { apikey: "zzz" } };
    expect((await services.request("/auth/v1/token?grant_type=password", login)).status).toBe(401);
  });
});
