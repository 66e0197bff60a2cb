import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { type Person, type Sql, testDatabase } from "../support/database.ts";
import { until } from "../support/until.ts";

const database = testDatabase();
let ann: Person;
let bob: Person;

beforeEach(async () => {
  ann = await database.current.makePerson("ann");
  bob = await database.current.makePerson("bob");
  await database.current.addMember(ann.workspaceId, bob, "owner");
});

/** Does `first` in a transaction, starts `other` on another connection, and once that waits does `then` in the transaction. */
async function whileItWaits(
  first: (sql: Sql) => Promise<unknown>,
  other: (sql: Sql) => Promise<unknown>,
  then: (sql: Sql) => Promise<unknown>,
): Promise<void> {
  const { sql } = database.current;
  await using holder = await reserve(sql);
  await using waiter = await reserve(sql);
  await holder.sql`begin`;
  await first(holder.sql);
  const waiting = other(waiter.sql);
  const outcome = Promise.allSettled([waiting]);
  await until("the other one waits", async () => {
    const [row] = await sql`select cardinality(pg_blocking_pids(${waiter.pid})) as n`;
    return row?.n > 0;
  });
  await then(holder.sql);
  await holder.sql`commit`;
  await outcome;
  await waiting;
}
