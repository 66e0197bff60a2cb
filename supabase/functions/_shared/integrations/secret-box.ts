import { fromBase64, toBase64 } from "../base64.ts";
import { deriveBits, type KeyRing } from "./key-ring.ts";

/** Whose secret it is: it opens for no other workspace and no other integration. */
export interface SecretOwner {
  workspaceId: string;
  integrationId: string;
}

/** An encrypted secret as it is stored: nonce and ciphertext as base64. */
export interface SealedSecret {
  key_id: string;
  nonce: string;
  ciphertext: string;
}

/**
 * Why a secret does not open; `message` can be shown to an admin and holds nothing of the secret.
 * - `unknown_key`: the installation no longer has the key that sealed it
 * - `not_opened`: it belongs to another workspace or integration, was sealed with another key, or is damaged
 */
export class SecretBoxError extends Error {
  override readonly name = "SecretBoxError";
  readonly code: "unknown_key" | "not_opened";

  constructor(code: SecretBoxError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Encrypts with the newest key: AES-GCM-256, a random nonce, bound to its owner. */
export async function sealSecret(ring: KeyRing, owner: SecretOwner, secret: string): Promise<SealedSecret> {
  const [key] = ring;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(secret);
  const ciphertext = await crypto.subtle.encrypt(parameters(iv, owner), await aesKey(key), plain);
  return { key_id: key.id, nonce: toBase64(iv), ciphertext: toBase64(new Uint8Array(ciphertext)) };
}

/** Decrypts with the key that sealed it. Throws SecretBoxError. */
export async function openSecret(ring: KeyRing, owner: SecretOwner, sealed: SealedSecret): Promise<string> {
  const key = ring.find((one) => one.id === sealed.key_id);
  if (!key) {
    throw new SecretBoxError(
      "unknown_key",
      `The key "${sealed.key_id}" is not among this installation's INTEGRATION_KEYS. Put it back, or save the secret again.`,
    );
  }
  const iv = fromBase64(sealed.nonce);
  const ciphertext = fromBase64(sealed.ciphertext);
  try {
    if (iv?.length !== 12 || !ciphertext) throw new Error("not a sealed secret");
    const plain = await crypto.subtle.decrypt(parameters(iv, owner), await aesKey(key), ciphertext);
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(plain);
  } catch (error) {
    throw new SecretBoxError(
      "not_opened",
      "This secret does not open for this integration. Save the secret again.",
      { cause: error },
    );
  }
}

function parameters(iv: Uint8Array<ArrayBuffer>, { workspaceId, integrationId }: SecretOwner) {
  const additionalData = new TextEncoder().encode(JSON.stringify([workspaceId, integrationId]));
  return { name: "AES-GCM", iv, additionalData };
}

async function aesKey(key: KeyRing[number]): Promise<CryptoKey> {
  const bits = await deriveBits(key, "integration-secret");
  return await crypto.subtle.importKey("raw", bits, "AES-GCM", false, ["encrypt", "decrypt"]);
}
