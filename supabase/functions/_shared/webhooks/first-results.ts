import type { ReceivedResult } from "../contracts/webhooks.ts";

/**
 * The first result of each of the jobs; a heartbeat is only that if nothing else follows. `notes` says of the others why they
 * were not used: `unknown` is the reason for one of no such job.
 */
export function firstResults<Job extends { id: string }>(
  jobs: readonly Job[],
  results: readonly ReceivedResult[],
  unknown: string,
): { first: Map<Job, ReceivedResult>; notes: string[] } {
  const byId = new Map(jobs.map((job) => [job.id, job]));
  const first = new Map<Job, ReceivedResult>();
  const notes: string[] = [];
  for (const result of results) {
    const job = byId.get(result.id);
    const known = job && first.get(job);
    if (!job) notes.push(`The result for "${result.id}" was not used: ${unknown}.`);
    else if (!known || known.status === "progress") first.set(job, result);
    else notes.push(`Another result for "${result.id}" was not used: the first one counts.`);
  }
  return { first, notes };
}
