import type { JobOutcome, Provider, ProviderJob } from "./provider.ts";
import { flatSubject } from "./sent-job.ts";
import type { WebhookBatch } from "./webhook-batch.ts";
import { postWebhook } from "./webhook-request.ts";

/** A Clay table with a webhook as its source: each job becomes a row, and an HTTP API column of the table calls back. */
export function createClayProvider(batch: WebhookBatch): Provider {
  return {
    name: "clay",
    async send(jobs, signal) {
      const outcomes = jobs.map(async (job): Promise<[string, JobOutcome]> => {
        const { delivery, trouble } = await postWebhook(batch.endpoint, await rowOf(batch, job), signal);
        batch.record(delivery);
        return [job.id, trouble ?? { kind: "accepted" }];
      });
      return new Map(await Promise.all(outcomes));
    },
  };
}

/** Flat, so that every field is a column of the table without further work. */
async function rowOf(batch: WebhookBatch, job: ProviderJob) {
  const { id, stage, state } = job;
  const token = await batch.tokenFor(id);
  const row = {
    job_id: id,
    token,
    callback_url: batch.callbackUrl,
    batch_id: batch.id,
    stage,
    ...flatSubject(job),
    ...(state !== undefined && { state }),
  };
  return {
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(row),
    secrets: [token],
  };
}
