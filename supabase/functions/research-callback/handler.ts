import { createHash, randomUUID } from "node:crypto";
import * as z from "zod/mini";
import { callbackResult } from "../_shared/contracts/integration-calls.ts";
import { researchStage } from "../_shared/contracts/progress.ts";
import { isDeeperThan } from "../_shared/contracts/webhook-data.ts";
import { type ReceivedResult, readResults, WEBHOOK_LIMITS } from "../_shared/contracts/webhooks.ts";
import type { Db } from "../_shared/db.ts";
import { type EngineIntegration, storableText, toJson, toStoredOutcome } from "../_shared/engine/queue.ts";
import { ApiError } from "../_shared/errors.ts";
import { parseJson, postHandler, readBytes } from "../_shared/http.ts";
import type { KeyRing } from "../_shared/integrations/key-ring.ts";
import { type OpenSecrets, openSecrets } from "../_shared/integrations/open-secrets.ts";
import { SecretBoxError } from "../_shared/integrations/secret-box.ts";
import { type IntegrationSettings, integrationPage, NOT_SET_UP } from "../_shared/integrations/settings.ts";
import { type CallbackJob, readCallback } from "../_shared/webhooks/callback.ts";
import { type JobTokenClaims, withoutJobTokens } from "../_shared/webhooks/job-token.ts";
import { keptText } from "../_shared/webhooks/kept-text.ts";
import { testStageOf } from "../_shared/webhooks/test-job.ts";
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
    const sender = await readSenderToken(request.headers, ring);
    const secrets = await openedSecrets(ring, integration, sender === null);
    const body = await readBytes(request, WEBHOOK_LIMITS.bytes);
    const signedId = sender ? null : await requireSignature(request.headers, body, secrets.signing, now());

    const { json, results, dropped } = readBody(body, secrets.signing);
    const jobs = await knownJobs(db, integration, results, sender?.claims ?? null);
    const source = integrationPage(settings.appUrl ?? publicUrl, integration.id);
    const { outcomes, notes } = readCallback(jobs, results, source);
    const eventId = signedId ?? idOfUnsigned(sender?.token ?? "", body, results);
    const kept = keptText(JSON.stringify(json), [...secrets.signing, secrets.header ?? ""]);
    const unused = results.length + dropped.length - outcomes.length;
    const [row] = await db`
      select private.take_event(${integration.id}, ${eventId}, ${kept}, ${[...dropped, ...notes].map(storableText)}::text[],
        ${toJson(outcomes.map(toStoredOutcome))}::text::jsonb, ${unused}) as event`;
    return Response.json(callbackResult.parse(row?.event));
  });
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

/** Nothing in a callback is deeper: `data` may have 20 levels. */
const MOST_LEVELS = 50;

/** What the body says, without secrets in it. Throws 400s. */
function readBody(body: Uint8Array, secrets: readonly string[]) {
  const text = secrets.reduce(
    (rest, secret) => rest.replaceAll(secret, "[hidden]"),
    withoutJobTokens(new TextDecoder().decode(body)),
  );
  const json = parseJson(text);
  if (isDeeperThan(json, MOST_LEVELS)) {
    throw new ApiError(400, "bad_results", `The results are nested more than ${MOST_LEVELS} levels deep.`);
  }
  const received = readResults(json);
  if (!received.ok) throw new ApiError(400, "bad_results", received.error);
  return { json, results: received.results, dropped: received.notes };
}

const storedJobs = z.array(z.object({ id: z.int(), stage: researchStage, batch_id: z.nullable(z.string()) }));

/** The jobs that the sender may speak for: the token's own, in its batch, or those of the integration, each in its current one. */
async function knownJobs(
  db: Db,
  integration: EngineIntegration,
  results: readonly ReceivedResult[],
  token: JobTokenClaims | null,
): Promise<CallbackJob[]> {
  const isTest =
    token !== null && testStageOf(token.jobId) !== null && token.workspaceId === integration.workspace_id;
  if (isTest) return [];
  const ids = new Set(token ? [token.jobId] : results.map((one) => one.id));
  const numbers = [...ids].filter((id) => /^\d{1,18}$/.test(id));
  const [row] = await db`select private.jobs_of_integration(${integration.id}, ${numbers}::bigint[]) as jobs`;
  const jobs = storedJobs.parse(row?.jobs).map(({ id, stage, batch_id }) => ({
    id: String(id),
    stage,
    batchId: token?.batchId ?? batch_id,
  }));
  if (token && (jobs.length === 0 || token.workspaceId !== integration.workspace_id)) {
    throw new ApiError(
      404,
      "not_found",
      "This job is not one of this integration, or does not exist any more.",
    );
  }
  // A job without a batch was never sent to anybody.
  return jobs.flatMap(({ batchId, ...job }) => (batchId === null ? [] : [{ ...job, batchId }]));
}

/** What tells repeats of an unsigned message. Each heartbeat is one of its own, although they are all the same. */
function idOfUnsigned(token: string, body: Uint8Array, results: readonly ReceivedResult[]): string {
  if (results.every((one) => one.status === "progress")) return `token:${randomUUID()}`;
  return `token:${createHash("sha256").update(`${token}\n`).update(body).digest("hex")}`;
}
