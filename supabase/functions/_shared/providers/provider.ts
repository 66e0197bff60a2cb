import type { CompanyStage, ContactStage } from "../contracts/progress.ts";
import type {
  CompanyResult,
  ContactsResult,
  DiscoverResult,
  EnrichResult,
  FinancialsResult,
  SyncResult,
} from "../contracts/research.ts";
import type { Source } from "../contracts/sources.ts";

/** A company that a job is about. `name` is always known; `domain` and `website` only when the list had them. */
export interface CompanySubject {
  company_id: string;
  name: string;
  domain: string | null;
  website: string | null;
}

/** A page of a source; `page` counts from 1, and `url` is where it is. */
export interface PageSubject {
  page: number;
  url: string;
}

/** A contact, and the company it is at. */
export interface ContactSubject extends CompanySubject {
  contact: {
    contact_id: string;
    name: string;
    first_name: string | null;
    last_name: string | null;
    title: string | null;
    email: string | null;
    phone: string | null;
    linkedin_url: string | null;
  };
}

/** One subject at one stage. `attempt` counts from 1. */
export type ProviderJob = CompanyJob | PageJob | ContactJob;

export interface CompanyJob extends JobTry {
  stage: CompanyStage;
  subject: CompanySubject;
}

export interface PageJob extends JobTry {
  stage: "discover";
  subject: PageSubject;
  /** How the page is read. */
  source: Source;
}

interface ContactJob extends JobTry {
  stage: ContactStage;
  subject: ContactSubject;
  /** Somebody has said since it was queued that the contact is not to be contacted: nobody is told of them. */
  isBarred?: true;
}

interface JobTry {
  id: string;
  attempt: number;
  /** What the provider said with its last `poll` of this job; nothing if there was none. */
  state?: unknown;
}

/** What a finished job found, told apart by its stage. */
export type StageResult =
  | { stage: "company"; value: CompanyResult }
  | { stage: "financials"; value: FinancialsResult }
  | { stage: "contacts"; value: ContactsResult }
  | { stage: "discover"; value: DiscoverResult }
  | { stage: "enrich"; value: EnrichResult }
  | { stage: "sync"; value: SyncResult };

/**
 * How one job ended, for now:
 * - `done`: the result is here.
 * - `accepted`: the provider has the job and will call back.
 * - `poll`: ask again after so many milliseconds, with this state, which is JSON.
 * - `retry`: a passing problem. `afterMs` is what the other side asked for, null lets the engine's backoff decide.
 * - `failed`: trying again cannot help.
 * `code` is for programs and counters, `reason` is a sentence for the user.
 */
export type JobOutcome =
  | { kind: "done"; result: StageResult }
  | { kind: "accepted" }
  | { kind: "poll"; afterMs: number; state: unknown }
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
