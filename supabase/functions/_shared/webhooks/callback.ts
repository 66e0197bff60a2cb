import type { ReceivedResult } from "../contracts/webhooks.ts";
import type { Finished } from "../engine/queue.ts";
import type { ProviderJob } from "../providers/provider.ts";
import { firstResults } from "./first-results.ts";
import { outcomeOf } from "./outcome.ts";
import { testStageOf } from "./test-job.ts";

/** A job that whoever calls back may speak for; the batch it is in, or was handed out in. */
export interface CallbackJob {
  id: string;
  stage: ProviderJob["stage"];
  /** What its subject is called. */
  names: readonly string[];
  batchId: string;
  /** Whether it is known of which try the sender speaks; a failure of an earlier one must not end a later one. */
  isCertain: boolean;
}

/** What the results of a callback mean for the jobs; `notes` says in sentences which count for nothing, and why. */
export function readCallback(
  jobs: readonly CallbackJob[],
  results: readonly ReceivedResult[],
  source: string,
): { outcomes: Finished[]; notes: string[] } {
  const real = results.filter(({ id }) => testStageOf(id) === null);
  const { first, notes } = firstResults(jobs, real, "there is no such job for this sender");
  notes.push(...results.flatMap((result) => noteOfTest(result, source)));
  const outcomes = [...first].flatMap(([{ id, batchId, isCertain, ...job }, result]): Finished[] => {
    const outcome = outcomeOf(job, result, source);
    if (outcome.kind === "failed" && outcome.code === "bad_result") notes.push(`"${id}": ${outcome.reason}`);
    if (!isCertain && COUNTS_FOR_ONE_TRY.has(outcome.kind)) {
      notes.push(`"${id}": this job was sent more than once; name the "batch_id" that this is about.`);
      return [];
    }
    return [{ batchId, jobId: id, outcome }];
  });
  return { outcomes, notes };
}

const COUNTS_FOR_ONE_TRY: ReadonlySet<string> = new Set(["failed", "retry", "poll"]);

/** What became of the result of a made-up job; nothing if it is of a real one. */
function noteOfTest(result: ReceivedResult, source: string): string[] {
  const stage = testStageOf(result.id);
  if (!stage) return [];
  const outcome = outcomeOf({ stage, names: [] }, result, source);
  const reason = "reason" in outcome ? ` ${outcome.reason}` : "";
  return [`The result "${outcome.kind}" of the test was understood; it is not stored.${reason}`];
}
