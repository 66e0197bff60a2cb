import pg from "pg";

/**
 * A pool of connections that survives Postgres: a connection lost while idle is reported and replaced, one lost in
 * use fails the query that runs on it.
 */
export function openPool(config: pg.PoolConfig, report: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool(config);
  // Without a listener of its own a connection lost while in use would end the process.
  pool.on("connect", (client) => client.on("error", () => {})); // the query rejects with it
  pool.on("error", (error) => {
    if (!pool.ending) report(error);
  });
  return pool;
}

type Work<T> = (client: pg.PoolClient) => Promise<T>;

/** Runs `work` on one connection in one transaction, committed when it resolves and rolled back when it rejects. */
export function inTransaction<T>(pool: pg.Pool, work: Work<T>): Promise<T> {
  return run(pool, work, "commit");
}

/** Runs `work` in a transaction that is rolled back in any case: to ask what Postgres would say. */
export function rolledBack<T>(pool: pg.Pool, work: Work<T>): Promise<T> {
  return run(pool, work, "rollback");
}

async function run<T>(pool: pg.Pool, work: Work<T>, end: "commit" | "rollback"): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query(end);
    return result;
  } catch (error) {
    await client.query("rollback").catch((lost: Error) => {
      broken = lost; // such a connection is not given to anybody else
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
