import * as z from "zod/mini";
import type { UserClaims } from "../_shared/auth.ts";
import type { RedeliverResult } from "../_shared/contracts/integration-calls.ts";
import { type Db, writeAsUser } from "../_shared/db.ts";
import { type ClaimedJob, toProviderJob } from "../_shared/engine/claimed-jobs.ts";
import { LaneLimits } from "../_shared/engine/lane-limits.ts";
import { oncePassed } from "../_shared/engine/once-passed.ts";
import {
  type Claim,
  type EngineIntegration,
  postgresQueue,
  toJson,
  toStoredDeliveries,
  toStoredOutcome,
} from "../_shared/engine/queue.ts";
import type { IntegrationSettings } from "../_shared/integrations/settings.ts";
import { isPaid, sendBatch } from "../_shared/providers/integration-sender.ts";
import { observationOf } from "../_shared/providers/observation.ts";
import type { JobOutcome } from "../_shared/providers/provider.ts";
import type { Delivery } from "../_shared/providers/webhook-request.ts";
import { notSent } from "./not-sent.ts";

/** Longer than any request may take. */
const LEASE_SECONDS = 100;
/** How long a database that is away is waited for, to store what came of it. */
const STORE_UNTIL_MS = 30_000;

interface Begun {
  lane: Claim["lane"];
  integration: EngineIntegration;
  batch: { id: string; jobs: ClaimedJob[] };
  /** Jobs whose next try this is; of the others only results count. */
  tried: number[];
}

const counted = z.object({ completed: z.int(), accepted: z.int() });

/** Sends the request of a delivery again as its integration's settings are now, and takes the answer. Errors: those of `begin_redelivery`. */
export async function redeliver(
  db: Db,
  settings: IntegrationSettings,
  claims: UserClaims,
  deliveryId: number,
): Promise<RedeliverResult> {
  const batchId = await batchToRedeliver(db, claims, deliveryId);
  const [row] = await db<{ begun: Begun }[]>`
    select private.begin_redelivery(${batchId}, ${LEASE_SECONDS}) as begun`;
  if (!row) throw new Error("begin_redelivery gave nothing");
  const { lane, integration, batch, tried } = row.begun;
  const jobs = batch.jobs.map(toProviderJob);
  const isTried = (jobId: string) => tried.includes(Number(jobId));
  const end = async (outcomes: ReadonlyMap<string, JobOutcome>, deliveries: readonly Delivery[]) => {
    const finished = [...outcomes].map(([jobId, outcome]) => ({ batchId, jobId, outcome }));
    const stored = toStoredDeliveries({ batchId, integrationId: integration.id, deliveries });
    const resent = stored.map((one) => ({ ...one, resent_by: claims.sub }));
    const [ended] = await oncePassed(
      () => db`
        select private.end_redelivery(${batchId}, ${toJson(finished.map(toStoredOutcome))}::text::jsonb,
          ${toJson(resent)}::text::jsonb, ${isPaid(deliveries)}) as counts`,
      AbortSignal.timeout(STORE_UNTIL_MS),
    );
    return { counts: counted.parse(ended?.counts), sent: stored[0] };
  };
  const putBack = () => end(new Map(tried.map((id) => [String(id), PUT_BACK])), []);

  const { outcomes, deliveries } = await sendBatch(integration, { id: batchId, jobs }, settings).catch(
    async (error: unknown) => {
      await putBack();
      throw error;
    },
  );
  const [delivery] = deliveries;
  if (!delivery) {
    await putBack();
    throw notSent([...outcomes.values()][0]);
  }
  const limits = new LaneLimits(postgresQueue(db), Date.now);
  const claim = { lane, integration, batches: [], known: [] };
  limits.claimed(claim);
  limits.ended(claim, observationOf(delivery));
  const counting = [...outcomes].filter(
    ([jobId, outcome]) => isTried(jobId) || countsFor(outcome, delivery.error === null),
  );
  const { counts, sent } = await end(new Map(counting), deliveries);
  // What came of it is stored, whatever becomes of the lesson.
  await limits.save().catch(console.error);
  if (!sent) throw new Error("the delivery was not kept");
  const { notes, batch_id: _batch, integration_id: _integration, ...kept } = sent;
  return { delivery: kept, completed: counts.completed, accepted: counts.accepted, notes };
}

/** The batch of a delivery, if the user may send it again; the database decides, as the user. */
async function batchToRedeliver(db: Db, claims: UserClaims, deliveryId: number): Promise<string> {
  const [row] = await writeAsUser(
    db,
    claims,
    (transaction) => transaction<{ batch_id: string }[]>`
      select public.may_redeliver(${deliveryId}) as batch_id`,
  );
  if (!row) throw new Error("may_redeliver gave nothing");
  return row.batch_id;
}

/** Whether an outcome says something of a job that is not tried by this: what the service said of the job itself does, a request that failed does not. */
function countsFor(outcome: JobOutcome, isAnswered: boolean): boolean {
  if (outcome.kind !== "retry" && outcome.kind !== "failed") return true;
  return isAnswered && outcome.code !== "no_result";
}

/** Back to the queue, as if it had not been tried. */
const PUT_BACK: JobOutcome = {
  kind: "retry",
  afterMs: 0,
  code: "slice_over",
  reason: "It was not sent again; it is next.",
};
