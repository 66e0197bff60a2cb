import pg from "pg";
import { openPool } from "./pool.ts";
import { type Sql, sql } from "./sql.ts";

/** One result row; every column arrives as the text Postgres made. */
export type Row = Record<string, string | null>;

/** Who a statement runs as, and what it can read through current_setting('request.…'). */
export interface Caller {
  role: string;
  claims: Record<string, unknown>;
  method: string;
  path: string;
  headers: Record<string, string>;
  readOnly: boolean;
  /** Settings of the role (alter role … set …), which `set role` alone would not apply. */
  settings: Record<string, string>;
}

export interface DatabaseOptions {
  connections: number;
  /** For roles without one of their own. */
  statementTimeoutMs: number;
  /** Hears of lost connections; they are replaced. */
  report: (error: unknown) => void;
}

interface RunOptions {
  signal?: AbortSignal;
  /** Sees the last statement's row before the commit; throwing rolls back. Costs a second round trip. */
  approve?: (row: Row) => void;
}

const maxNamedStatements = 500;
const reconnectMs = 1000;
const asText = { getTypeParser: () => (value: string) => value };

/** The API's connections: a login role that can only become anon, authenticated or service_role. */
export class Database {
  readonly #pool: pg.Pool;
  readonly #controlConfig: pg.ClientConfig;
  readonly #report: (error: unknown) => void;
  readonly #names = new Map<string, string>();
  #control: pg.Client | undefined;
  #reconnect: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(url: string, options: DatabaseOptions) {
    this.#report = options.report;
    const common = { connectionString: url, application_name: "rest", pipeline: true };
    this.#pool = openPool(
      {
        ...common,
        max: options.connections,
        statement_timeout: options.statementTimeoutMs,
        options: "-c timezone=UTC",
      },
      options.report,
    );
    this.#controlConfig = common;
  }

  /** Opens the control connection, and again whenever it is lost: it hears NOTIFY pgrst and cancels statements. */
  async open(onNotify: (payload: string) => void): Promise<void> {
    const control = new pg.Client(this.#controlConfig);
    control.on("error", this.#report);
    control.on("notification", (message) => onNotify(message.payload ?? ""));
    await control.connect();
    await control.query("listen pgrst");
    control.on("end", () => this.#reopen(onNotify));
    this.#control = control;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#reconnect);
    await Promise.all([this.#pool.end(), this.#control?.end()]);
  }

  #reopen(onNotify: (payload: string) => void): void {
    if (this.#closed) return;
    this.open(onNotify).then(
      () => onNotify("reload schema"), // a notification may have been missed
      () => {
        this.#reconnect = setTimeout(() => this.#reopen(onNotify), reconnectMs);
      },
    );
  }

  /** A statement as the login role itself: the catalog. */
  async query(statement: Sql): Promise<Row[]> {
    const result = await this.#pool.query({ ...statement.compile(), types: asText });
    return result.rows;
  }

  /**
   * Runs statements as the caller in one transaction and, thanks to pipelining, one round trip: begin, role and
   * claims, statements and commit leave together. When one fails, Postgres skips those behind it and the commit
   * becomes a rollback. Gives the first row of each statement.
   */
  async run(caller: Caller, statements: readonly Sql[], options: RunOptions = {}): Promise<Row[]> {
    const { signal, approve } = options;
    const client = await this.#pool.connect();
    let cancelling: Promise<void> | undefined;
    let cancel = () => {};
    try {
      signal?.throwIfAborted();
      const begun = client.query(caller.readOnly ? "begin read only" : "begin");
      const assumed = this.#send(client, assume(caller));
      cancel = () => {
        cancelling = this.#cancel(client, assumed);
      };
      signal?.addEventListener("abort", cancel);
      const sent = statements.map((statement) => this.#send(client, statement));
      const early = approve ? [] : [client.query("commit")];
      const outcomes = await Promise.allSettled([begun, assumed, ...sent, ...early]);
      const failed = outcomes.find((outcome) => outcome.status === "rejected");
      if (failed) {
        if (approve) await client.query("rollback");
        throw failed.reason;
      }
      const rows = (await Promise.all(sent)).map((result) => result.rows[0] ?? {});
      if (approve) await settle(client, rows, approve);
      return rows;
    } finally {
      signal?.removeEventListener("abort", cancel);
      await cancelling; // before the connection goes to somebody else
      client.release();
    }
  }

  /** Cancels what the client runs, once the caller's role is assumed: begin and role are never cut off. */
  async #cancel(client: pg.PoolClient, assumed: Promise<unknown>): Promise<void> {
    try {
      await assumed;
      await this.#control?.query("select pg_cancel_backend($1)", [backendId(client)]);
    } catch {
      // the request has failed already, or the control connection is gone: the statement timeout ends it then
    }
  }

  #send(client: pg.PoolClient, statement: Sql): Promise<pg.QueryResult<Row>> {
    const query = statement.compile();
    const name = this.#nameOf(query.text);
    return client.query<Row>({ ...query, types: asText, ...(name && { name }) });
  }

  /** Statements of the same shape are prepared once a connection; past the limit they are not named. */
  #nameOf(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known || this.#names.size >= maxNamedStatements) return known;
    const name = `s${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}

async function settle(client: pg.PoolClient, rows: Row[], approve: (row: Row) => void): Promise<void> {
  try {
    approve(rows.at(-1) ?? {});
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
  await client.query("commit");
}

function assume(caller: Caller): Sql {
  const settings = Object.entries(caller.settings).map(
    ([name, value]) => sql`, set_config(${name}, ${value}, true)`,
  );
  const extra = settings.reduce((all, one) => sql`${all}${one}`, sql``);
  return sql`select set_config('role', ${caller.role}, true),
    set_config('request.jwt.claims', ${JSON.stringify(caller.claims)}, true),
    set_config('request.method', ${caller.method}, true), set_config('request.path', ${caller.path}, true),
    set_config('request.headers', ${JSON.stringify(caller.headers)}, true)${extra}`;
}

function backendId(client: pg.PoolClient): number {
  return (client as pg.PoolClient & { processID: number }).processID; // public in pg, absent from its types
}
