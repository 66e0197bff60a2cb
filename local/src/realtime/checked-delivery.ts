import { asError } from "./as-error.ts";

interface Options {
  /** Whether the listener may still read the message of realtime.messages with this id. */
  mayRead: (messageId: string) => Promise<boolean>;
  send: (frame: string) => void;
  /** The listener may not: nothing that waits is sent. */
  onRefused: () => void;
  /** It could not be found out: nothing that waits is sent. */
  onFailed: (error: Error) => void;
}

/**
 * Sends messages to one listener in the order in which they come, each after the policies were asked again: a membership may
 * have ended since the join. One question, about the last of them, answers for all that wait.
 */
export class CheckedDelivery {
  readonly #options: Options;
  #waiting: string[] = [];
  #last = "";
  #asking = false;

  constructor(options: Options) {
    this.#options = options;
  }

  deliver(frame: string, messageId: string): void {
    this.#waiting.push(frame);
    this.#last = messageId;
    if (this.#asking) return;
    this.#asking = true;
    this.#empty()
      .catch((error: unknown) => this.#options.onFailed(asError(error)))
      .finally(() => {
        this.#waiting = [];
        this.#asking = false;
      });
  }

  async #empty(): Promise<void> {
    while (this.#waiting.length > 0) {
      const frames = this.#waiting;
      this.#waiting = [];
      if (!(await this.#options.mayRead(this.#last))) return this.#options.onRefused();
      for (const frame of frames) this.#options.send(frame);
    }
  }
}
