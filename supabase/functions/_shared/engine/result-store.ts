import type { JobOutcome } from "../providers/provider.ts";
import { type Answered, type Finished, isDatabaseTrouble, type Queue } from "./queue.ts";

const UNSTORABLE: JobOutcome = {
  kind: "failed",
  code: "internal",
  reason: "What was found could not be stored.",
};

/** What requests of a slice ended with, until it is stored: one transaction at a time, each with all that ended during the one before. */
export class ResultStore {
  /** What the database could not do; the jobs that it met go back to the queue when their lease ends. */
  readonly failures: unknown[] = [];
  readonly #queue: Pick<Queue, "complete">;
  #finished: Finished[] = [];
  #answered: Answered[] = [];
  #storing: Promise<void> | null = null;
  #beingStored: readonly Answered[] = [];
  #stored = 0;

  constructor(queue: Pick<Queue, "complete">) {
    this.#queue = queue;
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
    this.#storing = storeAll(this.#queue, finished, answered).then((failures) => {
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
): Promise<unknown[]> {
  try {
    await queue.complete(finished, answered);
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
