import type { SendTestResult, UnderstoodResult } from "../_shared/contracts/integration-calls.ts";
import type { ResearchStage } from "../_shared/contracts/progress.ts";
import type { Db } from "../_shared/db.ts";
import { type EngineIntegration, toJson, toStoredDeliveries } from "../_shared/engine/queue.ts";
import { ApiError } from "../_shared/errors.ts";
import type { IntegrationSettings } from "../_shared/integrations/settings.ts";
import { sendBatch } from "../_shared/providers/integration-sender.ts";
import type { JobOutcome } from "../_shared/providers/provider.ts";
import { ASKED_AGAIN } from "../_shared/providers/webhook-reply.ts";
import { type RateLimit, takeToken } from "../_shared/rate-limit.ts";
import { makeTestJob } from "../_shared/webhooks/test-job.ts";
import { notSent } from "./not-sent.ts";

/** Tests of one integration, whoever sends them. */
const TESTS: RateLimit = {
  bucket: "tests",
  perSecond: 0.2,
  burst: 10,
  refusal: (wait) =>
    `This integration was tested 10 times in a short time. Wait ${wait}, then send another test. Nothing was sent.`,
};

/** Sends a made-up job as the dispatcher would, keeps the delivery, and tells what came of it. Errors: not_found, too_many, and those of a job that cannot be sent. */
export async function sendTest(
  db: Db,
  settings: IntegrationSettings,
  integrationId: string,
  stage: ResearchStage,
): Promise<SendTestResult> {
  const [row] = await db<{ found: EngineIntegration | null }[]>`
    select private.integration_for_engine(${integrationId}) as found`;
  if (!row?.found) throw new ApiError(404, "not_found", "This integration does not exist.");
  await takeToken(db, integrationId, TESTS);
  const job = makeTestJob(stage);
  const batch = { id: crypto.randomUUID(), jobs: [job] };
  const { outcomes, deliveries } = await sendBatch(row.found, batch, settings);
  const outcome = outcomes.get(job.id);
  const [made] = toStoredDeliveries({ batchId: null, integrationId, deliveries });
  if (!outcome) throw new Error("the provider forgot its job");
  if (!made) throw notSent(outcome);
  const sent = { ...made, error_reason: made.error_reason && ofTest(made.error_reason) };
  await db`select private.keep_deliveries(${toJson([sent])}::text::jsonb)`;
  const { notes, batch_id: _batch, integration_id: _integration, ...delivery } = sent;
  return { delivery, understood: [understood(job.id, outcome)], notes };
}

/** A reason without the promise to try again: a test is sent once. */
function ofTest(reason: string): string {
  return reason.replace(ASKED_AGAIN, "").trim();
}

function understood(id: string, outcome: JobOutcome): UnderstoodResult {
  switch (outcome.kind) {
    case "done":
      return { id, kind: "done", result: outcome.result.value };
    case "accepted":
    case "poll":
      return { id, kind: outcome.kind };
    default:
      return { id, kind: outcome.kind, reason: ofTest(outcome.reason) };
  }
}
