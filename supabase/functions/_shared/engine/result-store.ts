import type { JobOutcome } from "../providers/provider.ts";
import { oncePassed } from "./once-passed.ts";
import { type Answered, type Finished, isDatabaseAway, isRefused, type Queue } from "./queue.ts";

const UNSTORABLE: JobOutcome = {
  kind: "failed",
  code: "internal",
  reason: "What was found could not be stored.",
};

/**
 * What requests of a slice ended with, until it is stored: one transaction at a time, each with all that ended during the one before. It was paid
 * for, so what is passing, a database that is away or short of memory, is waited out, until `giveUp` is aborted.
 */
export class ResultStore {
  /** What the database could not do; the jobs that it met go back to the queue when their lease ends. */
  readonly failures: unknown[] = [];
  readonly #queue: Pick<Queue, "complete">;
  readonly #giveUp: AbortSignal;
  #finished: Finished[] = [];
  #answered: Answered[] = [];
  #storing: Promise<void> | null = null;
  #beingStored: readonly Answered[] = [];
  #stored = 0;

  constructor(queue: Pick<Queue, "complete">, giveUp: AbortSignal) {
    this.#queue = queue;
    this.#giveUp = giveUp;
  }

  add(finished: readonly Finished[], answered: Answered): void {
    this.#finished.push(...finished);
    this.#answered.push(answered);
  }

  /** Requests whose results no transaction has begun to store. */
  get waiting(): number {
    return this.#answered.length;
  }

  /** Batches whose results are not stored yet. */
  get batchIds(): string[] {
    return [...this.#beingStored, ...this.#answered].map((one) => one.batchId);
  }

  /** How many transactions have ended: what they stored may have made further jobs. */
  get stored(): number {
    return this.#stored;
  }

  /** Settles when what is being stored is; null if nothing is. */
  get storing(): Promise<void> | null {
    return this.#storing;
  }

  /** Begins to store what ended, unless something is being stored. Never rejects. */
  store(): void {
    if (this.#storing || this.#answered.length === 0) return;
    const [finished, answered] = [this.#finished, this.#answered];
    this.#finished = [];
    this.#answered = [];
    this.#beingStored = answered;
    this.#storing = storeAll(this.#queue, finished, answered, this.#giveUp).then((failures) => {
      this.failures.push(...failures);
      this.#storing = null;
      this.#stored += 1;
      this.#beingStored = [];
    });
  }
}

/**
 * Completes what is finished; if that fails, each job alone, so that one result that cannot be stored costs no other. Gives the failures of the
 * database itself; batches of jobs that met them are left to the end of their lease.
 */
async function storeAll(
  queue: Pick<Queue, "complete">,
  finished: readonly Finished[],
  answered: readonly Answered[],
  giveUp: AbortSignal,
): Promise<unknown[]> {
  const complete = (jobs: readonly Finished[], batches: readonly Answered[]) =>
    oncePassed(() => queue.complete(jobs, batches), giveUp);
  try {
    await complete(finished, answered);
    return [];
  } catch (error) {
    if (isDatabaseAway(error)) return [error]; // it was given up
    console.error(error);
  }
  const failures: unknown[] = [];
  const unstored = new Set<string>();
  for (const one of finished) {
    try {
      await complete([one], []).catch((error: unknown) => {
        if (!isRefused(error)) throw error;
        return complete([{ ...one, outcome: UNSTORABLE }], []);
      });
    } catch (error) {
      failures.push(error);
      if (isDatabaseAway(error)) return failures;
      unstored.add(one.batchId);
    }
  }
  const stored = answered.filter(({ batchId }) => !unstored.has(batchId));
  await complete([], stored).catch((error: unknown) => failures.push(error));
  return failures;
}
