import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningDatabase, startDatabase } from "../src/postgres/database.ts";
import { fixtureProject, temporaryDirectory } from "./stack-support.ts";

let database: RunningDatabase;
let dataDir: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ path: dataDir, remove } = await temporaryDirectory());
  database = await startDatabase({ projectDir: fixtureProject, dataDir });
});
afterAll(async () => {
  await database?.stop();
  await remove();
});

/** Runs statements in one transaction that is rolled back; the rows of the last, or the error's message. */
async function attempt(
  role: Parameters<RunningDatabase["connection"]>[0],
  ...statements: string[]
): Promise<unknown> {
  const client = new pg.Client({ connectionString: database.connection(role) });
  await client.connect();
  try {
    await client.query("begin");
    let rows: unknown[] = [];
    for (const statement of statements) ({ rows } = await client.query(statement));
    return rows;
  } catch (error) {
    return error instanceof Error ? error.message : error;
  } finally {
    await client.end();
  }
}

describe("the server", () => {
  test("keeps what is committed, in UTC, ready for logical replication", async () => {
    const settings = ["fsync", "synchronous_commit", "full_page_writes", "wal_level", "timezone", "jit"];
    const rows = await attempt(
      "postgres",
      `select name, setting from pg_settings where lower(name) = any ('{${settings}}')`,
    );
    expect(rows).toEqual(
      expect.arrayContaining([
        { name: "fsync", setting: "on" },
        { name: "synchronous_commit", setting: "on" },
        { name: "full_page_writes", setting: "on" },
        { name: "wal_level", setting: "logical" },
        { name: "TimeZone", setting: "UTC" },
        { name: "jit", setting: "off" },
      ]),
    );
  });

  test("listens on loopback alone and wants a password", async () => {
    expect(await attempt("postgres", "show listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
    const url = new URL(database.dbUrl);
    url.password = "wrong";
    const client = new pg.Client({ connectionString: url.href });
    await expect(client.connect()).rejects.toThrow("password authentication failed");
  });

  test("does not write the statements or the data of an error to its log", async () => {
    const secret = "0e9f4c70-secret";
    await attempt("postgres", `insert into public.notes (body) values (null, '${secret}')`);
    await attempt(
      "postgres",
      `insert into public.notes (id, body) overriding system value values (1, '${secret}')`,
    );
    expect(await readFile(join(dataDir, "logs", "postgres.log"), "utf8")).not.toContain(secret);
  });
});

describe("postgres, the role of migrations", () => {
  test("is no superuser, as hosted", async () => {
    const rows = await attempt(
      "postgres",
      "select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls from pg_roles where rolname = current_user",
    );
    expect(rows).toEqual([{ rolsuper: false, rolcreaterole: true, rolcreatedb: true, rolbypassrls: true }]);
  });

  test.each([
    ["read files of the server", "select pg_read_file('../vault.key')"],
    ["run programs", "copy public.notes from program 'id'"],
    ["become a superuser", "set role supabase_admin"],
    ["become the owner of storage", "set role supabase_storage_admin"],
    ["become the owner of realtime", "set role supabase_realtime_admin"],
    ["make a superuser", "create role boss superuser"],
    ["switch off row level security of storage", "alter table storage.objects disable row level security"],
    ["drop a table of storage", "drop table storage.objects cascade"],
    ["drop a column of realtime", "alter table realtime.messages drop column topic"],
    ["index a table of realtime", "create index on realtime.messages (topic)"],
    ["add a table to storage", "create table storage.mine ()"],
    [
      "replace a function of auth",
      "create or replace function auth.uid() returns uuid language sql as 'select null::uuid'",
    ],
    ["change a function of realtime", "alter function realtime.topic() security definer"],
    ["write what the stack keeps", "insert into local_stack.state values ('a', 'b')"],
  ])("may not %s", async (_, statement) => {
    expect(await attempt("postgres", statement)).toMatch(
      /permission denied|must be owner|must be superuser|Only roles with/,
    );
  });

  test.each([
    ["policies on storage", 'create policy "p" on storage.objects for select to authenticated using (true)'],
    [
      "policies on realtime",
      'create policy "p" on realtime.messages for select to authenticated using (true)',
    ],
    [
      "triggers on new users",
      "create function public.t() returns trigger language plpgsql as 'begin return new; end'",
      `create trigger t after insert on auth.users for each row execute function public.t()`,
    ],
    [
      "schemas and trusted extensions",
      "create schema private",
      "create extension pg_trgm with schema extensions",
    ],
    [
      "references to users",
      "create table public.profiles (id uuid references auth.users (id) on delete cascade)",
    ],
  ])("may make %s", async (_, ...statements) => {
    expect(await attempt("postgres", ...statements)).toEqual([]);
  });

  test("gives the API roles what it makes in public, as hosted", async () => {
    const rows = await attempt(
      "postgres",
      "create table public.made (id int)",
      `select role, has_table_privilege(role, 'public.made', 'select, insert, update, delete') as granted
       from unnest(array['anon', 'authenticated', 'service_role']) role`,
    );
    expect(rows).toEqual(["anon", "authenticated", "service_role"].map((role) => ({ role, granted: true })));
  });
});

describe("the roles of the API", () => {
  test.each(["anon", "authenticated", "service_role"])("authenticator may become %s", async (role) => {
    expect(await attempt("authenticator", `set role ${role}`)).toEqual([]);
  });

  test.each(["postgres", "supabase_admin", "supabase_auth_admin", "supabase_storage_admin"])(
    "authenticator may not become %s",
    async (role) => {
      expect(await attempt("authenticator", `set role ${role}`)).toBe(
        `permission denied to set role "${role}"`,
      );
    },
  );

  test("authenticator has no rights of its own", async () => {
    expect(await attempt("authenticator", "select * from public.notes")).toMatch("permission denied");
  });

  test.each([
    ["anon", "select * from auth.users"],
    ["authenticated", "select * from auth.users"],
    ["anon", "select cron.schedule('x', '1 second', 'select 1')"],
    ["authenticated", "select * from cron.job"],
    ["service_role", "select cron.schedule('x', '1 second', 'select 1')"],
    ["anon", "select net.http_get('http://127.0.0.1/')"],
    ["authenticated", "select net.http_post('http://127.0.0.1/')"],
    ["authenticated", "select * from net._http_response"],
    ["authenticated", "select * from vault.decrypted_secrets"],
    ["anon", "select vault.create_secret('x')"],
    ["authenticated", "create table public.x ()"],
    ["authenticated", "select * from local_stack.state"],
  ])("%s may not: %s", async (role, statement) => {
    expect(await attempt("authenticator", `set local role ${role}`, statement)).toMatch("permission denied");
  });

  test("have hosted's statement timeouts", async () => {
    const rows = await attempt(
      "postgres",
      `select rolname || ' ' || unnest(rolconfig) as setting from pg_roles
       where rolname in ('anon', 'authenticated', 'authenticator') order by 1`,
    );
    expect(rows).toEqual(
      expect.arrayContaining([
        { setting: "anon statement_timeout=3s" },
        { setting: "authenticated statement_timeout=8s" },
        { setting: "authenticator statement_timeout=8s" },
      ]),
    );
  });
});

describe("vault", () => {
  test("gives postgres and service_role the secret back, and stores it encrypted", async () => {
    const created = ["select vault.create_secret('the secret', 'token', 'for a test')"];
    const read = "select name, description, decrypted_secret from vault.decrypted_secrets";
    const expected = [{ name: "token", description: "for a test", decrypted_secret: "the secret" }];
    expect(await attempt("postgres", ...created, read)).toEqual(expected);
    expect(await attempt("authenticator", "set local role service_role", ...created, read)).toEqual(expected);
    const rows = await attempt(
      "postgres",
      ...created,
      "select decode(secret, 'base64') as stored from vault.secrets",
    );
    expect(rows).toEqual([{ stored: expect.any(Buffer) }]);
    expect(
      Buffer.from(JSON.stringify(rows)).includes(Buffer.from("the secret").toJSON().data.join(",")),
    ).toBe(false);
  });

  test("changes only what is given", async () => {
    const rows = await attempt(
      "postgres",
      "select vault.create_secret('one', 'token', 'kept')",
      "select vault.update_secret((select id from vault.secrets), 'two')",
      "select name, description, decrypted_secret from vault.decrypted_secrets",
    );
    expect(rows).toEqual([{ name: "token", description: "kept", decrypted_secret: "two" }]);
  });

  test("refuses a name twice", async () => {
    const create = "select vault.create_secret('x', 'token')";
    expect(await attempt("postgres", create, create)).toMatch("duplicate key");
  });

  test.each([
    "insert into vault.secrets (secret) values ('plain')",
    "update vault.secrets set secret = 'plain'",
    "select vault._key()",
    "select vault._encrypt('x')",
  ])("postgres may not: %s", async (statement) => {
    expect(await attempt("postgres", statement)).toMatch("permission denied");
  });
});

describe("extensions", () => {
  test("cron and net are not offered, so that migrations which look for them take what is here", async () => {
    const rows = await attempt(
      "postgres",
      "select name from pg_available_extensions where name in ('pg_cron', 'pg_net')",
    );
    expect(rows).toEqual([]);
  });
});

test("a database of before gets what a newer version of the stack brings, and keeps its rows", async () => {
  const { path, remove: removeData } = await temporaryDirectory();
  try {
    const first = await startDatabase({ projectDir: fixtureProject, dataDir: path });
    const admin = new pg.Client({ connectionString: first.connection("supabase_admin") });
    await admin.connect();
    await admin.query(
      "update local_stack.state set value = 'another' where name = 'bootstrap'; drop function vault.update_secret",
    );
    await admin.end();
    await first.stop();
    const second = await startDatabase({ projectDir: fixtureProject, dataDir: path });
    const client = new pg.Client({ connectionString: second.dbUrl });
    await client.connect();
    const { rows } = await client.query(
      "select body, to_regproc('vault.update_secret') is not null as there from public.notes",
    );
    expect(rows).toEqual([{ body: "seeded", there: true }]);
    await client.end();
    await second.stop();
  } finally {
    await removeData();
  }
});
