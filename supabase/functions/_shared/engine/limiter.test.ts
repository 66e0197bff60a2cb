import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  afterAnswers,
  type LaneSettings,
  type LimiterState,
  limitOf,
  newLimiter,
  type Observation,
} from "./limiter.ts";

const OPEN: LaneSettings = { ceiling: 200 };

/** Requests that may go out, as claims count them. */
function allowance(state: LimiterState, inFlight: number, at: number, settings: LaneSettings): number {
  const { limit, heldUntil } = limitOf(state, settings);
  return at < heldUntil ? 0 : Math.max(0, Math.floor(limit) - inFlight);
}

const ok: Observation = {
  finished: 1,
  throttled: 0,
  failed: 0,
  latencyMs: 2_000,
  retryAfterMs: null,
  sentAt: 0,
  inFlight: 200,
  wasFull: true,
};
const refusal: Observation = { ...ok, finished: 0, throttled: 1, latencyMs: null };
const failure: Observation = { ...ok, finished: 0, failed: 1, latencyMs: null };

const lane: fc.Arbitrary<LaneSettings> = fc.record({ ceiling: fc.integer({ min: 1, max: 200 }) });
const observation: fc.Arbitrary<Observation> = fc.record({
  finished: fc.nat(20),
  throttled: fc.nat(20),
  failed: fc.nat(20),
  latencyMs: fc.option(fc.nat(1_200_000)),
  retryAfterMs: fc.option(fc.nat(10_000_000)),
  sentAt: fc.nat(2_000_000),
  inFlight: fc.nat(300),
  wasFull: fc.boolean(),
});
/** Observations with the time that goes by before each. */
const history = fc.array(fc.tuple(fc.nat(20_000), observation), { maxLength: 100 });

/** The state after the same observation so many times, each sent and answered a moment after the one before. */
function repeat(state: LimiterState, seen: Observation, times: number, at = 1_000): LimiterState {
  let next = state;
  for (let i = 0; i < times; i += 1) {
    next = afterAnswers(next, { ...seen, sentAt: at + i }, at + i, OPEN);
  }
  return next;
}

describe("the limiter", () => {
  it("stays between 1 and the ceiling, finite and storable as JSON, whatever happens", () => {
    fc.assert(
      fc.property(lane, history, (settings, events) => {
        let state = newLimiter(settings);
        let at = 0;
        for (const [pause, seen] of events) {
          at += pause;
          state = afterAnswers(state, seen, at, settings);
          expect(state.limit).toBeGreaterThanOrEqual(1);
          expect(state.limit).toBeLessThanOrEqual(settings.ceiling);
          expect(JSON.parse(JSON.stringify(state))).toEqual(state);
          const free = allowance(state, seen.inFlight, at, settings);
          expect(Number.isInteger(free)).toBe(true);
          expect(free).toBeGreaterThanOrEqual(0);
          expect(free).toBeLessThanOrEqual(Math.max(0, settings.ceiling - seen.inFlight));
        }
      }),
    );
  });

  it("always lets work go on: an idle lane may send once every hold and pause is over", () => {
    fc.assert(
      fc.property(lane, history, (settings, events) => {
        let state = newLimiter(settings);
        for (const [, seen] of events) state = afterAnswers(state, seen, 0, settings);
        expect(allowance(state, 0, 3_600_000, settings)).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it("a refusal never raises the limit, and an answer never lowers it", () => {
    fc.assert(
      fc.property(history, fc.nat(300), (events, inFlight) => {
        let state = newLimiter(OPEN);
        for (const [, seen] of events) state = afterAnswers(state, seen, 0, OPEN);
        const at = 3_000_000;
        const refused = afterAnswers(state, { ...refusal, inFlight, sentAt: at }, at, OPEN);
        expect(refused.limit).toBeLessThanOrEqual(state.limit);
        expect(afterAnswers(state, { ...ok, inFlight }, at, OPEN).limit).toBeGreaterThanOrEqual(state.limit);
      }),
    );
  });

  it("cuts once a round trip: for what else of it is refused nothing is sent in its place", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), (refusals) => {
        const busy = repeat(newLimiter(OPEN), ok, 100);
        const first = afterAnswers(busy, { ...refusal, sentAt: 5_000, inFlight: 50 }, 6_000, OPEN);
        let state = first;
        for (let i = 1; i < refusals; i += 1) {
          state = afterAnswers(state, { ...refusal, sentAt: 5_000 + i, inFlight: 50 }, 6_000 + i, OPEN);
        }
        expect(state.limit).toBe(Math.max(1, Math.min(first.limit, 50 - refusals)));
      }),
    );
  });

  it("follows a receiver that takes ever less down to one request at once", () => {
    let state = repeat(newLimiter(OPEN), ok, 300);
    for (let at = 5_000; at < 5_020; at += 1) {
      const seen = { ...refusal, sentAt: at, inFlight: Math.floor(state.limit) };
      state = afterAnswers(state, seen, at, OPEN);
    }
    expect(state.limit).toBeLessThan(2);
  });

  it("comes back to just under the edge within a round trip, and stays there until it probes, in steps that double", () => {
    const refused = afterAnswers(
      repeat(newLimiter(OPEN), ok, 100),
      { ...refusal, inFlight: 41 },
      2_000,
      OPEN,
    );
    expect(refused.edge).toBe(41);
    expect(repeat(refused, ok, 20, 2_000).limit).toBe(40);
    expect(repeat(refused, ok, 199, 2_000).limit).toBe(40);
    expect(repeat(refused, ok, 202, 2_000).limit).toBe(41);
    expect(repeat(refused, ok, 260, 2_000).limit).toBe(42);
    expect(repeat(refused, ok, 300, 2_000).limit).toBe(44);
    expect(repeat(refused, ok, 340, 2_000).limit).toBe(48);
    expect(repeat(refused, ok, 500, 2_000).limit).toBeGreaterThan(70);
  });

  it("probes once a minute where requests are rare", () => {
    const refused = afterAnswers(newLimiter(OPEN), { ...refusal, inFlight: 3 }, 1_000, OPEN);
    const later = repeat(refused, ok, 2, 62_000);
    expect(repeat(refused, ok, 50, 2_000).limit).toBeLessThan(3);
    expect(later.limit).toBe(3);
  });

  it("does not grow while the limit is not used, nor while the receiver queues", () => {
    const idle = newLimiter(OPEN);
    expect(repeat(idle, { ...ok, wasFull: false }, 50).limit).toBe(idle.limit);
    const slow = repeat(repeat(idle, ok, 50), { ...ok, latencyMs: 20_000 }, 20);
    expect(repeat(slow, { ...ok, latencyMs: 20_000 }, 20).limit).toBe(slow.limit);
  });

  it("sends nothing before the time that Retry-After asked for, at most an hour", () => {
    const state = afterAnswers(newLimiter(OPEN), { ...refusal, retryAfterMs: 30_000 }, 1_000, OPEN);
    expect(allowance(state, 0, 30_999, OPEN)).toBe(0);
    expect(allowance(state, 0, 31_000, OPEN)).toBeGreaterThan(0);
    const sooner = afterAnswers(state, { ...refusal, retryAfterMs: 1 }, 1_001, OPEN);
    expect(sooner.heldUntil).toBe(31_000);
    const never = afterAnswers(state, { ...refusal, retryAfterMs: 1e12 }, 1_000, OPEN);
    expect(never.heldUntil).toBe(3_601_000);
  });
});

describe("the circuit breaker", () => {
  const broken = repeat(newLimiter(OPEN), failure, 5);

  it("opens at the fifth failure in a row, not when answers come between", () => {
    expect(allowance(broken, 0, 2_000, OPEN)).toBe(0);
    const four = repeat(newLimiter(OPEN), failure, 4);
    expect(allowance(repeat(repeat(four, ok, 1), failure, 4), 0, 2_000, OPEN)).toBeGreaterThan(0);
  });

  it("lets one request through after 10 s, and all of them once that one is answered", () => {
    expect(allowance(broken, 0, 11_003, OPEN)).toBe(0);
    expect(allowance(broken, 0, 11_004, OPEN)).toBe(1);
    expect(allowance(broken, 1, 11_004, OPEN)).toBe(0);
    const closed = repeat(broken, ok, 10, 12_000);
    expect(closed.limit).toBeGreaterThan(5);
    expect(allowance(closed, 0, 12_010, OPEN)).toBeGreaterThan(5);
  });

  it("opens again for twice as long when the probe fails, up to 5 minutes", () => {
    let state = broken;
    const pauses: number[] = [];
    for (let i = 0; i < 7; i += 1) {
      const at = state.breaker.until;
      state = afterAnswers(state, { ...failure, sentAt: at }, at, OPEN);
      pauses.push((state.breaker.until - at) / 1000);
    }
    expect(pauses).toEqual([20, 40, 80, 160, 300, 300, 300]);
  });

  it("does not stay open longer because of what was under way when it opened", () => {
    expect(repeat(broken, failure, 20, 2_000).breaker.until).toBe(broken.breaker.until);
  });
});
