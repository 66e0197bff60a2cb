import { afterAnswers, type LimiterState, limitOf, newLimiter, type Observation } from "./limiter.ts";
import type { Claim, KeptLimiter, Queue } from "./queue.ts";

interface Lane {
  kept: KeptLimiter;
  ceiling: number;
  /** What was seen and is not kept yet. */
  seen: Observation[];
}

/** How a request of a lane ended, without how many others were under way when it was sent, which its claim knows. */
export type Seen = Omit<Observation, "inFlight" | "wasFull">;

/** What this slice teaches the limiters of the lanes it serves. Their state is in Postgres; other slices teach them too. */
export class LaneLimits {
  readonly #lanes = new Map<string, Lane>();
  readonly #queue: Pick<Queue, "saveLimiter">;
  readonly #now: () => number;

  constructor(queue: Pick<Queue, "saveLimiter">, now: () => number) {
    this.#queue = queue;
    this.#now = now;
  }

  claimed({ lane: { id, in_flight: _, ...kept }, integration }: Claim): void {
    if (!integration) return;
    const seen = this.#lanes.get(id)?.seen ?? [];
    this.#lanes.set(id, { kept, ceiling: integration.max_in_flight, seen });
  }

  /** A request of the claim is over; `seen` is null if it teaches nothing. */
  ended({ lane: { id, in_flight, limiter } }: Claim, seen: Seen | null): void {
    const lane = this.#lanes.get(id);
    if (!lane || !seen) return;
    const settings = { ceiling: lane.ceiling };
    const { limit } = limitOf(limiter ?? newLimiter(settings), settings);
    // Others end while a claim fills the lane up, which is then not quite full.
    const wasFull = in_flight >= Math.floor(0.9 * limit);
    lane.seen.push({ ...seen, inFlight: in_flight, wasFull });
  }

  /** Keeps what was learned. Somebody else's lesson in between is kept too: ours is learned again on top of it. */
  async save(): Promise<void> {
    await Promise.all([...this.#lanes].map(([id, lane]) => this.#saveLane(id, lane)));
  }

  async #saveLane(id: string, lane: Lane): Promise<void> {
    if (lane.seen.length === 0) return;
    const { seen } = lane;
    lane.seen = [];
    for (;;) {
      const state = this.#learn(lane, seen);
      const learned = { state, ...limitOf(state, { ceiling: lane.ceiling }) };
      const kept = await this.#queue.saveLimiter(id, lane.kept.limiter_version, learned);
      if (kept) lane.kept = kept;
      else this.#lanes.delete(id);
      if (!kept || kept.saved) return;
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
