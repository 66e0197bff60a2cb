import postgres from "postgres";
import type { UserClaims } from "./auth.ts";

export type Db = postgres.Sql;
export type Transaction = postgres.TransactionSql;

/** The most seconds before another attempt to connect: a worker that comes back later than its lease is taken for dead. */
const LONGEST_BACKOFF = 1;

/** A few connections to Postgres, or as many as given, that also work through a transaction pooler (no prepared statements). */
export function connect(url: string, max = 4): Db {
  return postgres(url, {
    prepare: false,
    max,
    idle_timeout: 20,
    connect_timeout: 10,
    backoff: (attempts) => Math.min(3 ** attempts / 100, LONGEST_BACKOFF),
    onnotice: () => {},
  });
}

/**
 * Runs `work` in one read-only snapshot as the user: the row-level security of their role and claims applies. A reader that
 * stalls for 30 s loses its connection, so that a few slow downloads cannot take them all.
 */
export function readAsUser<T>(
  db: Db,
  claims: UserClaims,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return asUser(db, claims, "isolation level repeatable read read only", work);
}

/** Runs `work` in one transaction as the user: their rights, and the same limits. */
export function writeAsUser<T>(
  db: Db,
  claims: UserClaims,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return asUser(db, claims, "", work);
}

async function asUser<T>(
  db: Db,
  claims: UserClaims,
  options: string,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const result = await db.begin(options, async (transaction) => {
    await transaction`
      select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${JSON.stringify(claims)}, true),
        set_config('statement_timeout', '8000', true), set_config('idle_in_transaction_session_timeout', '30000', true)`;
    return { value: await work(transaction) };
  });
  return result.value;
}
