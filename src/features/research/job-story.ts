import type { ResearchJob } from "@contracts";
import { formatClock, formatDateTime, formatOrdinal, formatRelative } from "@/lib/format";

/** A try that did not bring a result at once, as it is kept. */
export interface KeptAttempt {
  attempt: number;
  batch_id: string | null;
  outcome: string;
  error_message: string | null;
  finished_at: string;
}

/** One try of a job: what came of it, and the request that was sent for it. */
export interface Try {
  /** Its place among them, which it keeps when it ends. */
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
  | "status"
  | "attempt"
  | "batch_id"
  | "cached_at"
  | "polled_since"
  | "run_after"
  | "error_code"
  | "error_message"
  | "started_at"
  | "finished_at"
>;

/** A job that is ready within so many ms is next: that well is the server's time known. */
const SOON_MS = 3_000;

/** How often a job is tried, as the database counts it. */
const MOST_TRIES = 5;

/** What is said of a try whose request an earlier one shows. */
const OF_REQUEST_ABOVE = {
  processing: "The request above is being sent again.",
  waiting: "The request above was sent again.",
  completed: "The result came for a request above, later or when it was sent again. It counts.",
};

/** All tries of a job, oldest first: those kept, and the one that is under way or brought the result, which only the job itself tells. */
export function triesOf(job: StoryJob, kept: readonly KeptAttempt[]): Try[] {
  const tries = kept.map(
    ({ attempt, batch_id, outcome, error_message, finished_at }, place): Try => ({
      key: String(place),
      attempt,
      outcome: outcome === "retry" ? "retry" : "failed",
      at: finished_at,
      message: error_message,
      batchId: batch_id,
    }),
  );
  const { status, attempt, batch_id } = job;
  if (status !== "processing" && status !== "waiting" && status !== "completed") return tries;
  if (status === "completed" && job.cached_at !== null) return tries;
  const isShown = batch_id !== null && kept.some((one) => one.batch_id === batch_id);
  const last: Try = {
    key: String(tries.length),
    attempt,
    outcome: status,
    at: job.finished_at ?? job.started_at,
    message: isShown ? OF_REQUEST_ABOVE[status] : null,
    batchId: isShown ? null : batch_id,
  };
  return [...tries, last];
}

/**
 * How a job is doing, as a sentence. `provider`: who does it; `awaitedUntil`: how long its answer is awaited, if known; `now`: by the
 * server's clock, which has dated the job; `isPaused`: its run is.
 */
export function jobText(
  job: StoryJob,
  provider: string,
  awaitedUntil: string | null,
  now: Date,
  isPaused = false,
): string {
  switch (job.status) {
    case "queued":
      return isPaused ? pausedText(job, provider, now) : queuedText(job, provider, now);
    case "processing":
      return `${provider} is at work on it${job.started_at ? `, since ${formatRelative(job.started_at, now)}` : ""}.`;
    case "waiting":
      return `Handed over to ${provider}, the answer is awaited${awaitedUntil ? ` until ${formatDateTime(awaitedUntil)}` : ""}.`;
    case "completed":
      if (job.cached_at !== null)
        return `Done with a result that was known: ${provider} was asked for it ${formatDateTime(job.cached_at)}. Nothing was sent, it cost nothing.`;
      return `${provider} has done it${job.finished_at ? `, ${formatDateTime(job.finished_at)}` : ""}.`;
    case "failed":
      return job.error_message ?? "It failed; no reason was given.";
    case "cancelled":
      return "The run was cancelled before it was done. A result that still comes is kept.";
  }
}

function queuedText(job: StoryJob, provider: string, now: Date): string {
  const { run_after, polled_since, attempt, error_code } = job;
  if (Date.parse(run_after) - now.getTime() <= SOON_MS) return "It waits for its turn.";
  const at = formatClock(run_after, now);
  if (polled_since !== null)
    return `${provider} is at work on it, since ${formatRelative(polled_since, now)}, and is asked again at ${at}.`;
  return attempt === 0 && error_code === null // it has not failed, nor run out of time
    ? `The same is under way in another campaign. It waits for that result, until ${at} for now.`
    : `Next try at ${at}, the ${formatOrdinal(attempt + 1)} of ${MOST_TRIES}.`;
}

function pausedText({ polled_since }: StoryJob, provider: string, now: Date): string {
  return polled_since === null
    ? "It waits: the run is paused."
    : `${provider} is at work on it, since ${formatRelative(polled_since, now)}, and is not asked again while the run is paused.`;
}
