/** How fast something goes on, over its last seconds. */
export class RateMeter {
  readonly #window: number;
  #samples: { at: number; done: number }[] = [];

  /** @param window milliseconds that count */
  constructor(window = 10_000) {
    this.#window = window;
  }

  /** Says that `done` are done at `at` (milliseconds on any clock that only goes forward). */
  add(done: number, at: number): void {
    this.#samples.push({ at, done });
    while (this.#samples.length > 2 && (this.#samples[1]?.at ?? at) < at - this.#window)
      this.#samples.shift();
  }

  /** Done in a second, or null before it can be known. */
  perSecond(): number | null {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.at <= first.at) return null;
    return ((last.done - first.done) * 1_000) / (last.at - first.at);
  }
}
