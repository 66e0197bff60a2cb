import {
  type ReadData,
  readCompanyData,
  readContactsData,
  readDiscoverData,
  readEnrichData,
  readFinancialsData,
  readSyncData,
} from "../contracts/webhook-data.ts";
import type { ReceivedResult } from "../contracts/webhooks.ts";
import type { JobOutcome, ProviderJob, StageResult } from "../providers/provider.ts";
import { reasonCode } from "./reason-code.ts";

/** What a result is about: the job's stage, and what its subject is called. */
export interface ResultOf {
  stage: ProviderJob["stage"];
  names: readonly string[];
}

/**
 * What a received result means for its job; `source` is where values come from that name none. A wrong type is a
 * `failed` with code `bad_result`, whose reason names the field. `progress` is `accepted`: the result is still to come.
 * The code of a reason that the integration gave tells reasons apart (see reasonCode).
 */
export function outcomeOf({ stage, names }: ResultOf, received: ReceivedResult, source: string): JobOutcome {
  switch (received.status) {
    case "done":
      return done(stage, received.data, received.source ?? source);
    case "failed":
      return {
        kind: "failed",
        code: reasonCode("provider_failed", received.error ?? "", names),
        reason: received.error ?? "The integration could not research this, and gave no reason.",
      };
    case "retry":
      return {
        kind: "retry",
        afterMs: received.afterMs,
        code: reasonCode("provider_retry", received.error ?? "", names),
        reason: received.error ?? "The integration asked to try this again later.",
      };
    case "progress":
      return { kind: "accepted" };
    case "poll":
      return { kind: "poll", afterMs: received.afterMs, state: received.state };
    case "unreadable":
      return badResult(received.error);
  }
}

function done(stage: ProviderJob["stage"], data: unknown, source: string): JobOutcome {
  const read = readData(stage, data, source);
  return read.ok ? { kind: "done", result: read.value } : badResult(read.error);
}

function readData(stage: ProviderJob["stage"], data: unknown, source: string): ReadData<StageResult> {
  switch (stage) {
    case "discover":
      return mapped(readDiscoverData(data), (value) => ({ stage, value }));
    case "company":
      return mapped(readCompanyData(data, source), (value) => ({ stage, value }));
    case "financials":
      return mapped(readFinancialsData(data, source), (value) => ({ stage, value }));
    case "contacts":
      return mapped(readContactsData(data, source), (value) => ({ stage, value }));
    case "enrich":
      return mapped(readEnrichData(data, source), (value) => ({ stage, value }));
    case "sync":
      return mapped(readSyncData(data), (value) => ({ stage, value }));
  }
}

function mapped<From, To>(read: ReadData<From>, map: (value: From) => To): ReadData<To> {
  return read.ok ? { ok: true, value: map(read.value) } : read;
}

function badResult(error: string): JobOutcome {
  return {
    kind: "failed",
    code: "bad_result",
    reason: `The result cannot be used: ${error} Change the workflow and retry.`,
  };
}
