import type { JobOutcome } from "../providers/provider.ts";
import { type Answered, type Finished, isDatabaseAway, isDatabaseTrouble, type Queue } from "./queue.ts";

/** How long it is before a database that is away is tried again, at first and at most, in milliseconds. */
const PAUSE_MS = { first: 100, longest: 3_000 };

const UNSTORABLE: JobOutcome = {
  kind: "failed",
  code: "internal",
  reason: "What was found could not be stored.",
};

/**
 * What requests of a slice ended with, until it is stored: one transaction at a time, each with all that ended during the one before. It was paid
 * for, so a database that is away is waited for, until `giveUp` is aborted.
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

/** Completes what is finished; if that fails, each job alone, so that one result that cannot be stored costs no other. Gives the failures of the database itself. */
async function storeAll(
  queue: Pick<Queue, "complete">,
  finished: readonly Finished[],
  answered: readonly Answered[],
  giveUp: AbortSignal,
): Promise<unknown[]> {
  try {
    await completeWhenThere(queue, finished, answered, giveUp);
    return [];
  } catch (error) {
    console.error(error);
  }
  const failures: unknown[] = [];
  for (const one of finished) {
    await queue
      .complete([one], [])
      .catch((error: unknown) => {
        if (isDatabaseTrouble(error)) throw error;
        return queue.complete([{ ...one, outcome: UNSTORABLE }], []);
      })
      .catch((error: unknown) => failures.push(error));
  }
  await queue.complete([], answered).catch((error: unknown) => failures.push(error));
  return failures;
}

/** Completes what is finished, as soon as the database is there to do it: what it has stored before its answer was lost, it does not store again. */
async function completeWhenThere(
  queue: Pick<Queue, "complete">,
  finished: readonly Finished[],
  answered: readonly Answered[],
  giveUp: AbortSignal,
): Promise<void> {
  for (let pauseMs = PAUSE_MS.first; ; pauseMs = Math.min(2 * pauseMs, PAUSE_MS.longest)) {
    try {
      return await queue.complete(finished, answered);
    } catch (error) {
      if (giveUp.aborted || !isDatabaseAway(error)) throw error;
      console.error(error);
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
