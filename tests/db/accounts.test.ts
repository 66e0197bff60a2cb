import { randomUUID } from "node:crypto";
import type { TransactionSql } from "postgres";
import { beforeEach, expect, test } from "vitest";
import { type Person, testDatabase } from "../support/database.ts";
import { until } from "../support/until.ts";

const database = testDatabase();
let ann: Person;
let bob: Person;

beforeEach(async () => {
  ann = await database.current.makePerson("ann");
  bob = await database.current.makePerson("bob");
  await database.current.addMember(ann.workspaceId, bob, "owner");
});

/** In one transaction `first`, and `second` once `other`, which starts in between, waits for it. */
async function around(
  first: (sql: TransactionSql) => Promise<unknown>,
  other: () => PromiseLike<unknown>,
  second: (sql: TransactionSql) => Promise<unknown>,
): Promise<void> {
  const { sql } = database.current;
  const work: PromiseLike<unknown>[] = [];
  await sql.begin(async (holder) => {
    await first(holder);
    work.push(Promise.allSettled([other()]));
    await until("the other one waits", async () => {
      const waiting = await sql`select from pg_stat_activity where wait_event_type = 'Lock'`;
      return waiting.length > 0;
    });
    await second(holder);
  });
  expect(await Promise.all(work)).toMatchObject([[{ status: "fulfilled" }]]);
}

const lockWorkspace = (sql: TransactionSql) =>
  sql`select from public.workspaces where id = ${ann.workspaceId} for no key update`;

test("an address that changes shows for all their members, also while somebody changes their role", async () => {
  const { sql } = database.current;
  await around(
    lockWorkspace,
    () => sql`update auth.users set email = ${`new-${bob.email}`} where id = ${bob.id}`,
    (holder) =>
      holder`update public.workspace_members set role = 'admin' where workspace_id = ${ann.workspaceId} and user_id = ${bob.id}`,
  );
  const rows =
    await sql`select email, role from public.workspace_members where user_id = ${bob.id} order by role`;
  expect(rows).toEqual([
    { email: `new-${bob.email}`, role: "admin" },
    { email: `new-${bob.email}`, role: "owner" },
  ]);
});

test("what changes no role waits for nobody who changes roles", async () => {
  const { sql } = database.current;
  await sql.begin(async (holder) => {
    await lockWorkspace(holder);
    await sql.begin(async (other) => {
      await other`set local lock_timeout = '2s'`;
      await other`update public.workspace_members set email = 'x@test.example' where workspace_id = ${ann.workspaceId}`;
    });
  });
});

test("an account that goes waits for the campaigns it made in their order", async () => {
  const { sql } = database.current;
  const ids = Array.from({ length: 6 }, () => randomUUID()).sort();
  for (const id of ids.toReversed()) {
    await sql`insert into public.campaigns (id, workspace_id, name, created_by) values (${id}, ${ann.workspaceId}, 'C', ${bob.id})`;
  }
  const lock = (at: number) => (holder: TransactionSql) =>
    holder`select from public.campaigns where id = ${ids.at(at) ?? ""} for no key update`;
  await around(lock(0), () => sql`delete from auth.users where id = ${bob.id}`, lock(-1));
  expect(await sql`select from public.campaigns where created_by = ${bob.id}`).toHaveLength(0);
});

test("rows of somebody who left become nobody's, also when many others of theirs are of a campaign that is put away", async () => {
  const { sql } = database.current;
  const [busy, active] = [await database.current.makeCampaign(ann), await database.current.makeCampaign(ann)];
  for (const campaign of [busy, active]) {
    await sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key, owner_id)
      select ${ann.workspaceId}, ${campaign}, 'C' || n, 'c' || n, ${bob.id} from generate_series(1, 10) as n`;
    await sql`insert into public.contacts (workspace_id, campaign_id, company_id, name, dedupe_key, owner_id)
      select workspace_id, campaign_id, id, 'P', 'p', ${bob.id} from public.companies where campaign_id = ${campaign}`;
  }
  await sql`delete from public.workspace_members where workspace_id = ${ann.workspaceId} and user_id = ${bob.id}`;
  await sql`update public.campaigns set state = 'archiving' where id = ${busy}`;
  for (let piece = 0; piece < 2; piece += 1)
    await sql`select private.release_rows(${ann.workspaceId}, ${bob.id}, 5)`;
  const owned = await sql`select campaign_id from public.companies where owner_id = ${bob.id}
    union all select campaign_id from public.contacts where owner_id = ${bob.id}`;
  expect(owned).toEqual(Array.from({ length: 20 }, () => ({ campaign_id: busy })));
});
