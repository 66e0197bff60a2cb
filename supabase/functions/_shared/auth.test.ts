import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectKeys, requireToken, requireUser } from "./auth.ts";

const { publicKey, privateKey } = await generateKeyPair("ES256");
const published = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "k", alg: "ES256" }] });
let status = 200;
let url = "";
const server = createServer((_request, response) => {
  response.writeHead(status, { "content-type": "application/json" }).end(status === 200 ? published : "");
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A listening TCP server has an address with a port.
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const token = (claims: Record<string, unknown>, expires = "1h") =>
  new SignJWT({ role: "authenticated", sub: "u", ...claims })
    .setProtectedHeader({ alg: "ES256", kid: "k" })
    .setAudience("authenticated")
    .setExpirationTime(expires)
    .sign(privateKey);

const asked = (bearer: string) => new Request(url, { headers: { authorization: `Bearer ${bearer}` } });

describe("a user", () => {
  test("is who the project signed for", async () => {
    await expect(requireUser(asked(await token({})), projectKeys(url))).resolves.toMatchObject({ sub: "u" });
  });

  test.each<[string, () => Promise<string>, string]>([
    ["nonsense", () => Promise.resolve("nonsense"), "unauthorized"],
    ["a token of another role", () => token({ role: "service_role" }), "unauthorized"],
    ["a token of nobody", () => token({ sub: undefined }), "unauthorized"],
    [
      "a token without a signature",
      async () => `${(await token({})).split(".").slice(0, 2).join(".")}.`,
      "unauthorized",
    ],
    ["a token that has expired", () => token({}, "-1m"), "session_expired"],
  ])("is not whoever brings %s", async (_, make, code) => {
    await expect(requireUser(asked(await make()), projectKeys(url))).rejects.toMatchObject({
      status: 401,
      code,
    });
  });

  test("is not sent to sign in again because the project's keys cannot be fetched", async () => {
    status = 503;
    try {
      await expect(requireUser(asked(await token({})), projectKeys(url))).rejects.not.toHaveProperty(
        "status",
        401,
      );
    } finally {
      status = 200;
    }
  });
});

describe("the shared token", () => {
  test.each([
    ["secret", "secret", true],
    ["secret", "Secret", false],
    ["", "", false],
    [undefined, "undefined", false],
    ["secret", "secret2", false],
  ])("set to %s and given as %s lets in: %s", (set, given, isIn) => {
    const check = () => requireToken(asked(given), set);
    if (isIn) expect(check).not.toThrow();
    else expect(check).toThrow("not from this installation");
  });
});
