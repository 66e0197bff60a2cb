import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OutboundProxy } from "./proxies.ts";
import { type Attempt, ProxyPool } from "./proxy-pool.ts";

const NONE: ReadonlySet<OutboundProxy> = new Set();
const proxy = (id: string): OutboundProxy => ({ id, host: id, port: 1, authorization: null });

/** A pool of proxies by name, with a clock that is set by hand. */
function poolOf(names: readonly string[], isDirect = false) {
  const clock = { now: 1_000_000 };
  const proxies = names.map(proxy);
  const pool = new ProxyPool({ proxies, isDirect }, () => clock.now);
  const chosen = (tried = NONE) => {
    const one = pool.choose(tried);
    return one === null || one === "direct" ? one : one.host;
  };
  const named = (name: string) => proxies.find(({ host }) => host === name) ?? proxy("unknown");
  const attempt = (name: string, how: Attempt, tookMs = 100) => {
    const end = pool.begin(named(name));
    clock.now += tookMs;
    end(how);
  };
  return { pool, clock, chosen, named, attempt };
}

describe("the proxies of an installation", () => {
  it("are used by how quick they are and how much they have to do", () => {
    const { pool, chosen, named, attempt } = poolOf(["slow", "quick"]);
    attempt("slow", "opened", 500);
    attempt("quick", "opened", 100);
    expect(chosen()).toBe("quick");
    for (let i = 0; i < 5; i += 1) pool.begin(named("quick"));
    expect(chosen()).toBe("slow");
  });

  it("rest when they fail, twice as long each time, at most ten minutes", () => {
    const { pool, clock, attempt } = poolOf(["a"]);
    const rests: number[] = [];
    for (let i = 0; i < 9; i += 1) {
      attempt("a", "proxy failed", 0);
      const until = pool.takeLearned()[0]?.restsUntil ?? 0;
      rests.push((until - clock.now) / 1000);
      clock.now = until;
    }
    expect(rests).toEqual([5, 10, 20, 40, 80, 160, 320, 600, 600]);
  });

  it("rest once for all that was under way when they failed", () => {
    const { pool, clock, named } = poolOf(["a"]);
    const ends = [1, 2, 3].map(() => pool.begin(named("a")));
    clock.now += 10;
    for (const end of ends) end("proxy failed");
    expect(pool.takeLearned()).toMatchObject([{ failures: 1, restsUntil: clock.now + 5_000, failed: 3 }]);
  });

  it("are passed over while they rest, and tried with one connection afterwards", () => {
    const { pool, clock, chosen, named, attempt } = poolOf(["a", "b"]);
    attempt("b", "opened", 900);
    attempt("a", "proxy failed", 0);
    expect(chosen()).toBe("b");
    clock.now += 5_000;
    expect(chosen()).toBe("a");
    const end = pool.begin(named("a"));
    expect(chosen()).toBe("b");
    end("opened");
    expect(chosen()).toBe("a");
  });

  it("do not rest because a site is down, but do when none is reached", () => {
    const { chosen, attempt } = poolOf(["a", "b"]);
    attempt("b", "opened", 900);
    for (let i = 0; i < 4; i += 1) attempt("a", "proxy or site failed");
    expect(chosen()).toBe("a");
    attempt("a", "proxy or site failed");
    expect(chosen()).toBe("b");
  });

  it("give way to a direct connection when all rest, where that is allowed; else the next to be ready is tried", () => {
    for (const isDirect of [true, false]) {
      const { clock, chosen, attempt } = poolOf(["a", "b"], isDirect);
      attempt("a", "proxy failed", 0);
      clock.now += 1;
      attempt("b", "proxy failed", 0);
      expect(chosen()).toBe(isDirect ? "direct" : "a");
    }
  });

  it("know what was learned elsewhere, unless they have news themselves", () => {
    const { pool, chosen, attempt } = poolOf(["a", "b"]);
    const resting = { failures: 1, restsUntil: 2_000_000, latencyMs: 1, opened: 0, failed: 0 };
    attempt("b", "opened", 200);
    pool.learn([
      { id: "a", ...resting },
      { id: "b", ...resting },
      { id: "unknown", ...resting },
    ]);
    expect(chosen()).toBe("b");
    expect(pool.takeLearned()).toMatchObject([{ id: "b", opened: 1, latencyMs: 200 }]);
    expect(pool.takeLearned()).toEqual([]);
  });

  it("are each tried at most once a request, and there is always a way to try first", () => {
    const attempts = fc.array(
      fc.tuple(
        fc.constantFrom("a", "b", "c"),
        fc.constantFrom<Attempt>("opened", "proxy failed", "proxy or site failed"),
        fc.nat(20_000),
      ),
    );
    fc.assert(
      fc.property(attempts, fc.boolean(), (events, isDirect) => {
        const { pool, attempt } = poolOf(["a", "b", "c"], isDirect);
        for (const [name, how, tookMs] of events) attempt(name, how, tookMs);
        const tried = new Set<OutboundProxy>();
        for (let one = pool.choose(tried); one !== null && one !== "direct"; one = pool.choose(tried)) {
          expect(tried.has(one)).toBe(false);
          tried.add(one);
        }
        if (!isDirect) expect(tried.size).toBeGreaterThan(0);
        expect(pool.choose(tried)).toBe(isDirect ? "direct" : null);
      }),
    );
  });
});
