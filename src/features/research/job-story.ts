import type { ResearchJob } from "@contracts";
import { formatDateTime, formatRelative } from "@/lib/format";

/** A try that did not bring a result at once, as it is kept. */
export interface KeptAttempt {
  id: number;
  attempt: number;
  batch_id: string | null;
  outcome: string;
  error_message: string | null;
  finished_at: string;
}

/** One try of a job: what came of it, and the request that was sent for it. */
export interface Try {
  key: string;
  attempt: number;
  outcome: "retry" | "failed" | "processing" | "waiting" | "completed";
  /** When it ended, or began if it has not. */
  at: string | null;
  message: string | null;
  /** Its request; null where another try shows it. */
  batchId: string | null;
}

type StoryJob = Pick<
  ResearchJob,
  "status" | "attempt" | "batch_id" | "run_after" | "error_message" | "started_at" | "finished_at"
>;

/** All tries of a job, oldest first: those kept, and the one that is under way or brought the result, which only the job itself tells. */
export function triesOf(job: StoryJob, kept: readonly KeptAttempt[]): Try[] {
  const tries = kept.map(
    ({ id, attempt, batch_id, outcome, error_message, finished_at }): Try => ({
      key: String(id),
      attempt,
      outcome: outcome === "retry" ? "retry" : "failed",
      at: finished_at,
      message: error_message,
      batchId: batch_id,
    }),
  );
  const { status, attempt, batch_id } = job;
  if (status !== "processing" && status !== "waiting" && status !== "completed") return tries;
  const isLate = batch_id !== null && kept.some((one) => one.batch_id === batch_id);
  const last: Try = {
    key: "last",
    attempt,
    outcome: status,
    at: job.finished_at ?? job.started_at,
    message: isLate ? "The result came late, for a request above. It counts." : null,
    batchId: isLate ? null : batch_id,
  };
  return [...tries, last];
}

/** How a job is doing, as a sentence. `provider`: who does it; `awaitedUntil`: how long its answer is awaited, if known. */
export function jobText(
  job: StoryJob,
  provider: string,
  awaitedUntil: string | null,
  now: Date = new Date(),
): string {
  switch (job.status) {
    case "queued":
      return new Date(job.run_after) > now
        ? `It is tried again from ${formatDateTime(job.run_after)} on.`
        : "It waits for its turn.";
    case "processing":
      return `${provider} is at work on it${job.started_at ? `, since ${formatRelative(job.started_at, now)}` : ""}.`;
    case "waiting":
      return `Handed over to ${provider}, the answer is awaited${awaitedUntil ? ` until ${formatDateTime(awaitedUntil)}` : ""}.`;
    case "completed":
      return `${provider} has done it${job.finished_at ? `, ${formatDateTime(job.finished_at)}` : ""}.`;
    case "failed":
      return job.error_message ?? "It failed; no reason was given.";
    case "cancelled":
      return "The run was cancelled before it was done. A result that still comes is kept.";
  }
}
