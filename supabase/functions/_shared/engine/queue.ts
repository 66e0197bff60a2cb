import postgres from "postgres";
import type { Db } from "../db.ts";
import type { SealedSecrets } from "../integrations/open-secrets.ts";
import type { JobOutcome, ProviderJob } from "../providers/provider.ts";
import type { Delivery } from "../providers/webhook-request.ts";
import { type ClaimedBatch, jobsOf, toProviderJob } from "./claimed-jobs.ts";
import type { LimiterState } from "./limiter.ts";

/** An integration as the engine needs it, with its sealed secrets. Times in seconds. */
export interface EngineIntegration {
  id: string;
  workspace_id: string;
  kind: "n8n" | "clay" | "webhook";
  name: string;
  url: string;
  auth_header: string | null;
  max_in_flight: number;
  timeout_seconds: number;
  deleted_at: string | null;
  secrets: SealedSecrets;
}

/** What a lane's limiter remembers; `limiter` is null before its first answer. */
export interface KeptLimiter {
  limiter: LimiterState | null;
  limiter_version: number;
}

/** Jobs of one request, under one lease: the batch's id. */
export interface Batch {
  id: string;
  jobs: ProviderJob[];
}

/** Batches of one lane, claimed together, and jobs of it whose result is known. `in_flight` counts the lane's requests under way, these included. */
export interface Claim {
  lane: { id: string; in_flight: number } & KeptLimiter;
  /** Null: the built-in web researcher. */
  integration: EngineIntegration | null;
  batches: Batch[];
  /** To be completed by `completeKnown`; nothing is sent for them. */
  known: number[];
}

/** An outcome of one job, with the batch it was claimed in. */
export interface Finished {
  batchId: string;
  jobId: string;
  outcome: JobOutcome;
}

/** A request that is over, with what is kept of it; nothing is of those of the web researcher. */
export interface Answered {
  batchId: string;
  /** False if nobody worked on it, so that it costs nothing. */
  isPaid: boolean;
  integrationId: string | null;
  deliveries: readonly Delivery[];
}

/** Whose lanes: the built-in web researcher's, or those of integrations. */
export type LaneKind = "web" | "integration";

/** The research queue in Postgres, as the dispatcher sees it. The SQL functions hold every rule. */
export interface Queue {
  /** Jobs for up to `most` requests of one lane, but those named; null when there is nothing to do. */
  claim(kind: LaneKind, most: number, busyLanes: readonly string[]): Promise<Claim | null>;
  complete(finished: readonly Finished[], answered: readonly Answered[]): Promise<void>;
  /** Says that the requests of these batches are over: their lanes may send others, while what came of these is completed. */
  endRequests(batchIds: readonly string[]): Promise<void>;
  /** Completes jobs of one claim with results that are known; how many of them it still could. */
  completeKnown(jobIds: readonly number[]): Promise<number>;
  /** Forgets the results that are known for these jobs, so that they are asked for. */
  forgetKnown(jobIds: readonly number[]): Promise<void>;
  /** Says that these batches are still under way; those of a worker that is silent go to another one. */
  renew(batchIds: readonly string[]): Promise<void>;
  /** In how many milliseconds an integration with work may be sent to again that may not now; null if there is none. */
  nextClaimMs(): Promise<number | null>;
  /** Keeps what a limiter learned unless somebody else did meanwhile; gives what is kept now, null if the lane is gone. */
  saveLimiter(
    laneId: string,
    version: number,
    learned: LearnedLimit,
  ): Promise<({ saved: boolean } & KeptLimiter) | null>;
  /** Queues more subjects of runs under way; how many. */
  feed(): Promise<number>;
  /** Rings for the next slice if there is something left to do. */
  handOver(): Promise<void>;
}

/** A limiter's state, and what claims need of it: requests at once, and until when nothing is sent (milliseconds since 1970). */
export interface LearnedLimit {
  state: LimiterState;
  limit: number;
  heldUntil: number;
}

/** Four times what lies between two renewals: a worker that is late is not taken for dead. */
const LEASE_SECONDS = 40;

type ClaimRow = Omit<Claim, "batches"> & { batches: ClaimedBatch[] };

export function postgresQueue(db: Db, leaseSeconds = LEASE_SECONDS): Queue {
  return {
    async claim(kind, most, busyLanes) {
      const [row] = await db<{ claim: ClaimRow | null }[]>`
        select private.claim_jobs(${kind === "web"}, ${most}, ${leaseSeconds}, ${[...busyLanes]}::uuid[]) as claim`;
      if (!row?.claim) return null;
      const batches = row.claim.batches.map((one) => ({ id: one.id, jobs: jobsOf(one).map(toProviderJob) }));
      return { ...row.claim, batches };
    },
    async complete(finished, answered) {
      const outcomes = toJson(finished.map(toStoredOutcome));
      const deliveries = toJson(answered.flatMap(toStoredDeliveries));
      const idsOf = (some: readonly Answered[]) => some.map((one) => one.batchId);
      await db`select private.complete_jobs(${outcomes}::text::jsonb, ${idsOf(answered)}::uuid[], ${deliveries}::text::jsonb,
        ${idsOf(answered.filter((one) => !one.isPaid))}::uuid[])`;
    },
    async endRequests(batchIds) {
      await db`select private.end_requests(${[...batchIds]}::uuid[])`;
    },
    async completeKnown(jobIds) {
      const [row] = await db<{ n: number }[]>`select private.complete_known(${[...jobIds]}::bigint[]) as n`;
      return row?.n ?? 0;
    },
    async forgetKnown(jobIds) {
      await db`select private.forget_known(${[...jobIds]}::bigint[])`;
    },
    async renew(batchIds) {
      await db`select private.renew_leases(${[...batchIds]}::uuid[], ${leaseSeconds})`;
    },
    async nextClaimMs() {
      const [row] = await db<{ ms: number | null }[]>`select private.next_claim_ms() as ms`;
      return row?.ms ?? null;
    },
    async saveLimiter(laneId, version, { state, limit, heldUntil }) {
      const [row] = await db<{ kept: ({ saved: boolean } & KeptLimiter) | null }[]>`
        select private.save_limiter(${laneId}, ${version}, ${JSON.stringify(state)}::text::jsonb, ${limit},
          to_timestamp(${heldUntil / 1000}::float8)) as kept`;
      return row?.kept ?? null;
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

/** SQLSTATE classes of what a value is refused for: what it is, what it may not be beside others, how large it is. */
const REFUSED = new Set(["22", "23", "54"]);

/** Whether the database refused what it was given, and will again. */
export function isRefused(error: unknown): boolean {
  return error instanceof postgres.PostgresError && REFUSED.has(error.code.slice(0, 2));
}

/** SQLSTATE classes of what passes by itself: connection, transaction rollback, resources, object state, operator's intervention, the system below. */
const PASSING = new Set(["08", "40", "53", "55", "57", "58"]);
/** Of a server that is somebody's standby, or whose disk is full. */
const READ_ONLY = "25006";

/** Whether the database could not do now what it can do later, whatever it was asked to do. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof postgres.PostgresError)) return isDatabaseAway(error);
  return isDatabaseAway(error) || PASSING.has(error.code.slice(0, 2)) || error.code === READ_ONLY;
}

/** Whether the connection to the database is what failed: it starts, ends, or cannot be reached. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof postgres.PostgresError)
    return error.severity === "FATAL" || error.code.startsWith("08");
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /^(CONNECT|E(?!RR_)[A-Z_]+$)/.test(code); // the driver's own, and the system's
}

/** JSON for Postgres, without the characters that it refuses and websites have: NUL, and halves of a pair. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, storable);
}

function storable(_key: string, value: unknown): unknown {
  if (typeof value === "string") return storableText(value);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const names = Object.keys(value);
  if (names.every((name) => storableText(name) === name)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [storableText(name), one]));
}

/** A text without them. */
export function storableText(text: string): string {
  return text.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "\ufffd");
}

/** An outcome as the SQL functions take it. A result counts from whichever batch it comes, so it names none. */
export function toStoredOutcome({ batchId, jobId, outcome }: Finished) {
  const job_id = Number(jobId);
  const job = { job_id, batch_id: batchId, kind: outcome.kind };
  switch (outcome.kind) {
    case "done":
      return { job_id, kind: outcome.kind, result: outcome.result.value };
    case "retry":
      return { ...job, after_ms: outcome.afterMs, code: outcome.code, reason: outcome.reason };
    case "failed":
      return { ...job, code: outcome.code, reason: outcome.reason };
    case "accepted":
      return job;
    case "poll":
      return { ...job, after_ms: outcome.afterMs, state: outcome.state };
  }
}

/** Deliveries as `keep_deliveries` takes them; those of a test have no batch. */
export function toStoredDeliveries({
  batchId,
  integrationId,
  deliveries,
}: Pick<Answered, "integrationId" | "deliveries"> & { batchId: string | null }) {
  return deliveries.map((one) => ({
    integration_id: integrationId,
    batch_id: batchId,
    address: one.address,
    sent_at: new Date(one.sentAt).toISOString(),
    duration_ms: one.durationMs,
    request_headers: one.requestHeaders,
    request_body: one.requestBody,
    status: one.status,
    response_body: one.responseBody,
    error_code: one.error?.code ?? null,
    error_reason: one.error?.reason ?? null,
    notes: one.notes,
  }));
}
