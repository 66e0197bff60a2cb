import pg from "pg";
import { rolledBack } from "../db/pool.ts";
import type { Identity } from "../identity.ts";

/** What the policies on realtime.messages let somebody do on one topic. */
export interface Permissions {
  read: boolean;
  write: boolean;
}

export type Authorise = (identity: Identity, topic: string) => Promise<Permissions>;

const insufficientPrivilege = "42501";
const statementTimeoutMs = 5000;

/**
 * Asks the policies as hosted Realtime does: a row of the topic is written without them, then read and written
 * again as the caller with `realtime.topic` set, and all of it is rolled back.
 * @param pool connects as supabase_realtime_admin, which policies do not bind
 */
export function authoriser(pool: pg.Pool): Authorise {
  return (identity, topic) => rolledBack(pool, (client) => probe(client, identity, topic));
}

const insertProbe =
  "insert into realtime.messages (topic, extension, private) values ($1, 'broadcast', true)";

async function probe(client: pg.PoolClient, identity: Identity, topic: string): Promise<Permissions> {
  const written = await client.query<{ id: string }>(`${insertProbe} returning id`, [topic]);
  await client.query(
    `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true),
       set_config('realtime.topic', $3, true), set_config('statement_timeout', $4, true)`,
    [identity.role, JSON.stringify(identity.claims), topic, String(statementTimeoutMs)],
  );
  const seen = await allowed(client, "select from realtime.messages where id = $1", [written.rows[0]?.id]);
  const inserted = await allowed(client, insertProbe, [topic]);
  return { read: seen === 1, write: inserted === 1 };
}

/** The rows a statement touched; 0 when the role or a policy refuses it. */
async function allowed(client: pg.PoolClient, text: string, values: unknown[]): Promise<number> {
  await client.query("savepoint probe");
  try {
    const { rowCount } = await client.query(text, values);
    return rowCount ?? 0;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== insufficientPrivilege) throw error;
    await client.query("rollback to savepoint probe");
    return 0;
  }
}
