import type { WebhookJob } from "../contracts/webhooks.ts";
import type { ProviderJob } from "./provider.ts";

/** A job as it is sent: how we would read a page ourselves stays here. */
export function sentJob(job: ProviderJob, token: string): WebhookJob {
  const sent = { id: job.id, token, ...(job.state !== undefined && { state: job.state }) };
  switch (job.stage) {
    case "discover":
      return { ...sent, stage: job.stage, subject: job.subject };
    case "enrich":
    case "sync":
      return { ...sent, stage: job.stage, subject: job.subject };
    default:
      return { ...sent, stage: job.stage, subject: job.subject };
  }
}

/** The fields of a job's subject without anything nested: those of a contact begin with `contact_`. */
export function flatSubject(job: ProviderJob): Record<string, unknown> {
  if (job.stage !== "enrich" && job.stage !== "sync") return { ...job.subject };
  const { contact, ...company } = job.subject;
  const { contact_id, ...fields } = contact;
  const named = Object.entries(fields).map(([name, value]) => [`contact_${name}`, value]);
  return { ...company, contact_id, ...Object.fromEntries(named) };
}
