import { afterFailures, type Breaker, CLOSED } from "./breaker.ts";

/** What an integration allows. (Its cap on requests per second is looked after by claims.) */
export interface LaneSettings {
  /** The most requests at once, at least 1. */
  ceiling: number;
}

/** All that a lane remembers between requests: plain JSON, times in milliseconds since 1970. */
export interface LimiterState {
  /** Requests that may be under way at once; a fraction, so that growth can be slow. */
  limit: number;
  /** Requests under way when the receiver last refused one, which the limit stays under; null when there is none. */
  edge: number | null;
  /** By how much the edge moves when the receiver proves to take more. */
  step: number;
  /** Requests answered since the last decrease, and decreases without a calm round trip between them. */
  calm: number;
  decreases: number;
  decreasedAt: number;
  /** Mean latency lately, and what is usual; null before the first answer. */
  latencyMs: number | null;
  usualMs: number | null;
  /** Nothing is sent before: what `Retry-After` asked for. */
  heldUntil: number;
  breaker: Breaker;
}

/** How requests of a lane ended: one, or several that were sent at about the same time. */
export interface Observation {
  /** Answered, whatever the answer says about its jobs. */
  finished: number;
  /** Refused with 429 or 503. */
  throttled: number;
  /** Other failures of the receiver: 5xx, resets, timeouts. */
  failed: number;
  /** Mean of the finished; null if none. */
  latencyMs: number | null;
  retryAfterMs: number | null;
  sentAt: number;
  /** Requests of the lane under way when these had been sent, these included. Several workers send: none of them knows how many are left later. */
  inFlight: number;
  /** Whether those were all that the limit allowed. */
  wasFull: boolean;
}

const START = 10;
/** Growth of the limit per answer: half as much again each round trip. */
const GROWTH = 0.5;
/** Under the edge, one request in so many, or one a minute, tries whether the receiver takes more by now. */
const PROBE = { every: 200, afterMs: 60_000 };
/** What is left after the first, second and later decreases in a row: a probe costs little, a collapse is followed fast. */
const CUTS = [0.95, 0.85, 0.7] as const;
/** Answers that take so many times as long as usual say that the receiver queues: more requests would only wait. */
const SLOW = 2;
const LONGEST_HOLD_MS = 3_600_000;

/** A lane that has sent nothing yet. */
export function newLimiter(settings: LaneSettings): LimiterState {
  return {
    limit: Math.min(START, settings.ceiling),
    edge: null,
    step: 1,
    calm: 0,
    decreases: 0,
    decreasedAt: 0,
    latencyMs: null,
    usualMs: null,
    heldUntil: 0,
    breaker: CLOSED,
  };
}

/** What claims need of a state: requests that may be under way at once, and until when nothing is sent. A half-open breaker lets one through. */
export function limitOf(
  state: LimiterState,
  { ceiling }: LaneSettings,
): { limit: number; heldUntil: number } {
  return {
    limit: state.breaker.step > 0 ? 1 : Math.min(state.limit, ceiling),
    heldUntil: Math.max(state.heldUntil, state.breaker.until),
  };
}

/** The state after requests ended, whose observations may arrive in any order. */
export function afterAnswers(
  state: LimiterState,
  seen: Observation,
  at: number,
  settings: LaneSettings,
): LimiterState {
  let next = seen.finished > 0 ? answered(state, seen, at) : state;
  if (seen.failed > 0) next = { ...next, breaker: afterFailures(next.breaker, seen.failed, at) };
  // A failure alone is an accident of one request; failures in a row may be overload, as refusals are.
  const isOverload = seen.throttled > 0 || (seen.failed > 0 && next.breaker.failures > 1);
  if (isOverload)
    next = seen.sentAt >= state.decreasedAt ? decreased(next, seen, at) : refusedToo(next, seen);
  const hold = seen.retryAfterMs === null ? 0 : at + Math.min(seen.retryAfterMs, LONGEST_HOLD_MS);
  const limit = Math.max(1, Math.min(next.limit, settings.ceiling));
  return { ...next, limit, heldUntil: Math.max(next.heldUntil, hold) };
}

function answered(state: LimiterState, seen: Observation, at: number): LimiterState {
  const { finished, latencyMs, wasFull } = seen;
  const recent = latencyMs === null ? state.latencyMs : mean(state.latencyMs, latencyMs, 0.05);
  // What is usual falls at once and rises slowly, or a queue that builds up would soon be called usual.
  const usual = recent === null ? null : Math.min(recent, mean(state.usualMs, recent, 0.001));
  const next: LimiterState = {
    ...state,
    // What a receiver could take before it broke down says nothing about one that is back.
    edge: state.breaker.step > 0 ? null : state.edge,
    calm:
      (at - state.decreasedAt >= PROBE.afterMs ? Math.max(state.calm, PROBE.every) : state.calm) + finished,
    latencyMs: recent,
    usualMs: usual,
    breaker: CLOSED,
  };
  const isSlow = recent !== null && usual !== null && recent > SLOW * usual;
  return wasFull && !isSlow ? grown(next, finished) : next;
}

function grown(state: LimiterState, finished: number): LimiterState {
  const { limit, edge, step, calm } = state;
  const more = limit + GROWTH * finished;
  if (edge === null) return { ...state, limit: more };
  if (calm < PROBE.every + edge) {
    const most = calm < PROBE.every ? edge - 1 : edge;
    return { ...state, limit: Math.max(limit, Math.min(more, most)) };
  }
  // A round trip at the edge without a refusal: the receiver takes more than it did. The next step is made when this one has been
  // answered for, however late refusals are heard; when steps are as large as growth is, there is no edge any more.
  const isFree = 2 * step > GROWTH * limit;
  return { ...state, limit: more, edge: isFree ? null : edge + step, step: 2 * step, calm: PROBE.every };
}

function decreased(state: LimiterState, seen: Observation, at: number): LimiterState {
  const decreases = state.calm > state.limit ? 1 : state.decreases + 1;
  const cut = CUTS[Math.min(decreases, CUTS.length) - 1] ?? 1;
  // The limit itself has a fraction, which no request is under way by.
  const edge = Math.max(2, Math.min(Math.ceil(state.limit), seen.inFlight - seen.throttled + 1));
  const limit = Math.min(state.limit, edge * cut);
  return { ...state, limit, edge, step: 1, calm: 0, decreases, decreasedAt: at };
}

/** Sent under the old limit: no second cut in one round trip, but the edge was counted too high, and nothing is sent in its place. */
function refusedToo(state: LimiterState, { throttled }: Observation): LimiterState {
  if (state.edge === null) return state;
  const edge = Math.max(2, state.edge - throttled);
  return { ...state, edge, limit: Math.max(1, Math.min(state.limit, edge - 1)) };
}

function mean(before: number | null, sample: number, weight: number): number {
  return before === null ? sample : before + weight * (sample - before);
}
