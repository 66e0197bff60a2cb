import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";

const reconnectMilliseconds = 250;

/**
 * Listens on channels until closed, connecting again whenever the connection is lost. `onConnected` is called after
 * each connect, because what was notified in between was missed.
 */
export class Listener {
  readonly #connectionString: string;
  readonly #handlers: Record<string, () => void>;
  readonly #onConnected: () => void;
  #client: pg.Client | undefined;
  #closed = false;

  constructor(connectionString: string, handlers: Record<string, () => void>, onConnected: () => void) {
    this.#connectionString = connectionString;
    this.#handlers = handlers;
    this.#onConnected = onConnected;
  }

  async open(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#connectionString, application_name: "cron-net" });
    this.#client = client;
    client.on("error", () => {}); // what follows is "end"
    client.on("notification", ({ channel }) => this.#handlers[channel]?.());
    await client.connect();
    for (const channel of Object.keys(this.#handlers))
      await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    client.once("end", () => void this.#reopen());
    this.#onConnected();
  }

  async #reopen(): Promise<void> {
    while (!this.#closed) {
      try {
        return await this.open();
      } catch {
        await delay(reconnectMilliseconds); // Postgres is being started again
      }
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#client?.end();
  }
}
