import { fromBase64, toBase64 } from "../base64.ts";

/** How far the sender's clock may be from ours, in seconds. */
export const TOLERANCE_SECONDS = 300;
const PREFIX = "whsec_";
/** A rotation needs two; more only costs time. */
const MAX_SIGNATURES = 10;
const HMAC = { name: "HMAC", hash: "SHA-256" };

export interface WebhookMessage {
  /** Unique for the message: a repeat has the same. Without dots, which separate what is signed. */
  id: string;
  /** Seconds since 1970. */
  timestamp: number;
  body: string | Uint8Array;
}

/**
 * Why a webhook is not believed:
 * - `missing_header`: `webhook-id`, `webhook-timestamp` or `webhook-signature` is not there
 * - `bad_header`: the id has a dot or is too long, or the timestamp is not in whole seconds
 * - `too_old`, `from_the_future`: the timestamp is more than five minutes off
 * - `wrong_signature`: no signature fits this id, timestamp, body and secret
 */
export type WebhookRefusal =
  | "missing_header"
  | "bad_header"
  | "too_old"
  | "from_the_future"
  | "wrong_signature";

export type Verification = { ok: true; id: string } | { ok: false; reason: WebhookRefusal };

/** A new secret: `whsec_` and 32 random bytes as base64. */
export function newWebhookSecret(): string {
  return PREFIX + toBase64(crypto.getRandomValues(new Uint8Array(32)));
}

/** Whether this can be a secret: `whsec_`, or nothing, and 24 to 64 bytes as base64. */
export function isWebhookSecret(secret: string): boolean {
  return secretBytes(secret) !== null;
}

/** The headers that sign a message as Standard Webhooks, with every secret that is valid now. Throws for a bad secret. */
export async function signWebhook(
  secrets: readonly string[],
  message: WebhookMessage,
): Promise<Record<"webhook-id" | "webhook-timestamp" | "webhook-signature", string>> {
  const content = signedContent(message.id, String(message.timestamp), message.body);
  const signatures = secrets.map(async (secret) => {
    const signature = await crypto.subtle.sign(HMAC, await hmacKey(secret), content);
    return `v1,${toBase64(new Uint8Array(signature))}`;
  });
  return {
    "webhook-id": message.id,
    "webhook-timestamp": String(message.timestamp),
    "webhook-signature": (await Promise.all(signatures)).join(" "),
  };
}

/** Whether one of the signatures was made with one of the secrets, lately. `nowMs` is our clock. Throws for a bad secret. */
export async function verifyWebhook(
  secrets: readonly string[],
  headers: Pick<Headers, "get">,
  body: string | Uint8Array,
  nowMs: number,
): Promise<Verification> {
  const id = headers.get("webhook-id");
  const timestamp = headers.get("webhook-timestamp");
  const signatures = headers.get("webhook-signature");
  if (!id || !timestamp || !signatures) return { ok: false, reason: "missing_header" };
  if (id.length > 255 || id.includes(".") || !/^\d{1,12}$/.test(timestamp)) {
    return { ok: false, reason: "bad_header" };
  }
  const ageSeconds = Math.floor(nowMs / 1000) - Number(timestamp);
  if (ageSeconds > TOLERANCE_SECONDS) return { ok: false, reason: "too_old" };
  if (ageSeconds < -TOLERANCE_SECONDS) return { ok: false, reason: "from_the_future" };

  const content = signedContent(id, timestamp, body);
  const keys = await Promise.all(secrets.map(hmacKey));
  for (const entry of signatures.split(" ").slice(0, MAX_SIGNATURES)) {
    const signature = entry.startsWith("v1,") ? fromBase64(entry.slice(3)) : null;
    if (!signature) continue;
    for (const key of keys) {
      // WebCrypto compares in constant time.
      if (await crypto.subtle.verify(HMAC, key, signature, content)) return { ok: true, id };
    }
  }
  return { ok: false, reason: "wrong_signature" };
}

function signedContent(id: string, timestamp: string, body: string | Uint8Array): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(`${id}.${timestamp}.`);
  const tail = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const content = new Uint8Array(head.length + tail.length);
  content.set(head);
  content.set(tail, head.length);
  return content;
}

async function hmacKey(secret: string): Promise<CryptoKey> {
  const bytes = secretBytes(secret);
  if (!bytes) throw new Error("The signing secret is not whsec_ and 24 to 64 bytes as base64.");
  return await crypto.subtle.importKey("raw", bytes, HMAC, false, ["sign", "verify"]);
}

function secretBytes(secret: string): Uint8Array<ArrayBuffer> | null {
  const bytes = fromBase64(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret);
  return bytes && bytes.length >= 24 && bytes.length <= 64 ? bytes : null;
}
