import postgres from "postgres";
import type { Db } from "../db.ts";
import type { JobOutcome, ProviderJob } from "../providers/provider.ts";

/** Jobs claimed together. Whoever completes them shows the lease. */
export interface Claim {
  lease: string;
  jobs: ProviderJob[];
}

/** An outcome of one job, with the lease it was claimed under. */
export interface Finished {
  lease: string;
  jobId: string;
  outcome: JobOutcome;
}

/** The research queue in Postgres, as the dispatcher sees it. The SQL functions hold every rule. */
export interface Queue {
  /** Up to `most` ready jobs of one lane; null when there is nothing to do. */
  claim(most: number): Promise<Claim | null>;
  complete(finished: readonly Finished[]): Promise<void>;
  /** Says that the jobs of these leases are still under way; those of a worker that is silent go to another one. */
  renew(leases: readonly string[]): Promise<void>;
  /** Queues more subjects of runs under way; how many. */
  feed(): Promise<number>;
  /** Rings for the next slice if there is something left to do. */
  handOver(): Promise<void>;
}

/** Four times what lies between two renewals: a worker that is late is not taken for dead. */
const LEASE_SECONDS = 40;

interface ClaimedJob {
  id: number;
  stage: ProviderJob["stage"];
  attempt: number;
  company_id: string;
  name: string;
  domain: string | null;
  website: string | null;
}

/** The queue of one provider. */
export function postgresQueue(db: Db, provider: string): Queue {
  return {
    async claim(most) {
      const [row] = await db<{ claim: { lease: string; jobs: ClaimedJob[] } | null }[]>`
        select private.claim_jobs(${provider}, ${most}, ${LEASE_SECONDS}) as claim`;
      return row?.claim ? { lease: row.claim.lease, jobs: row.claim.jobs.map(toProviderJob) } : null;
    },
    async complete(finished) {
      const outcomes = JSON.stringify(finished.map(toStoredOutcome), storable);
      await db`select private.complete_jobs(${outcomes}::text::jsonb)`;
    },
    async renew(leases) {
      await db`select private.renew_leases(${[...leases]}::uuid[], ${LEASE_SECONDS})`;
    },
    async feed() {
      const [row] = await db<{ fed: number }[]>`select private.feed_runs() as fed`;
      return row?.fed ?? 0;
    },
    async handOver() {
      await db`select private.ring_doorbell() where private.has_work()`;
    },
  };
}

/** SQLSTATE classes of what passes by itself: connection, transaction rollback, resources, object state, operator's intervention. */
const TROUBLE = new Set(["08", "40", "53", "55", "57"]);

/** Whether the database could not do it now, whatever it was asked to do; else it refused what it was given. */
export function isDatabaseTrouble(error: unknown): boolean {
  return !(error instanceof postgres.PostgresError) || TROUBLE.has(error.code.slice(0, 2));
}

/** Websites have characters that Postgres refuses: NUL, and halves of a pair. */
function storable(_key: string, value: unknown): unknown {
  return typeof value === "string" ? value.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "\ufffd") : value;
}

function toProviderJob(job: ClaimedJob): ProviderJob {
  const { id, stage, attempt, ...subject } = job;
  return { id: String(id), stage, attempt, subject };
}

function toStoredOutcome({ lease, jobId, outcome }: Finished) {
  const job = { job_id: Number(jobId), lease };
  switch (outcome.kind) {
    case "done":
      return { ...job, kind: "done", result: outcome.result.value };
    case "retry":
      return { ...job, kind: "retry", after_ms: outcome.afterMs, code: outcome.code, reason: outcome.reason };
    case "failed":
      return { ...job, kind: "failed", code: outcome.code, reason: outcome.reason };
    default:
      return {
        ...job,
        kind: "failed",
        code: "unsupported_answer",
        reason: "This provider answers later, which this stage does not support.",
      };
  }
}
