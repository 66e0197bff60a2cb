import type { OutboundProxy, OutboundWays } from "./proxies.ts";

/** What is known of a proxy: plain JSON, times in milliseconds. */
export interface ProxyHealth {
  id: string;
  /** Failures of its own in a row, each after it had rested. */
  failures: number;
  /** Nothing is sent through it before, since 1970. */
  restsUntil: number;
  /** Mean time to open a connection lately; null before the first. */
  latencyMs: number | null;
  /** Connections that it opened, and failures of its own, which are not kept yet. */
  opened: number;
  failed: number;
}

/** How an attempt to open a connection ended: what was not opened may be the site's fault as well as the proxy's. */
export type Attempt = "opened" | "proxy failed" | "proxy or site failed";

interface Measured {
  proxy: OutboundProxy;
  health: ProxyHealth;
  /** Connections that it is opening. */
  opening: number;
  /** Sites in a row that it did not reach. */
  unreached: number;
  isChanged: boolean;
}

const FIRST_REST_MS = 5_000;
const LONGEST_REST_MS = 600_000;
/** So many sites in a row are not all down: it is the proxy. */
const MOST_UNREACHED = 5;
/** What a proxy is taken for that was never measured. */
const UNKNOWN_LATENCY_MS = 300;

/**
 * Chooses a proxy for each connection, the quickest with the fewest being opened, and rests those that fail, twice as long each time. One that has rested is tried with
 * one connection first.
 */
export class ProxyPool {
  readonly #measured: Measured[];
  readonly #isDirect: boolean;
  readonly #now: () => number;

  constructor({ proxies, isDirect }: OutboundWays, now: () => number = Date.now) {
    this.#isDirect = isDirect;
    this.#now = now;
    this.#measured = proxies.map((proxy) => ({
      proxy,
      health: { id: proxy.id, failures: 0, restsUntil: 0, latencyMs: null, opened: 0, failed: 0 },
      opening: 0,
      unreached: 0,
      isChanged: false,
    }));
  }

  get ids(): string[] {
    return this.#measured.map(({ proxy }) => proxy.id);
  }

  /**
   * The best proxy that was not tried yet. When all others rest: "direct" where that is allowed; else, for a first try, the one that has rested nearly enough, since a
   * request shall not fail because everybody rests. Null if there is nothing left to try.
   */
  choose(tried: ReadonlySet<OutboundProxy>): OutboundProxy | "direct" | null {
    const left = this.#measured.filter(({ proxy }) => !tried.has(proxy));
    const [best] = left.filter((one) => this.#isFit(one)).toSorted((a, b) => costOf(a) - costOf(b));
    if (best) return best.proxy;
    if (this.#isDirect) return "direct";
    if (tried.size > 0) return null;
    const [soonest] = left.toSorted((a, b) => a.health.restsUntil - b.health.restsUntil);
    return soonest?.proxy ?? null;
  }

  /** Says that a connection is being opened through the proxy; the function that is returned takes how that ended. */
  begin(proxy: OutboundProxy): (attempt: Attempt | null) => void {
    const one = this.#measured.find((measured) => measured.proxy === proxy);
    if (!one) throw new Error("this proxy is not one of the pool");
    const startedAt = this.#now();
    one.opening += 1;
    return (attempt) => {
      one.opening -= 1;
      if (attempt === "opened") this.#opened(one, this.#now() - startedAt);
      else if (attempt !== null) this.#failed(one, attempt, startedAt);
    };
  }

  /** Takes over what is known elsewhere, but of proxies of which something was learned here that is not kept yet. */
  learn(known: readonly ProxyHealth[]): void {
    for (const one of this.#measured) {
      const news = known.find(({ id }) => id === one.proxy.id);
      if (news && !one.isChanged) one.health = news;
    }
  }

  /** What was learned since it was last taken. */
  takeLearned(): ProxyHealth[] {
    return this.#measured.flatMap((one) => {
      if (!one.isChanged) return [];
      const learned = one.health;
      one.health = { ...learned, opened: 0, failed: 0 };
      one.isChanged = false;
      return [learned];
    });
  }

  #isFit({ health, opening }: Measured): boolean {
    return health.failures === 0 || (this.#now() >= health.restsUntil && opening === 0);
  }

  #opened(one: Measured, tookMs: number): void {
    const { latencyMs, opened } = one.health;
    const mean = latencyMs === null ? tookMs : latencyMs + 0.2 * (tookMs - latencyMs);
    one.health = { ...one.health, failures: 0, restsUntil: 0, latencyMs: mean, opened: opened + 1 };
    one.unreached = 0;
    one.isChanged = true;
  }

  #failed(one: Measured, attempt: Attempt, startedAt: number): void {
    one.unreached += 1;
    if (attempt === "proxy or site failed" && one.unreached < MOST_UNREACHED) return;
    one.health = { ...one.health, failed: one.health.failed + 1 };
    one.isChanged = true;
    if (startedAt < one.health.restsUntil) return; // it was not expected to work
    const failures = one.health.failures + 1;
    const rest = Math.min(FIRST_REST_MS * 2 ** (failures - 1), LONGEST_REST_MS);
    one.health = { ...one.health, failures, restsUntil: this.#now() + rest };
  }
}

function costOf({ health, opening }: Measured): number {
  return (opening + 1) * (health.latencyMs ?? UNKNOWN_LATENCY_MS);
}
