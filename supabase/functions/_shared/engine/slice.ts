import type { JobOutcome, Provider, ProviderJob } from "../providers/provider.ts";
import { type Finished, isDatabaseTrouble, type Queue } from "./queue.ts";

/** What one slice may use. Hosted edge functions end at 2 s of CPU and 150 s of wall clock. */
export interface SliceLimits {
  /** Jobs under way at once. */
  jobsAtOnce: number;
  /** After so much CPU nothing more is claimed. */
  cpuMs: number;
  /** After so much time nothing more is claimed. */
  claimUntilMs: number;
  /** After so much time what is under way goes back to the queue. */
  abortAfterMs: number;
  /** How often the queue hears that what is under way still is. */
  renewEveryMs: number;
}

export const SLICE_LIMITS: SliceLimits = {
  jobsAtOnce: 10,
  cpuMs: 1_000,
  claimUntilMs: 60_000,
  abortAfterMs: 90_000,
  renewEveryMs: 10_000,
};

/** What a slice did and used. */
export interface SliceReport {
  claimed: number;
  done: number;
  retried: number;
  failed: number;
  wallMs: number;
  cpuMs: number;
  /** Resident memory of the worker at the end, in MB. */
  memoryMb: number;
}

/** What the worker has used, by whatever means the runtime has. */
export interface Usage {
  /** Milliseconds of CPU so far. */
  cpuMs(): number;
  /** Bytes of resident memory now. */
  memoryBytes(): number;
}

interface SliceOptions {
  queue: Queue;
  provider: Provider;
  limits?: SliceLimits;
  usage: Usage;
  now?: () => number;
}

/**
 * One slice of research: keeps `jobsAtOnce` jobs under way, completes each as soon as it is finished (without waiting for
 * slower ones), and ends when there is nothing left or the slice is used up; then it rings for the next one. When the queue fails,
 * it claims nothing more and rings for nobody, but what is under way is still finished and stored; then it throws.
 */
export async function runSlice({
  queue,
  provider,
  limits = SLICE_LIMITS,
  usage,
  now = Date.now,
}: SliceOptions): Promise<SliceReport> {
  const start = { at: now(), cpu: usage.cpuMs() };
  const report: SliceReport = {
    claimed: 0,
    done: 0,
    retried: 0,
    failed: 0,
    wallMs: 0,
    cpuMs: 0,
    memoryMb: 0,
  };
  const over = AbortSignal.timeout(limits.abortAfterMs);
  /** What is being researched, with the leases. */
  const underWay = new Map<Promise<void>, string>();
  let finished: Finished[] = [];
  const failures: unknown[] = [];

  const research = async (lease: string, job: ProviderJob) => {
    const outcome = await outcomeOf(provider, job, over);
    finished.push({ lease, jobId: job.id, outcome });
    count(report, outcome);
  };
  const mayClaim = () =>
    failures.length === 0 &&
    now() - start.at < limits.claimUntilMs &&
    usage.cpuMs() - start.cpu < limits.cpuMs &&
    underWay.size < limits.jobsAtOnce;

  const renewal = setInterval(() => {
    if (underWay.size > 0) queue.renew([...new Set(underWay.values())]).catch(console.error);
  }, limits.renewEveryMs);
  for (;;) {
    if (finished.length > 0) {
      const batch = finished;
      finished = [];
      failures.push(...(await store(queue, batch)));
    }
    if (mayClaim()) {
      const claim = await claimOrFeed(queue, limits.jobsAtOnce - underWay.size).catch((error: unknown) => {
        failures.push(error);
        return null;
      });
      for (const job of claim?.jobs ?? []) {
        const lease = claim?.lease ?? "";
        const task: Promise<void> = research(lease, job).finally(() => underWay.delete(task));
        underWay.set(task, lease);
        report.claimed += 1;
      }
      if (claim) continue;
    }
    if (finished.length > 0) continue;
    if (underWay.size === 0) break;
    await Promise.race(underWay.keys());
  }
  clearInterval(renewal);
  if (failures.length > 0) throw new AggregateError(failures, "The queue failed during this slice.");
  await queue.handOver();
  report.wallMs = now() - start.at;
  report.cpuMs = Math.round(usage.cpuMs() - start.cpu);
  report.memoryMb = Math.round(usage.memoryBytes() / 1_000_000);
  return report;
}

const UNSTORABLE: JobOutcome = {
  kind: "failed",
  code: "internal",
  reason: "What was found could not be stored.",
};

/**
 * Completes a batch; if that fails, each job alone, so that one result that cannot be stored costs no other. Gives the
 * failures of the database itself; the jobs they met go back to the queue when their lease ends.
 */
async function store(queue: Queue, batch: readonly Finished[]): Promise<unknown[]> {
  try {
    await queue.complete(batch);
    return [];
  } catch (error) {
    console.error(error);
  }
  const failures: unknown[] = [];
  for (const one of batch) {
    await queue
      .complete([one])
      .catch((error: unknown) => {
        if (isDatabaseTrouble(error)) throw error;
        return queue.complete([{ ...one, outcome: UNSTORABLE }]);
      })
      .catch((error: unknown) => failures.push(error));
  }
  return failures;
}

async function claimOrFeed(queue: Queue, most: number) {
  const claim = await queue.claim(most);
  if (claim) return claim;
  return (await queue.feed()) > 0 ? await queue.claim(most) : null;
}

async function outcomeOf(provider: Provider, job: ProviderJob, over: AbortSignal): Promise<JobOutcome> {
  try {
    const outcomes = await provider.send([job], over);
    const outcome = outcomes.get(job.id);
    if (outcome) return outcome;
    throw new Error(`${provider.name} gave no outcome for its job`);
  } catch (error) {
    // One broken job must not take the others of the slice with it; a user sees that it is our fault.
    console.error(error);
    return {
      kind: "retry",
      afterMs: null,
      code: "internal",
      reason: "The researcher itself failed on this company.",
    };
  }
}

function count(report: SliceReport, outcome: JobOutcome): void {
  if (outcome.kind === "done") report.done += 1;
  else if (outcome.kind === "retry") report.retried += 1;
  else report.failed += 1;
}
