import * as z from "zod/mini";
import { callbackResult } from "../_shared/contracts/integration-calls.ts";
import { WEBHOOK_LIMITS } from "../_shared/contracts/webhooks.ts";
import type { Db } from "../_shared/db.ts";
import { type EngineIntegration, storableText, toJson, toStoredOutcome } from "../_shared/engine/queue.ts";
import { ApiError } from "../_shared/errors.ts";
import { postHandler, readBytes } from "../_shared/http.ts";
import type { KeyRing } from "../_shared/integrations/key-ring.ts";
import { type OpenSecrets, openSecrets } from "../_shared/integrations/open-secrets.ts";
import { SecretBoxError } from "../_shared/integrations/secret-box.ts";
import { type IntegrationSettings, integrationPage, NOT_SET_UP } from "../_shared/integrations/settings.ts";
import { takeToken } from "../_shared/rate-limit.ts";
import { readCallback } from "../_shared/webhooks/callback.ts";
import { keptMessage } from "../_shared/webhooks/kept-text.ts";
import { knownJobs } from "./jobs.ts";
import { idOfUnsigned, readMessage } from "./message.ts";
import { CALLBACKS, FORGERIES } from "./rate-limit.ts";
import { readSenderToken, requireSignature } from "./sender.ts";

interface CallbackOptions {
  db: Db;
  settings: Omit<IntegrationSettings, "policy">;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/** Takes results that an integration hands in later: signed by it for any of its jobs, or with the token of one job. */
export function createHandler({ db, settings, now = Date.now }: CallbackOptions) {
  return postHandler(async (request) => {
    const { ring, publicUrl } = settings;
    if (!ring || !publicUrl) throw new ApiError(503, "not_set_up", NOT_SET_UP);
    const integration = await findIntegration(db, request);
    const { sender, secrets, body, signedId } = await authenticate(request, integration, ring, now()).catch(
      async (error: unknown) => {
        if (error instanceof ApiError && error.status === 401) await takeToken(db, integration.id, FORGERIES);
        throw error;
      },
    );
    await takeToken(db, integration.id, CALLBACKS);

    const { json, results, dropped } = readMessage(body, secrets.signing);
    const jobs = await knownJobs(db, integration, results, sender?.claims ?? null, batchNamedIn(json));
    const source = integrationPage(settings.appUrl ?? publicUrl, integration.id);
    const { outcomes, notes } = readCallback(jobs, results, source);
    const eventId = signedId ?? idOfUnsigned(sender?.token ?? "", body, results);
    const kept = keptMessage(JSON.stringify(json), [...secrets.signing, secrets.header ?? ""]);
    const unused = results.length + dropped.length - outcomes.length;
    const [row] = await db`
      select private.take_event(${integration.id}, ${eventId}, ${kept}, ${[...dropped, ...notes].map(storableText)}::text[],
        ${toJson(outcomes.map(toStoredOutcome))}::text::jsonb, ${unused}) as event`;
    return Response.json(callbackResult.parse(row?.event));
  });
}

/** Who sent it: the holder of a job's token, or else the integration, whose signature is checked. Throws 401s, 413 and 503s. */
async function authenticate(request: Request, integration: EngineIntegration, ring: KeyRing, nowMs: number) {
  const sender = await readSenderToken(request.headers, ring);
  const secrets = await openedSecrets(ring, integration, sender === null);
  const body = await readBytes(request, WEBHOOK_LIMITS.bytes);
  const signedId = sender ? null : await requireSignature(request.headers, body, secrets.signing, nowMs);
  return { sender, secrets, body, signedId };
}

/** The batch that a message says it is about; null if it names none. */
function batchNamedIn(json: unknown): string | null {
  const named = z.object({ batch_id: z.guid() }).safeParse(json);
  return named.success ? named.data.batch_id : null;
}

async function findIntegration(db: Db, request: Request): Promise<EngineIntegration> {
  const id = z.guid().safeParse(new URL(request.url).searchParams.get("integration"));
  if (!id.success) {
    throw new ApiError(
      400,
      "bad_request",
      "Use the callback_url of the request as it came, with its ?integration=….",
    );
  }
  const [row] = await db<{ found: EngineIntegration | null }[]>`
    select private.integration_for_engine(${id.data}) as found`;
  if (row?.found) return row.found;
  throw new ApiError(
    404,
    "not_found",
    "This integration does not exist. Use the callback_url of the request as it came.",
  );
}

/** The integration's secrets. Throws when a signature has to be checked and cannot be. */
async function openedSecrets(
  ring: KeyRing,
  integration: EngineIntegration,
  isNeeded: boolean,
): Promise<OpenSecrets> {
  const owner = { workspaceId: integration.workspace_id, integrationId: integration.id };
  const secrets = await openSecrets(ring, owner, integration.secrets).catch((error: unknown) => {
    if (!(error instanceof SecretBoxError)) throw error;
    if (isNeeded) throw new ApiError(503, error.code, error.message);
    return { signing: [], header: null };
  });
  if (!isNeeded || secrets.signing.length > 0) return secrets;
  throw integration.deleted_at === null
    ? new ApiError(
        401,
        "no_secret",
        "This integration has no signing secret. Save one, or send the job's token.",
      )
    : new ApiError(
        401,
        "integration_deleted",
        "This integration was deleted. The tokens of its jobs are still accepted.",
      );
}
