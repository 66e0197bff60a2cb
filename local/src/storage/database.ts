import type pg from "pg";
import { inTransaction } from "../db/pool.ts";
import type { Identity } from "../identity.ts";

/** Runs `work` in one transaction as the caller, so that policies decide. */
export function asCaller<T>(
  pool: pg.Pool,
  identity: Identity,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  return inTransaction(pool, async (client) => {
    await become(client, identity);
    return work(client);
  });
}

/** For the rest of the transaction statements run as the caller. */
export async function become(client: pg.PoolClient, identity: Identity): Promise<void> {
  await client.query("select set_config('role', $1, true), set_config('request.jwt.claims', $2, true)", [
    identity.role,
    JSON.stringify(identity.claims),
  ]);
}

/** For the rest of the transaction rows of Storage may be deleted: their files will be too. */
export async function allowDeletes(client: pg.PoolClient): Promise<void> {
  await client.query("select set_config('storage.allow_delete_query', 'true', true)");
}
