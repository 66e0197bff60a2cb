const windowMilliseconds = 60_000;

/** How often something that dies may be started again: the fifth death within a minute is the last. */
export class RestartLimit {
  readonly most = 5;
  #deaths: number[] = [];

  /** Counts one death. Returns the milliseconds to wait before starting again, or null when it is enough. */
  next(now = Date.now()): number | null {
    this.#deaths = [...this.#deaths.filter((at) => at > now - windowMilliseconds), now];
    return this.#deaths.length >= this.most ? null : 50 * 2 ** this.#deaths.length;
  }
}
