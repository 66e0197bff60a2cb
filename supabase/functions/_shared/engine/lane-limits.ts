import { afterAnswers, type LimiterState, limitOf, newLimiter, type Observation } from "./limiter.ts";
import type { Claim, KeptLimiter, Queue } from "./queue.ts";

interface Lane {
  kept: KeptLimiter;
  ceiling: number;
  inFlight: number;
  /** What was seen and is not kept yet. */
  seen: Observation[];
}

/** How a request of a lane ended, without how many others were under way, which the lane knows. */
export type Seen = Omit<Observation, "inFlight">;

/** What this slice teaches the limiters of the lanes it serves. Their state is in Postgres; other slices teach them too. */
export class LaneLimits {
  readonly #lanes = new Map<string, Lane>();
  readonly #queue: Pick<Queue, "saveLimiter">;
  readonly #now: () => number;

  constructor(queue: Pick<Queue, "saveLimiter">, now: () => number) {
    this.#queue = queue;
    this.#now = now;
  }

  claimed({ lane: { id, in_flight, ...kept }, integration }: Claim): void {
    if (!integration) return;
    const seen = this.#lanes.get(id)?.seen ?? [];
    this.#lanes.set(id, { kept, ceiling: integration.max_in_flight, inFlight: in_flight, seen });
  }

  /** A request is over; `seen` is null if it teaches nothing. */
  ended(laneId: string, seen: Seen | null): void {
    const lane = this.#lanes.get(laneId);
    if (!lane) return;
    if (seen) lane.seen.push({ ...seen, inFlight: lane.inFlight });
    lane.inFlight -= 1;
  }

  /** Keeps what was learned. Somebody else's lesson in between is kept too: ours is learned again on top of it. */
  async save(): Promise<void> {
    for (const [id, lane] of this.#lanes) {
      if (lane.seen.length === 0) continue;
      const { seen } = lane;
      lane.seen = [];
      for (;;) {
        const state = this.#learn(lane, seen);
        const learned = { state, ...limitOf(state, { ceiling: lane.ceiling }) };
        const kept = await this.#queue.saveLimiter(id, lane.kept.limiter_version, learned);
        if (kept) lane.kept = kept;
        else this.#lanes.delete(id);
        if (!kept || kept.saved) break;
      }
    }
  }

  #learn({ kept, ceiling }: Lane, seen: readonly Observation[]): LimiterState {
    const at = this.#now();
    const settings = { ceiling };
    return seen.reduce(
      (state, one) => afterAnswers(state, one, at, settings),
      kept.limiter ?? newLimiter(settings),
    );
  }
}
