import * as z from "zod/mini";
import { researchStage } from "../_shared/contracts/progress.ts";
import type { ReceivedResult } from "../_shared/contracts/webhooks.ts";
import type { Db } from "../_shared/db.ts";
import type { EngineIntegration } from "../_shared/engine/queue.ts";
import { ApiError } from "../_shared/errors.ts";
import type { CallbackJob } from "../_shared/webhooks/callback.ts";
import type { JobTokenClaims } from "../_shared/webhooks/job-token.ts";
import { testStageOf } from "../_shared/webhooks/test-job.ts";

const storedJobs = z.array(
  z.object({
    id: z.int(),
    stage: researchStage,
    attempt: z.int(),
    batch_id: z.nullable(z.string()),
    names: z.array(z.string()),
  }),
);

/** The jobs that the sender may speak for: the token's own, in its batch, or those of the integration, in the batch it names, else each in its current one. */
export async function knownJobs(
  db: Db,
  integration: EngineIntegration,
  results: readonly ReceivedResult[],
  token: JobTokenClaims | null,
  namedBatch: string | null,
): Promise<CallbackJob[]> {
  const batch = token?.batchId ?? namedBatch;
  const isTest =
    token !== null && testStageOf(token.jobId) !== null && token.workspaceId === integration.workspace_id;
  if (isTest) return [];
  const ids = new Set(token ? [token.jobId] : results.map((one) => one.id));
  const numbers = [...ids].filter((id) => /^\d{1,18}$/.test(id));
  const [row] = await db`select private.jobs_of_integration(${integration.id}, ${numbers}::bigint[]) as jobs`;
  const jobs = storedJobs.parse(row?.jobs).map(({ id, stage, attempt, batch_id, names }) => ({
    id: String(id),
    stage,
    names,
    batchId: batch ?? batch_id,
    isCertain: batch !== null || attempt <= 1,
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
