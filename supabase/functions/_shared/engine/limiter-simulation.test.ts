import { describe, expect, it } from "vitest";
import { afterAnswers, type LaneSettings, limitOf, newLimiter } from "./limiter.ts";

const STEP_MS = 120_000;
const STEPS = [20, 60, 30] as const;
const SERVICE_MS = 2_000;
const SETTINGS: LaneSettings = { ceiling: 200 };
/** Seeds of the adaptive limiter's runs. */
const RUNS = 12;

/** How many requests may be under way and from when on, and what becomes known about those that ended. */
interface Control {
  allowed(): { limit: number; heldUntil: number };
  ended(request: SimulatedRequest, at: number): void;
}

/** A receiver that takes `capacity(at)` requests at once, 2 s ± 20 % each, and refuses any more; each way there and back takes half of the latency ± 20 %. */
interface Receiver {
  capacity(at: number): number;
  latencyMs: number;
}

interface Outcome {
  done: number;
  refused: number;
}

interface SimulatedRequest {
  sentAt: number;
  isTaken: boolean;
  inFlight: number;
  wasFull: boolean;
}

const rate429 = ({ done, refused }: Outcome) => refused / (done + refused);

/** A backlog without end. Counts what was heard of from `fromMs` until `untilMs`. */
function simulate(
  control: Control,
  { capacity, latencyMs }: Receiver,
  { fromMs = 0, untilMs, random }: { fromMs?: number; untilMs: number; random: () => number },
): Outcome {
  const outcome = { done: 0, refused: 0 };
  const events = new Agenda();
  const way = () => (latencyMs / 2) * (0.8 + 0.4 * random());
  let [inFlight, serving] = [0, 0];

  const send = (at: number) => {
    const { limit, heldUntil } = control.allowed();
    if (at < heldUntil) return events.add(heldUntil, send);
    const more = Math.max(0, Math.floor(limit) - inFlight);
    inFlight += more;
    for (let sent = 0; sent < more; sent += 1) {
      const request = { sentAt: at, isTaken: false, inFlight, wasFull: true };
      events.add(at + way(), (now) => arrive(request, now));
    }
  };
  const arrive = (request: SimulatedRequest, at: number) => {
    request.isTaken = serving < capacity(at);
    if (!request.isTaken) return events.add(at + way(), (now) => hear(request, now));
    serving += 1;
    events.add(at + SERVICE_MS * (0.8 + 0.4 * random()), (now) => {
      serving -= 1;
      events.add(now + way(), (then) => hear(request, then));
    });
  };
  const hear = (request: SimulatedRequest, at: number) => {
    if (at >= fromMs && at < untilMs) outcome[request.isTaken ? "done" : "refused"] += 1;
    control.ended(request, at);
    inFlight -= 1;
    send(at);
  };

  send(0);
  events.play(untilMs);
  return outcome;
}

/** What happens when. */
class Agenda {
  readonly #entries: { at: number; happen: (at: number) => void }[] = [];

  add(at: number, happen: (at: number) => void): void {
    let place = this.#entries.length;
    while (place > 0 && (this.#entries[place - 1]?.at ?? 0) < at) place -= 1;
    this.#entries.splice(place, 0, { at, happen });
  }

  play(untilMs: number): void {
    for (;;) {
      const next = this.#entries.pop();
      if (!next) throw new Error("nothing under way and nothing sent: the lane is stuck");
      if (next.at >= untilMs) return;
      next.happen(next.at);
    }
  }
}

function adaptive(): Control {
  let state = newLimiter(SETTINGS);
  return {
    allowed: () => limitOf(state, SETTINGS),
    ended({ isTaken, sentAt, inFlight, wasFull }, at) {
      const seen = {
        finished: isTaken ? 1 : 0,
        throttled: isTaken ? 0 : 1,
        failed: 0,
        latencyMs: isTaken ? at - sentAt : null,
        retryAfterMs: null,
        sentAt,
        inFlight,
        wasFull,
      };
      state = afterAnswers(state, seen, at, SETTINGS);
    },
  };
}

const fixed = (limit: number): Control => ({ allowed: () => ({ limit, heldUntil: 0 }), ended() {} });

/** The work of the best constant limit for this capacity that is refused at most once in a hundred times. */
function bestFixed(capacity: number, latencyMs: number): number {
  const receiver = { capacity: () => capacity, latencyMs };
  const run = (limit: number) => simulate(fixed(limit), receiver, { untilMs: STEP_MS, random: generator(1) });
  let best = run(1);
  // The more at once the more is done, and the more is refused.
  for (let [low, high] = [1, 2 * capacity]; low < high; ) {
    const limit = Math.ceil((low + high) / 2);
    const outcome = run(limit);
    if (rate429(outcome) > 0.01) high = limit - 1;
    else [low, best] = [limit, outcome];
  }
  return best.done;
}

/** A small seeded generator (mulberry32): the same figures in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe("a receiver that answers 429 above a capacity that steps 20 → 60 → 30 every 120 s", () => {
  it.each([
    { when: "from its first request on", latencyMs: 30, shiftMs: 0, work: 0.9, most429: 0.01 },
    { when: "whenever the steps come", latencyMs: 30, shiftMs: 1_700, work: 0.9, most429: 0.01 },
    {
      when: "when refusals are heard after 100 ms",
      latencyMs: 100,
      shiftMs: 1_700,
      work: 0.9,
      most429: 0.01,
    },
    // What was sent before the first refusal of a step down is heard is refused as well: after 1 s that alone is half of a percent.
    {
      when: "when refusals are heard after 300 ms",
      latencyMs: 300,
      shiftMs: 1_700,
      work: 0.88,
      most429: 0.015,
    },
    {
      when: "when refusals are heard after 1 s",
      latencyMs: 1_000,
      shiftMs: 1_700,
      work: 0.88,
      most429: 0.03,
    },
  ])(
    "gets $work of the work of the best fixed value per step with at most $most429 of 429, $when",
    ({ when, latencyMs, shiftMs, work: leastWork, most429 }) => {
      const best = STEPS.map((capacity) => bestFixed(capacity, latencyMs)).reduce(
        (sum, done) => sum + done,
        0,
      );
      const runs = Array.from({ length: RUNS }, (_, i) => {
        const fromMs = i * shiftMs;
        const capacity = (at: number) => STEPS[Math.max(0, Math.floor((at - fromMs) / STEP_MS))] ?? 0;
        const untilMs = fromMs + STEPS.length * STEP_MS;
        return simulate(adaptive(), { capacity, latencyMs }, { fromMs, untilMs, random: generator(i) });
      });
      const work = runs.map((run) => run.done / best).toSorted((a, b) => a - b);
      const refused = runs.map(rate429).toSorted((a, b) => b - a);
      const figures = {
        vs_best_fixed: work[0],
        median: work[RUNS / 2],
        rate_429: refused[0],
        best_fixed: best,
      };
      console.log(JSON.stringify({ limiter: when, ...figures }));
      expect(work[0]).toBeGreaterThanOrEqual(leastWork);
      expect(refused[0]).toBeLessThanOrEqual(most429);
    },
  );
});
