import { fromBase64, toBase64 } from "../base64.ts";
import { deriveBits, type KeyRing } from "../integrations/key-ring.ts";

/** What a token speaks for: one job of one batch of one workspace, and nothing else. */
export interface JobTokenClaims {
  workspaceId: string;
  batchId: string;
  /** The job's number, in decimal; of a made-up one its id (`test-job.ts`). */
  jobId: string;
}

const HMAC = { name: "HMAC", hash: "SHA-256" };
const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const JOB_ID = "\\d{1,19}|test-[a-z]+-[0-9a-f]{8}";
/** v1.<key id>.<workspace>.<batch>.<job>.<mac as base64url> */
const FORM = `(v1\\.([a-z0-9_-]{1,32})\\.(${UUID})\\.(${UUID})\\.(${JOB_ID}))\\.([\\w-]{43})`;
const TOKEN = new RegExp(`^${FORM}$`);
const TOKENS = new RegExp(FORM, "g");

/** A token for the receiver of a job: whoever shows it may hand in this job's result. */
export async function createJobToken(ring: KeyRing, claims: JobTokenClaims): Promise<string> {
  const [key] = ring;
  const signed = `v1.${key.id}.${claims.workspaceId}.${claims.batchId}.${claims.jobId}`;
  const mac = await crypto.subtle.sign(HMAC, await tokenKey(key), new TextEncoder().encode(signed));
  const base64url = toBase64(new Uint8Array(mac)).replaceAll("+", "-").replaceAll("/", "_").replace("=", "");
  return `${signed}.${base64url}`;
}

/** What a token speaks for; null if it was not made here, or with a key that is gone. */
export async function readJobToken(ring: KeyRing, token: string): Promise<JobTokenClaims | null> {
  const [, signed, keyId, workspaceId, batchId, jobId, base64url] = TOKEN.exec(token) ?? [];
  if (!signed || !workspaceId || !batchId || !jobId || !base64url) return null;
  const key = ring.find((one) => one.id === keyId);
  const mac = fromBase64(`${base64url.replaceAll("-", "+").replaceAll("_", "/")}=`);
  if (!key || !mac) return null;
  // WebCrypto compares in constant time.
  const content = new TextEncoder().encode(signed);
  const isOurs = await crypto.subtle.verify(HMAC, await tokenKey(key), mac, content);
  return isOurs ? { workspaceId, batchId, jobId } : null;
}

/** The text with each job token in it, ours or not, hidden. */
export function withoutJobTokens(text: string): string {
  return text.replace(TOKENS, "[hidden]");
}

/** Derived once: every job of every batch takes a token. */
const derived = new WeakMap<KeyRing[number], Promise<CryptoKey>>();

function tokenKey(key: KeyRing[number]): Promise<CryptoKey> {
  const known = derived.get(key);
  if (known) return known;
  const made = deriveBits(key, "job-token").then((bits) =>
    crypto.subtle.importKey("raw", bits, HMAC, false, ["sign", "verify"]),
  );
  derived.set(key, made);
  return made;
}
