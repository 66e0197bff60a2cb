import type { ResearchStage } from "../contracts/progress.ts";
import type { CompanyResult, ContactsResult, FinancialsResult } from "../contracts/research.ts";

/** What a job is about. `name` is always known; `domain` and `website` only when the list had them. */
export interface CompanySubject {
  company_id: string;
  name: string;
  domain: string | null;
  website: string | null;
}

/** One subject at one stage. `attempt` counts from 1. */
export interface ProviderJob {
  id: string;
  stage: ResearchStage;
  subject: CompanySubject;
  attempt: number;
}

/** What a finished job found, told apart by its stage. */
export type StageResult =
  | { stage: "company"; value: CompanyResult }
  | { stage: "financials"; value: FinancialsResult }
  | { stage: "contacts"; value: ContactsResult };

/**
 * How one job ended, for now:
 * - `done`: the result is here.
 * - `accepted`: the provider has the job and will call back.
 * - `poll`: ask again after so many milliseconds.
 * - `retry`: a passing problem. `afterMs` is what the other side asked for, null lets the engine's backoff decide.
 * - `failed`: trying again cannot help.
 * `code` is for programs and counters, `reason` is a sentence for the user.
 */
export type JobOutcome =
  | { kind: "done"; result: StageResult }
  | { kind: "accepted" }
  | { kind: "poll"; afterMs: number }
  | { kind: "retry"; afterMs: number | null; code: string; reason: string }
  | { kind: "failed"; code: string; reason: string };

/** Where research comes from. One request may carry many jobs; each job has an outcome of its own. */
export interface Provider {
  readonly name: string;
  /**
   * Sends a batch and resolves with one outcome a job, keyed by job id. Never rejects because of what a site or
   * a service answered: that is an outcome. When `signal` is aborted, or the batch has cost what a slice may cost, the
   * jobs that are not finished come back as `retry` with code `slice_over`; that is no failed attempt.
   */
  send(jobs: readonly ProviderJob[], signal?: AbortSignal): Promise<Map<string, JobOutcome>>;
}
