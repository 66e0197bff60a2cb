import { fromBase64 } from "../base64.ts";

/** A key of this installation: everything that is encrypted or signed says the id of the key it needs. */
interface InstallationKey {
  id: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** The installation's keys, the newest first: that one encrypts and signs, the others still open what they made. */
export type KeyRing = readonly [InstallationKey, ...InstallationKey[]];

/**
 * Parses the setting `INTEGRATION_KEYS`: `id:key` separated by commas, the newest first; a key is 32 random bytes as
 * base64 (`openssl rand -base64 32`). Throws an Error that names what is wrong and repeats no key.
 */
export function parseKeyRing(text: string): KeyRing {
  const [first, ...others] = text.split(",").map(parseKey);
  if (!first) throw new Error("INTEGRATION_KEYS has no key.");
  const ids = [first, ...others].map((key) => key.id);
  if (new Set(ids).size < ids.length) throw new Error("INTEGRATION_KEYS has the same id twice.");
  return [first, ...others];
}

/** A key for one purpose, so that what one part signs means nothing to another. */
export function deriveBits(key: InstallationKey, purpose: string): Promise<ArrayBuffer> {
  const info = new TextEncoder().encode(purpose);
  return crypto.subtle
    .importKey("raw", key.bytes, "HKDF", false, ["deriveBits"])
    .then((base) =>
      crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info }, base, 256),
    );
}

function parseKey(entry: string, index: number): InstallationKey {
  const match = /^\s*([a-z0-9_-]{1,32}):([A-Za-z0-9+/=]+)\s*$/.exec(entry);
  const bytes = fromBase64(match?.[2] ?? "");
  if (!match?.[1] || bytes?.length !== 32) {
    throw new Error(`INTEGRATION_KEYS: entry ${index + 1} is not "id:" and 32 bytes as base64.`);
  }
  return { id: match[1], bytes };
}
