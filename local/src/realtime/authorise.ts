import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { rolledBack } from "../db/pool.ts";
import type { Identity } from "../identity.ts";

/** What the policies on realtime.messages let somebody do on one topic. */
export interface Permissions {
  read: boolean;
  write: boolean;
}

export type Authorise = (identity: Identity, topic: string) => Promise<Permissions>;

/** Whether somebody may read one message of a topic, which is committed. */
export type MayRead = (identity: Identity, topic: string, messageId: string) => Promise<boolean>;

const insufficientPrivilege = "42501";
const statementTimeoutMs = 5000;
const visibleTries = 100;
const visibleDelayMs = 10;

/**
 * Asks the policies as hosted Realtime does: a row of the topic is written without them, then read and written
 * again as the caller with `realtime.topic` set, and all of it is rolled back.
 * @param pool connects as supabase_realtime_admin, which policies do not bind
 */
export function authoriser(pool: pg.Pool): Authorise {
  return (identity, topic) => rolledBack(pool, (client) => probe(client, identity, topic));
}

/** Asks the policies about a message that is there. `pool` as for `authoriser`. */
export function messageReader(pool: pg.Pool): MayRead {
  return (identity, topic, messageId) =>
    rolledBack(pool, async (client) => {
      const find = () => client.query("select from realtime.messages where id = $1", [messageId]);
      // The log tells of a commit a moment before other transactions see it: until then the policies would see the time before.
      for (let tries = 0; (await find()).rowCount === 0; tries += 1) {
        if (tries === visibleTries) throw new Error(`The message ${messageId} is not in realtime.messages`);
        await wait(visibleDelayMs);
      }
      await become(client, identity, topic);
      return (await allowed(client, "select from realtime.messages where id = $1", [messageId])) === 1;
    });
}

const insertProbe =
  "insert into realtime.messages (topic, extension, private) values ($1, 'broadcast', true)";

async function probe(client: pg.PoolClient, identity: Identity, topic: string): Promise<Permissions> {
  const written = await client.query<{ id: string }>(`${insertProbe} returning id`, [topic]);
  await become(client, identity, topic);
  const seen = await allowed(client, "select from realtime.messages where id = $1", [written.rows[0]?.id]);
  const inserted = await allowed(client, insertProbe, [topic]);
  return { read: seen === 1, write: inserted === 1 };
}

/** For the rest of the transaction the client is the caller, asking about the topic. */
async function become(client: pg.PoolClient, identity: Identity, topic: string): Promise<void> {
  await client.query(
    `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true),
       set_config('realtime.topic', $3, true), set_config('statement_timeout', $4, true)`,
    [identity.role, JSON.stringify(identity.claims), topic, String(statementTimeoutMs)],
  );
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
