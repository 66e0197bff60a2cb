import { readResults, type WebhookRequest } from "../contracts/webhooks.ts";
import { firstResults } from "../webhooks/first-results.ts";
import { outcomeOf } from "../webhooks/outcome.ts";
import { signWebhook } from "../webhooks/standard-webhooks.ts";
import type { JobOutcome, Provider, ProviderJob } from "./provider.ts";
import { sentJob } from "./sent-job.ts";
import { notJson } from "./webhook-reply.ts";
import { type Delivery, type Endpoint, postWebhook } from "./webhook-request.ts";

/** One batch and where it goes. A provider is made for each batch, from the settings as they are at that moment. */
export interface WebhookBatch {
  /** The batch's id, written down before it is sent; it is the request's `webhook-id`. */
  id: string;
  endpoint: Endpoint;
  /** Where results can be handed in later. */
  callbackUrl: string;
  /** The token that lets its holder hand in the result of this job. */
  tokenFor(jobId: string): Promise<string>;
  /** The address that values come from which name no source: the integration's page in the app. */
  source: string;
  /** Is told of each request, once, when it is over. */
  record(delivery: Delivery): void;
}

export interface SignedBatch extends WebhookBatch {
  /** Secrets to sign with, `whsec_…`: one, or two while they rotate; none leaves the request unsigned. */
  signingSecrets: readonly string[];
}

/** What tells one kind of receiver from another. */
interface Dialect {
  name: string;
  /** Whether this 2xx body says "started" rather than holding results. */
  isAcceptance(body: unknown): boolean;
}

/** Sends all jobs of a batch in one signed POST. Results are in the answer, or come by callback after a 202 or an empty 2xx. */
export function createBatchProvider(dialect: Dialect, batch: SignedBatch): Provider {
  return {
    name: dialect.name,
    async send(jobs, signal) {
      if (jobs.length === 0) return new Map();
      const posted = await postWebhook(batch.endpoint, await messageOf(batch, jobs), signal);
      const { delivery } = posted;
      const outcomes = posted.trouble
        ? everyJob(jobs, posted.trouble)
        : read(dialect, posted, jobs, batch.source, delivery);
      batch.record(delivery);
      return outcomes;
    },
  };
}

/** The same outcome for each job. */
export function everyJob(jobs: readonly ProviderJob[], outcome: JobOutcome): Map<string, JobOutcome> {
  return new Map(jobs.map((job) => [job.id, outcome]));
}

async function messageOf(batch: SignedBatch, jobs: readonly ProviderJob[]) {
  const sent: WebhookRequest = {
    batch_id: batch.id,
    callback_url: batch.callbackUrl,
    jobs: await Promise.all(jobs.map(async (job) => sentJob(job, await batch.tokenFor(job.id)))),
  };
  const body = JSON.stringify(sent);
  const timestamp = Math.floor(Date.now() / 1000);
  const isSigned = batch.signingSecrets.length > 0;
  const signature = isSigned
    ? await signWebhook(batch.signingSecrets, { id: batch.id, timestamp, body })
    : { "webhook-id": batch.id, "webhook-timestamp": String(timestamp) };
  return {
    headers: { "content-type": "application/json", accept: "application/json", ...signature },
    body,
    secrets: [...sent.jobs.map((job) => job.token), ...batch.signingSecrets],
  };
}

function read(
  dialect: Dialect,
  { status, text, host }: { status: number; text: string; host: string },
  jobs: readonly ProviderJob[],
  source: string,
  delivery: Delivery,
): Map<string, JobOutcome> {
  if (text.trim() === "") return everyJob(jobs, { kind: "accepted" });
  const body = parseJson(text);
  const isLater = status === 202 || dialect.isAcceptance(body);
  const received = readResults(body);
  if (!received.ok) {
    if (isLater) return everyJob(jobs, { kind: "accepted" });
    const { code, reason } =
      body === undefined ? notJson(text, host) : { code: "bad_answer", reason: received.error };
    delivery.error = { code, reason };
    return everyJob(jobs, { kind: "failed", code, reason });
  }
  delivery.notes.push(...received.notes);
  const outcomes = everyJob(jobs, isLater ? { kind: "accepted" } : NO_RESULT);
  const { first, notes } = firstResults(jobs, received.results, "this batch has no such job");
  delivery.notes.push(...notes);
  for (const [job, result] of first)
    outcomes.set(job.id, outcomeOf({ stage: job.stage, names: namesOf(job) }, result, source));
  return outcomes;
}

/** What the subject of a job is called. */
function namesOf(job: ProviderJob): string[] {
  if (job.stage === "discover") return [];
  const { name, domain } = job.subject;
  const names = domain === null ? [name] : [name, domain];
  return "contact" in job.subject ? [...names, job.subject.contact.name] : names;
}

const NO_RESULT: JobOutcome = {
  kind: "retry",
  afterMs: null,
  code: "no_result",
  reason: "The answer had no result for this job. Each job of a batch needs a result with its id.",
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
