export const fiveMinutes = 300_000;

const maxKeys = 10_000;

/** Allows `burst` events at once for a key and then one every `everyMs`. */
export class RateLimit {
  readonly #burst: number;
  readonly #everyMs: number;
  /** The least recently used key comes first. */
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(burst: number, everyMs: number) {
    this.#burst = burst;
    this.#everyMs = everyMs;
  }

  /** Takes one event; false when the key has used up its share. */
  take(key: string, now = Date.now()): boolean {
    const { tokens, at } = this.#buckets.get(key) ?? { tokens: this.#burst, at: now };
    const available = Math.min(this.#burst, tokens + (now - at) / this.#everyMs);
    this.#buckets.delete(key);
    this.#buckets.set(key, { tokens: available < 1 ? available : available - 1, at: now });
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > maxKeys && oldest !== undefined) this.#buckets.delete(oldest);
    return available >= 1;
  }
}
