import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll } from "vitest";
import { type RunningDatabase, startDatabase } from "../../local/src/postgres/database.ts";

export const projectDir = join(import.meta.dirname, "..", "..");

export type Sql = postgres.Sql;

/** A person with a workspace of their own. */
export interface Person {
  id: string;
  workspaceId: string;
  /** Confirmed. */
  email: string;
}

export interface TestDatabase {
  /** As postgres, the role of migrations and of the edge functions' own connection. */
  sql: Sql;
  url: string;
  /** The connection string of a login role. */
  connection: RunningDatabase["connection"];
  makePerson(name?: string): Promise<Person>;
  addMember(
    workspaceId: string,
    person: Person,
    role: "viewer" | "member" | "admin" | "owner",
  ): Promise<void>;
  makeCampaign(person: Person, name?: string): Promise<string>;
  /** Runs `work` in one transaction as the person, as the API would. */
  as<T>(person: Person | null, work: (sql: postgres.TransactionSql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A migrated database of its own, in a temporary directory, on a free port. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), "aim-db-"));
  const running: RunningDatabase = await startDatabase({ projectDir, dataDir });
  const sql = postgres(running.dbUrl, { max: 12, onnotice: () => {} });
  const admin = postgres(running.connection("supabase_admin"), { max: 1, onnotice: () => {} });

  const as: TestDatabase["as"] = async (person, work) => {
    const role = person ? "authenticated" : "anon";
    const claims = JSON.stringify(person ? { sub: person.id, role } : { role });
    const result = await sql.begin(async (transaction) => {
      await transaction`select set_config('role', ${role}, true), set_config('request.jwt.claims', ${claims}, true)`;
      return { value: await work(transaction) };
    });
    return result.value;
  };

  return {
    sql,
    url: running.dbUrl,
    connection: running.connection,
    as,
    async makePerson(name = "person") {
      const id = randomUUID();
      const email = `${name}-${id}@test.example`;
      await admin`insert into auth.users (id, email, email_confirmed_at) values (${id}, ${email}, now())`;
      const [row] = await sql`select workspace_id from public.workspace_members where user_id = ${id}`;
      return { id, workspaceId: row?.workspace_id, email };
    },
    async addMember(workspaceId, person, role) {
      await sql`insert into public.workspace_members (workspace_id, user_id, role, email)
        values (${workspaceId}, ${person.id}, ${role}, ${person.email})`;
    },
    async makeCampaign(person, name = "Campaign") {
      const [row] = await as(
        person,
        (user) =>
          user`insert into public.campaigns (workspace_id, name) values (${person.workspaceId}, ${name}) returning id`,
      );
      return row?.id;
    },
    async close() {
      await Promise.all([sql.end(), admin.end()]);
      await running.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A database for the tests of one file. */
export function testDatabase(): { readonly current: TestDatabase } {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database?.close());
  return {
    get current() {
      if (!database) throw new Error("the database is not open yet");
      return database;
    },
  };
}
