/**
 * A receiver that takes so many requests at once and answers 429 to any more, at once; how many, steps 20 → 60 → 30 every two minutes. What the product's dispatchers, queue and limiter get
 * done, against senders with a fixed number of requests at once that know each step: one less than the capacity, just that, and one more, each on a receiver of its own, all at the same time.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Bench } from "../bench.ts";
import { openBenchDatabase } from "../database.ts";
import { rounded } from "../measure.ts";
import { addJobs, makeTenant, startDispatchers, startReceiver } from "../tenants.ts";

const CAPACITY = [20, 60, 30];
const STEP_MS = 120_000;
const SERVICE_MS = 2_000;
/** A fixed sender counts if no more of its requests are refused. */
const MOST_429 = 0.01;
const OURS = "/ours";

/** What a receiver took and refused, counted by the step in which it was asked. */
interface Ledger {
  taken: number[];
  refused: number[];
}

const limiter: Bench = async () => {
  const database = await openBenchDatabase({ empty: true });
  const { receiver, ledgerOf, begin } = await startSteppingReceivers();
  const dispatchers = startDispatchers(database.url, 4);
  try {
    const tenant = await makeTenant(database, 0, receiver.url(OURS), { batch_size: 1, max_in_flight: 200 });
    await addJobs(database, tenant, 10_000);
    begin();
    const clock = setInterval(() => dispatchers.ring(), 1_000);
    for (const [step, capacity] of CAPACITY.entries()) {
      const until = performance.now() + STEP_MS;
      const candidates = candidatesOf(capacity).map((limit) =>
        sendFixed(receiver.url(fixedPath(step, limit)), limit, until),
      );
      await Promise.all([...candidates, delay(STEP_MS)]);
      console.log(`capacity ${capacity}: ${ledgerOf(OURS).taken[step]} done`);
    }
    clearInterval(clock);
  } finally {
    await dispatchers.stop();
    receiver.close();
    await database.close();
  }
  return figuresOf(ledgerOf);
};
export default limiter;

const candidatesOf = (capacity: number) => [capacity - 1, capacity, capacity + 1];
const fixedPath = (step: number, limit: number) => `/fixed/${step}/${limit}`;

/** Receivers by their path, each with a capacity of its own, whose steps start at `begin`. */
async function startSteppingReceivers() {
  const ledgers = new Map<string, Ledger>();
  const serving = new Map<string, number>();
  let start = Number.POSITIVE_INFINITY;
  const ledgerOf = (path: string): Ledger => {
    const ledger = ledgers.get(path) ?? { taken: CAPACITY.map(() => 0), refused: CAPACITY.map(() => 0) };
    ledgers.set(path, ledger);
    return ledger;
  };
  const receiver = await startReceiver(async (path) => {
    const step = Math.floor(Math.max(0, performance.now() - start) / STEP_MS);
    const capacity = CAPACITY[step];
    if (capacity === undefined) return delay(SERVICE_MS, true); // after the last step nothing counts
    const now = serving.get(path) ?? 0;
    const isTaken = now < capacity;
    const counts = ledgerOf(path)[isTaken ? "taken" : "refused"];
    counts[step] = (counts[step] ?? 0) + 1;
    if (!isTaken) return false;
    serving.set(path, now + 1);
    await delay(SERVICE_MS * (0.8 + 0.4 * Math.random()));
    serving.set(path, (serving.get(path) ?? 0) - 1);
    return true;
  });
  return {
    receiver,
    ledgerOf,
    begin() {
      start = performance.now();
    },
  };
}

/** Keeps so many requests under way until then. */
async function sendFixed(url: string, limit: number, until: number): Promise<void> {
  const subject = { company_id: randomUUID(), name: "Company", domain: null, website: null };
  const job = { id: "1", token: "t", stage: "company", subject };
  const body = JSON.stringify({ batch_id: randomUUID(), callback_url: url, jobs: [job] });
  const keepSending = async () => {
    while (performance.now() < until) {
      const response = await fetch(url, { method: "POST", body });
      await response.text();
      if (response.status === 429) await delay(100);
    }
  };
  await Promise.all(Array.from({ length: limit }, keepSending));
}

function figuresOf(ledgerOf: (path: string) => Ledger) {
  const ours = ledgerOf(OURS);
  const steps = CAPACITY.map((capacity, step) => {
    const fixed = candidatesOf(capacity).map((limit) => {
      const { taken, refused } = ledgerOf(fixedPath(step, limit));
      const [done = 0, turnedAway = 0] = [taken[step], refused[step]];
      return { limit, done, rate: turnedAway / (done + turnedAway) };
    });
    const fitting = fixed.filter(({ rate }) => rate <= MOST_429).toSorted((a, b) => b.done - a.done);
    const [best] = fitting;
    if (!best) throw new Error(`no fixed value stays under ${MOST_429} of 429 at a capacity of ${capacity}`);
    const [done = 0, refused = 0] = [ours.taken[step], ours.refused[step]];
    return { capacity, "best fixed": best.limit, "its work": best.done, ours: done, refused };
  });
  console.table(steps);
  const done = sum(ours.taken);
  return {
    vs_best_fixed: rounded(done / sum(steps.map((one) => one["its work"]))),
    rate_429: rounded(sum(ours.refused) / (done + sum(ours.refused))),
    worst_step: rounded(Math.min(...steps.map((one) => one.ours / one["its work"]))),
  };
}

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
