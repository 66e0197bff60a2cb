import type { TransactionSql } from "postgres";
import { attemptAll } from "./attempt.ts";
import type { Failure } from "./cells.ts";
import { functions } from "./functions.ts";
import { fill, type World } from "./world.ts";

/** A stranger whom a function refuses has locked no row until then: nobody is held up by people who have no business there. */
export async function lockFailures(sql: TransactionSql, world: World): Promise<Failure[]> {
  const calls = Object.entries(functions).flatMap(([name, list]) =>
    list
      .filter(({ by, with: given }) => !Array.isArray(by) && by !== "everyone" && given.includes("{"))
      .map((call) => ({ name, call })),
  );
  await sql`savepoint locks`;
  // A lock on a row gives the transaction that takes it a number, and a refusal now tells how many of ours have one.
  await sql`
    create function pg_temp.numbered_transactions() returns text language sql as $$
      select count(*)::text from pg_locks where pid = pg_backend_pid() and locktype = 'transactionid'
    $$`;
  await sql`
    create or replace function private.fail(code text, status int, message text, details text default null) returns void
    language plpgsql as $$
    begin
      raise exception using errcode = 'PT' || fail.status, message = fail.message, hint = fail.code, detail = pg_temp.numbered_transactions();
    end
    $$`;
  const [before] = await sql`select pg_temp.numbered_transactions() as n`;
  const outcomes = await attemptAll(
    sql,
    calls.map(({ name, call }) => ({
      as: world.callers.outsider,
      sql: `select count(*) from ${name}(${fill(call.with, world.a, world.b)})`,
    })),
  );
  await sql`rollback to savepoint locks`;
  return calls.flatMap(({ name, call }, index) => {
    const { state, details } = outcomes[index] ?? {};
    if (!state?.startsWith("PT") || details === before?.n) return [];
    return [{ cell: `${name}(${call.with}) by outsider: rows locked`, expected: "none", got: "some" }];
  });
}
