import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBase64, toBase64 } from "../base64.ts";
import { parseKeyRing } from "./key-ring.ts";
import { openSecret, sealSecret } from "./secret-box.ts";

const key = (byte: number) => toBase64(new Uint8Array(32).fill(byte));
const old = parseKeyRing(`old:${key(1)}`);
const rotated = parseKeyRing(`new:${key(2)}, old:${key(1)}`);
const owner = { workspaceId: crypto.randomUUID(), integrationId: crypto.randomUUID() };

describe("secrets of integrations", () => {
  it("open as they were sealed, also after the keys have rotated", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), async (secret) => {
        const sealed = await sealSecret(old, owner, secret);
        expect(await openSecret(rotated, owner, sealed)).toBe(secret);
      }),
    );
  });

  it("are sealed with the newest key, each time differently", async () => {
    const [one, two] = await Promise.all([1, 2].map(() => sealSecret(rotated, owner, "same")));
    expect(one).toMatchObject({ key_id: "new" });
    expect(one?.nonce).not.toBe(two?.nonce);
    expect(one?.ciphertext).not.toBe(two?.ciphertext);
  });

  it.each([
    ["another workspace", { ...owner, workspaceId: crypto.randomUUID() }],
    ["another integration", { ...owner, integrationId: crypto.randomUUID() }],
    [
      "workspace and integration swapped",
      { workspaceId: owner.integrationId, integrationId: owner.workspaceId },
    ],
  ])("do not open for %s", async (_whose, other) => {
    const sealed = await sealSecret(old, owner, "whsec_x");
    await expect(openSecret(old, other, sealed)).rejects.toMatchObject({ code: "not_opened" });
  });

  it("do not open with another key of the same id, and say so when the key is gone", async () => {
    const sealed = await sealSecret(old, owner, "whsec_x");
    const other = parseKeyRing(`old:${key(9)}`);
    await expect(openSecret(other, owner, sealed)).rejects.toMatchObject({ code: "not_opened" });
    const gone = openSecret(parseKeyRing(`new:${key(2)}`), owner, sealed);
    await expect(gone).rejects.toMatchObject({
      code: "unknown_key",
      message: expect.stringContaining('"old"'),
    });
  });

  it("do not open when a byte of nonce or ciphertext is changed, missing or no base64", async () => {
    const sealed = await sealSecret(old, owner, "whsec_x");
    const flipped = (text: string) => {
      const bytes = fromBase64(text) ?? new Uint8Array();
      return toBase64(bytes.map((byte, i) => (i === 3 ? byte ^ 1 : byte)));
    };
    const damaged = [
      { ...sealed, nonce: flipped(sealed.nonce) },
      { ...sealed, ciphertext: flipped(sealed.ciphertext) },
      { ...sealed, nonce: "" },
      { ...sealed, ciphertext: "***" },
    ];
    for (const one of damaged) {
      await expect(openSecret(old, owner, one)).rejects.toMatchObject({ code: "not_opened" });
    }
  });

  it("never show up in an error", async () => {
    const sealed = await sealSecret(old, owner, "very-secret");
    const error: unknown = await openSecret(rotated, { ...owner, workspaceId: "x" }, sealed).catch(
      (e: unknown) => e,
    );
    expect(inspect(error)).not.toMatch(new RegExp(`very-secret|${sealed.ciphertext.slice(0, 8)}`));
  });
});

describe("INTEGRATION_KEYS", () => {
  it.each(["", "old", `old:${key(1)},`, `old:${key(1)},old:${key(2)}`, "old:c2hvcnQ=", `OLD:${key(1)}`])(
    "%j is refused without repeating a key",
    (text) => {
      expect(() => parseKeyRing(text)).toThrow(/^INTEGRATION_KEYS/);
      expect(() => parseKeyRing(text)).not.toThrow(key(1).slice(0, 10));
    },
  );
});
