import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toBase64 } from "../base64.ts";
import { isWebhookSecret, newWebhookSecret, signWebhook, verifyWebhook } from "./standard-webhooks.ts";

/** The vector of the specification's reference libraries. */
const VECTOR = {
  secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
  timestamp: 1_614_265_330,
  body: '{"test": 2432232314}',
  signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
};
const OTHER = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
const NOW = VECTOR.timestamp * 1000;

const headers = (change: Record<string, string | null> = {}) => {
  const all = {
    "webhook-id": VECTOR.id,
    "webhook-timestamp": String(VECTOR.timestamp),
    "webhook-signature": VECTOR.signature,
    ...change,
  };
  return new Headers(Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
};
const verify = (change: Record<string, string | null>, body = VECTOR.body, now = NOW) =>
  verifyWebhook([VECTOR.secret], headers(change), body, now);

const secret = fc.uint8Array({ minLength: 24, maxLength: 64 }).map((bytes) => `whsec_${toBase64(bytes)}`);
const message = fc.record({
  id: fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/),
  timestamp: fc.integer({ min: 1, max: 4_000_000_000 }),
  body: fc.oneof(fc.string({ unit: "binary" }), fc.uint8Array()),
});

describe("signWebhook and verifyWebhook", () => {
  it("signs and accepts the official vector, with the secret's prefix or without", async () => {
    expect(await signWebhook([VECTOR.secret], VECTOR)).toMatchObject({
      "webhook-signature": VECTOR.signature,
    });
    expect(await verify({})).toEqual({ ok: true, id: VECTOR.id });
    const bare = VECTOR.secret.slice("whsec_".length);
    expect(await verifyWebhook([bare], headers(), VECTOR.body, NOW)).toMatchObject({ ok: true });
  });

  it("accepts one right signature among others, of other versions too", async () => {
    const list = [OTHER, OTHER.replace("v1", "v2"), VECTOR.signature, OTHER].join(" ");
    expect(await verify({ "webhook-signature": list })).toMatchObject({ ok: true });
  });

  it.each([
    ["webhook-id", null, "missing_header"],
    ["webhook-timestamp", null, "missing_header"],
    ["webhook-signature", null, "missing_header"],
    ["webhook-signature", "", "missing_header"],
    ["webhook-id", "a.b", "bad_header"],
    ["webhook-id", "x".repeat(256), "bad_header"],
    ["webhook-id", "msg_other", "wrong_signature"],
    ["webhook-timestamp", "hello", "bad_header"],
    ["webhook-timestamp", "1e9", "bad_header"],
    ["webhook-timestamp", `${VECTOR.timestamp}.5`, "bad_header"],
    ["webhook-timestamp", String(VECTOR.timestamp + 1), "wrong_signature"],
    ["webhook-signature", OTHER, "wrong_signature"],
    ["webhook-signature", "v1,", "wrong_signature"],
    ["webhook-signature", "v1,dawfeoifkpqwoekfpqoekf", "wrong_signature"],
    ["webhook-signature", VECTOR.signature.slice(0, 8), "wrong_signature"],
    ["webhook-signature", VECTOR.signature.replace("v1", "v2"), "wrong_signature"],
    ["webhook-signature", `${`${OTHER} `.repeat(10)}${VECTOR.signature}`, "wrong_signature"],
  ])("refuses %s %j as %s", async (name, value, reason) => {
    expect(await verify({ [name]: value })).toEqual({ ok: false, reason });
  });

  it("refuses another body, another secret, and no secret at all", async () => {
    const refused = { ok: false, reason: "wrong_signature" };
    expect(await verify({}, `${VECTOR.body} `)).toEqual(refused);
    expect(await verifyWebhook([newWebhookSecret()], headers(), VECTOR.body, NOW)).toEqual(refused);
    expect(await verifyWebhook([], headers(), VECTOR.body, NOW)).toEqual(refused);
  });

  it("takes a clock that is five minutes off either way, and no more", async () => {
    expect(await verify({}, VECTOR.body, NOW + 300_999)).toMatchObject({ ok: true });
    expect(await verify({}, VECTOR.body, NOW + 301_000)).toEqual({ ok: false, reason: "too_old" });
    expect(await verify({}, VECTOR.body, NOW - 300_000)).toMatchObject({ ok: true });
    expect(await verify({}, VECTOR.body, NOW - 301_000)).toEqual({ ok: false, reason: "from_the_future" });
  });

  it("while secrets rotate, whoever knows one of them is understood", async () => {
    await fc.assert(
      fc.asyncProperty(
        message,
        fc.uniqueArray(secret, { minLength: 2, maxLength: 2 }),
        async (sent, pair) => {
          const both = new Headers(await signWebhook(pair, sent));
          for (const one of pair) {
            const at = sent.timestamp * 1000;
            expect(await verifyWebhook([one], both, sent.body, at)).toEqual({ ok: true, id: sent.id });
            const single = new Headers(await signWebhook([one], sent));
            expect(await verifyWebhook(pair, single, sent.body, at)).toMatchObject({ ok: true });
          }
        },
      ),
    );
  });

  it("any changed byte of the body breaks the signature", async () => {
    const body = fc.uint8Array({ minLength: 1 });
    await fc.assert(
      fc.asyncProperty(
        secret,
        body,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (key, bytes, at, flip) => {
          const signed = new Headers(await signWebhook([key], { ...VECTOR, body: bytes }));
          const forged = bytes.map((byte, i) => (i === at % bytes.length ? byte ^ flip : byte));
          expect(await verifyWebhook([key], signed, forged, NOW)).toMatchObject({ ok: false });
        },
      ),
    );
  });
});

describe("secrets", () => {
  it("new ones are valid and never the same", () => {
    const made = Array.from({ length: 50 }, newWebhookSecret);
    expect(made.every(isWebhookSecret)).toBe(true);
    expect(new Set(made).size).toBe(50);
  });

  it.each(["", "whsec_", "whsec_c2hvcnQ=", "whsec_not base64!", `whsec_${toBase64(new Uint8Array(65))}`])(
    "%j is none, and cannot sign",
    async (bad) => {
      expect(isWebhookSecret(bad)).toBe(false);
      await expect(signWebhook([bad], VECTOR)).rejects.toThrow("signing secret");
    },
  );
});
