import { ApiError } from "../_shared/errors.ts";
import type { KeyRing } from "../_shared/integrations/key-ring.ts";
import { type JobTokenClaims, readJobToken } from "../_shared/webhooks/job-token.ts";
import {
  TOLERANCE_SECONDS,
  verifyWebhook,
  type WebhookRefusal,
} from "../_shared/webhooks/standard-webhooks.ts";

/** The job that the bearer token speaks for; null if the message has none, or a signature. Throws a 401 for a wrong one. */
export async function readSenderToken(
  headers: Headers,
  ring: KeyRing,
): Promise<{ token: string; claims: JobTokenClaims } | null> {
  const authorization = headers.get("authorization");
  if (!authorization || headers.has("webhook-signature")) return null;
  const token = /^Bearer\s+(\S+)\s*$/i.exec(authorization)?.[1] ?? "";
  const claims = await readJobToken(ring, token);
  if (claims) return { token, claims };
  throw new ApiError(
    401,
    "wrong_token",
    'This is no token of a job: send "Bearer", a space and the job\'s token as it came, or sign the message.',
  );
}

/** The id of a message that one of the secrets signed. Throws a 401 that says what is wrong with the signature. */
export async function requireSignature(
  headers: Headers,
  body: Uint8Array,
  secrets: readonly string[],
  nowMs: number,
): Promise<string> {
  const verified = await verifyWebhook(secrets, headers, body, nowMs);
  if (verified.ok) return verified.id;
  const time = new Date(nowMs).toISOString();
  throw new ApiError(401, verified.reason, REFUSALS[verified.reason], { time });
}

const MINUTES = TOLERANCE_SECONDS / 60;
const REFUSALS: Record<WebhookRefusal, string> = {
  missing_header:
    "Who sends this? Sign it (webhook-id, webhook-timestamp and webhook-signature) or send a job's token as authorization: Bearer.",
  bad_header:
    "webhook-id must have 1 to 255 characters and no dot, webhook-timestamp whole seconds since 1970.",
  too_old: `The signature is more than ${MINUTES} minutes old. Sign again for each try, and check the sender's clock.`,
  from_the_future: `The signature is more than ${MINUTES} minutes ahead of time. Check the sender's clock.`,
  wrong_signature:
    "The signature does not fit: check the secret, and that the body is signed byte for byte as it is sent.",
};
