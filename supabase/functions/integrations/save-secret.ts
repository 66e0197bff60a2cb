import {
  GENERATE,
  type SaveSecretResult,
  type SecretPurpose,
} from "../_shared/contracts/integration-calls.ts";
import type { Db } from "../_shared/db.ts";
import { ApiError } from "../_shared/errors.ts";
import type { KeyRing } from "../_shared/integrations/key-ring.ts";
import { type SecretOwner, sealSecret } from "../_shared/integrations/secret-box.ts";
import { NOT_SET_UP } from "../_shared/integrations/settings.ts";
import { isWebhookSecret, newWebhookSecret } from "../_shared/webhooks/standard-webhooks.ts";

/** Keeps a secret, sealed; null forgets it. Answers with one that it made, and with no other. */
export async function saveSecret(
  db: Db,
  ring: KeyRing | null,
  owner: SecretOwner,
  purpose: SecretPurpose,
  given: string | null,
): Promise<SaveSecretResult> {
  if (!ring) throw new ApiError(503, "not_set_up", NOT_SET_UP);
  const isMade = purpose === "signing" && given === GENERATE;
  const secret = isMade ? newWebhookSecret() : checkedSecret(purpose, given);
  const sealed = secret === null ? null : JSON.stringify(await sealSecret(ring, owner, secret));
  await db`select private.save_secret(${owner.workspaceId}, ${owner.integrationId}, ${purpose}, ${sealed}::text::jsonb)`;
  return isMade && secret !== null ? { secret } : {};
}

/** The secret as it is used, without blanks around it. Errors repeat nothing of it. */
function checkedSecret(purpose: SecretPurpose, given: string | null): string | null {
  const secret = given?.trim() ?? null;
  if (secret === null) return null;
  if (purpose === "signing" && !isWebhookSecret(secret)) {
    throw new ApiError(
      400,
      "bad_secret",
      "A signing secret is whsec_ and 24 to 64 random bytes as base64. Nothing was changed; let one be made for you.",
    );
  }
  if (purpose === "header" && !/^[\x20-\x7e]+$/.test(secret)) {
    throw new ApiError(
      400,
      "bad_secret",
      "The value of a header is one line of letters, digits and signs of ASCII. Nothing was changed; copy it again.",
    );
  }
  return secret;
}
