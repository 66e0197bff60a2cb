/** Tells slices that wait for slow requests that there may be more to do. */
export class Bell {
  #ring: () => void = () => {};
  #rung = this.#next();

  ring(): void {
    this.#ring();
    this.#rung = this.#next();
  }

  /** Settles at the next ring. */
  rung(): Promise<void> {
    return this.#rung;
  }

  #next(): Promise<void> {
    return new Promise((resolve) => {
      this.#ring = resolve;
    });
  }
}
