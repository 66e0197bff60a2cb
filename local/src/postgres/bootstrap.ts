import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import pg from "pg";
import { loginRoles, type StackKeys } from "../data-directory/keys.ts";

/** In this order: a later file uses what an earlier one made. */
const files = [
  "postgres/sql/roles.sql",
  "postgres/sql/schemas.sql",
  "rest/schema.sql",
  "auth/schema.sql",
  "rest/schema.sql",
  "storage/schema.sql",
  "storage/schema.sql",
  "realtime/schema.sql",
  "cron-net/cron.sql",
  "cron-net/net.sql",
  "postgres/sql/vault.sql",
  "postgres/sql/system-tables.sql",
];

async function statements({ passwords }: StackKeys): Promise<string> {
  const texts = await Promise.all(
    files.map((file) => readFile(new URL(`../${file}`, import.meta.url), "utf8")),
  );
  const logins = loginRoles.map(
    (role) => `alter role ${role} password ${pg.escapeLiteral(passwords[role])};`,
  );
  return [...texts, ...logins].join("\n");
}

/**
 * Gives the database what a hosted project has before its first migration: roles, schemas, and the tables and
 * functions of each service. All or nothing; does nothing when it has been done with these same files.
 */
export async function bootstrap(superuserUrl: string, keys: StackKeys): Promise<void> {
  const sql = await statements(keys);
  const hash = createHash("sha256").update(sql).digest("hex");
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    if ((await lastHash(client)) === hash) return;
    await client.query("begin");
    await client.query(sql);
    await client.query(
      "insert into local_stack.state values ('bootstrap', $1) on conflict (name) do update set value = excluded.value",
      [hash],
    );
    await client.query("commit");
  } finally {
    await client.end();
  }
}

async function lastHash(client: pg.Client): Promise<string | undefined> {
  const known = await client.query("select to_regclass('local_stack.state') is not null as known");
  if (known.rows[0]?.known !== true) return undefined;
  const { rows } = await client.query<{ value: string }>(
    "select value from local_stack.state where name = 'bootstrap'",
  );
  return rows[0]?.value;
}
