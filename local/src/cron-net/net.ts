import type pg from "pg";
import { type QueuedRequest, send } from "./send.ts";

/** As pg_net: so many at once, and the next ones when all of them have ended. */
const batchSize = 200;

/** Sends what is queued in net.http_request_queue and records the answers in net._http_response. */
export class NetRequests {
  readonly #pool: pg.Pool;
  readonly #closing = new AbortController();
  #draining: Promise<void> | undefined;
  #again = false;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Sends everything queued. Called while that is going on, it looks once more when done. */
  drain(): Promise<void> {
    this.#again = true;
    this.#draining ??= this.#drain().finally(() => {
      this.#draining = undefined;
    });
    return this.#draining;
  }

  async #drain(): Promise<void> {
    while (this.#again && !this.#closing.signal.aborted) {
      this.#again = false;
      for (let batch = await this.#take(); batch.length > 0; batch = await this.#take()) {
        await Promise.all(batch.map((request) => this.#send(request)));
      }
    }
  }

  async #take(): Promise<QueuedRequest[]> {
    if (this.#closing.signal.aborted) return [];
    const { rows } = await this.#pool.query<QueuedRequest>(
      `delete from net.http_request_queue
       where id in (select id from net.http_request_queue order by id limit $1)
       returning *`,
      [batchSize],
    );
    return rows;
  }

  async #send(request: QueuedRequest): Promise<void> {
    const response = await send(request, this.#closing.signal);
    if (this.#closing.signal.aborted) return;
    await this.#pool.query(
      `insert into net._http_response (id, status_code, content_type, headers, content, timed_out, error_msg)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        response.id,
        response.status_code,
        response.content_type,
        response.headers,
        response.content,
        response.timed_out,
        response.error_msg,
      ],
    );
  }

  /** Aborts what is under way. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#draining?.catch(() => {}); // told to whoever called drain
  }
}
