import type { JobOutcome } from "../providers/provider.ts";
import type { Delivery } from "../providers/webhook-request.ts";
import { Bell } from "./bell.ts";
import { completeKnown } from "./known.ts";
import { LaneLimits, type Seen } from "./lane-limits.ts";
import type { Batch, Claim, LaneKind, Queue } from "./queue.ts";
import { ResultStore } from "./result-store.ts";

/** Requests that were sent together often end together: so long is waited for others, in milliseconds, to store them in one transaction. */
const GATHER_MS = 10;

/** What one slice may use. Hosted edge functions end at 2 s of CPU, their workers at 150 s of wall clock or later: `slice-limits.ts`. */
export interface SliceLimits {
  /** After so much CPU nothing more is claimed. */
  cpuMs: number;
  /** After so much time nothing more is claimed. */
  claimUntilMs: number;
  /** After so much time what is under way goes back to the queue. */
  abortAfterMs: number;
  /** After so much time results are given up that a database which is away cannot store. */
  storeUntilMs: number;
  /** How often the queue hears that what is under way still is. */
  renewEveryMs: number;
}

export const SLICE_LIMITS: SliceLimits = {
  cpuMs: 1_000,
  claimUntilMs: 35_000,
  abortAfterMs: 98_000,
  storeUntilMs: 130_000,
  renewEveryMs: 10_000,
};

/** How a request ended. */
export interface Reply {
  /** By job id. */
  outcomes: ReadonlyMap<string, JobOutcome>;
  /** What is kept of the request, or requests. */
  deliveries: readonly Delivery[];
  /** Whether somebody may have worked on it. */
  isPaid: boolean;
  /** What it teaches the lane's limiter; null if nothing. */
  seen: Seen | null;
}

/** One kind of lane: how many requests of it a slice has under way, of all lanes and of one, and how a batch is sent. */
export interface Sender {
  kind: LaneKind;
  atOnce: number;
  perLane: number;
  /** Never rejects because of what a site or a service answered. When the signal is aborted, jobs come back as `retry`, `slice_over`. */
  send(claim: Claim, batch: Batch, signal: AbortSignal): Promise<Reply>;
}

/** What a slice did and used. */
export interface SliceReport {
  claimed: number;
  /** Done with results that were known, so that nothing was claimed. */
  known: number;
  done: number;
  accepted: number;
  /** To be asked for again. */
  polled: number;
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
  senders: readonly Sender[];
  /** Rung when there may be more to do. */
  bell?: Bell;
  /** Told once, when the slice will claim nothing more; it may have to wait for what is under way. */
  onClaimsOver?: () => void;
  limits?: SliceLimits;
  usage: Usage;
  now?: () => number;
}

interface UnderWay {
  kind: LaneKind;
  laneId: string;
  batchId: string;
}

/**
 * One slice of research: keeps as many requests under way as its senders and their lanes allow, sends others in place of those that end while
 * what these found is stored (without waiting for slower ones), and ends when there is nothing left or the slice is used up; then it rings for
 * the next one. When the queue fails, it claims nothing more and rings for nobody, but what is under way is still finished and stored; then it
 * throws.
 */
export async function runSlice({
  queue,
  senders,
  bell = new Bell(),
  onClaimsOver = () => {},
  limits = SLICE_LIMITS,
  usage,
  now = Date.now,
}: SliceOptions): Promise<SliceReport> {
  const start = { at: now(), cpu: usage.cpuMs() };
  const report: SliceReport = {
    claimed: 0,
    known: 0,
    done: 0,
    accepted: 0,
    polled: 0,
    retried: 0,
    failed: 0,
    wallMs: 0,
    cpuMs: 0,
    memoryMb: 0,
  };
  const over = AbortSignal.timeout(limits.abortAfterMs);
  const lanes = new LaneLimits(queue, now);
  const underWay = new Map<Promise<void>, UnderWay>();
  const results = new ResultStore(queue, AbortSignal.timeout(limits.storeUntilMs));
  const { failures } = results;
  /** Batches whose requests are over and count as under way for their lanes. */
  let ended: string[] = [];
  const mostWaiting = senders.reduce((sum, one) => sum + one.atOnce, 0);

  const send = async (sender: Sender, claim: Claim, batch: Batch) => {
    const reply = await replyOf(sender, claim, batch, over);
    const finished = batch.jobs.map((job) => ({
      batchId: batch.id,
      jobId: job.id,
      outcome: reply.outcomes.get(job.id) ?? BROKEN,
    }));
    for (const { outcome } of finished) count(report, outcome);
    const integrationId = claim.integration?.id ?? null;
    const { isPaid, deliveries } = reply;
    results.add(finished, { batchId: batch.id, isPaid, integrationId, deliveries });
    ended.push(batch.id);
    lanes.ended(claim, reply.seen);
  };
  const mayClaim = () =>
    failures.length === 0 &&
    now() - start.at < limits.claimUntilMs &&
    usage.cpuMs() - start.cpu < limits.cpuMs;

  const isFull = (sender: Sender) => requestsOf(sender).length >= sender.atOnce;
  const requestsOf = (sender: Sender) => [...underWay.values()].filter((one) => one.kind === sender.kind);
  /** Fills what is free of the senders; whether anything was claimed. */
  const claimMore = async (): Promise<boolean> => {
    let hasClaimed = false;
    for (const sender of senders) {
      if (isFull(sender)) continue;
      const own = requestsOf(sender);
      const free = Math.min(sender.atOnce - own.length, sender.perLane);
      const busy = busyLanes(own, sender.perLane);
      // Whatever keeps one kind from being claimed does not keep the other.
      const claim = await queue.claim(sender.kind, free, busy).catch((error: unknown) => {
        failures.push(error);
        return null;
      });
      if (!claim) continue;
      hasClaimed = true;
      lanes.claimed(claim);
      for (const batch of claim.batches) {
        const task: Promise<void> = send(sender, claim, batch).finally(() => underWay.delete(task));
        underWay.set(task, { kind: sender.kind, laneId: claim.lane.id, batchId: batch.id });
        report.claimed += batch.jobs.length;
      }
      if (claim.known.length > 0) report.known += await completeKnown(queue, claim.known);
    }
    return hasClaimed;
  };
  const release = async () => {
    const released = ended;
    ended = [];
    await Promise.all([lanes.save(), queue.endRequests(released)]);
  };
  /**
   * Waits for a request to end, for results to be stored, for a ring, or for the time when a lane may send again; whether there is anything to
   * wait for. Not if one of them came to pass since `rung` and `stored` were taken, so that a claim which saw nothing is made again.
   */
  const wait = async (rung: Promise<void>, stored: number): Promise<boolean> => {
    const pauseMs = (mayClaim() ? await queue.nextClaimMs() : null) ?? Number.POSITIVE_INFINITY;
    const isShort = now() - start.at + pauseMs < limits.claimUntilMs;
    if (ended.length > 0 || results.stored > stored) return true;
    const { storing } = results;
    if (underWay.size === 0 && !storing && !isShort) return results.waiting > 0;
    const timer = isShort ? timeout(pauseMs) : null;
    await Promise.race([
      ...underWay.keys(),
      rung,
      ...(storing ? [storing] : []),
      ...(timer ? [timer.ended] : []),
    ]);
    timer?.cancel();
    return true;
  };

  let claimsAreOver = false;
  const renewal = setInterval(() => {
    const batchIds = [...[...underWay.values()].map((one) => one.batchId), ...results.batchIds];
    if (batchIds.length > 0) queue.renew(batchIds).catch(console.error);
  }, limits.renewEveryMs);
  for (;;) {
    const rung = bell.rung();
    const { stored } = results;
    try {
      if (ended.length > 0 && underWay.size > 0) await pause(GATHER_MS);
      results.store();
      if (ended.length > 0) await release();
      if (!claimsAreOver && !mayClaim()) {
        claimsAreOver = true;
        onClaimsOver();
        // The next slice need not wait for what is slow here.
        if (failures.length === 0 && underWay.size > 0) await queue.handOver();
      }
      if (mayClaim() && results.waiting < mostWaiting && !senders.every(isFull)) {
        if ((await claimMore()) || ((await queue.feed()) > 0 && (await claimMore()))) continue;
      }
      if (!(await wait(rung, stored))) break;
    } catch (error) {
      failures.push(error);
    }
  }
  clearInterval(renewal);
  if (failures.length > 0) throw new AggregateError(failures, "The queue failed during this slice.");
  await queue.handOver();
  report.wallMs = now() - start.at;
  report.cpuMs = Math.round(usage.cpuMs() - start.cpu);
  report.memoryMb = Math.round(usage.memoryBytes() / 1_000_000);
  return report;
}

function busyLanes(underWay: readonly UnderWay[], perLane: number): string[] {
  const counts = new Map<string, number>();
  for (const { laneId } of underWay) counts.set(laneId, (counts.get(laneId) ?? 0) + 1);
  return [...counts].filter(([, requests]) => requests >= perLane).map(([laneId]) => laneId);
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function timeout(ms: number): { ended: Promise<void>; cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ended = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return { ended, cancel: () => clearTimeout(timer) };
}

/** One broken job must not take the others of the slice with it; a user sees that it is our fault. */
const BROKEN: JobOutcome = {
  kind: "retry",
  afterMs: null,
  code: "internal",
  reason: "The researcher itself failed on this company.",
};

async function replyOf(sender: Sender, claim: Claim, batch: Batch, over: AbortSignal): Promise<Reply> {
  try {
    return await sender.send(claim, batch, over);
  } catch (error) {
    console.error(error);
    return { outcomes: new Map(), deliveries: [], isPaid: true, seen: null };
  }
}

function count(report: SliceReport, outcome: JobOutcome): void {
  if (outcome.kind === "done") report.done += 1;
  else if (outcome.kind === "accepted") report.accepted += 1;
  else if (outcome.kind === "poll") report.polled += 1;
  else if (outcome.kind === "retry") report.retried += 1;
  else report.failed += 1;
}
