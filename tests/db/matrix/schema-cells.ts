import type { TransactionSql } from "postgres";
import type { Failure } from "./cells.ts";

/** What clients may not do with schemas and sequences, nor with tables and functions that migrations will add. */
export async function schemaFailures(sql: TransactionSql): Promise<Failure[]> {
  await sql`savepoint newcomers`;
  await sql`create table public.newcomer (id bigint generated always as identity)`;
  await sql`create function public.newcomer() returns int language sql as 'select 1'`;
  await sql`create function private.newcomer() returns int language sql as 'select 1'`;
  const rights = await sql<{ got: string }[]>`
    select r || ' may use schema private' as got from unnest('{anon}'::text[]) as r where has_schema_privilege(r, 'private', 'usage')
    union all
    select r || ' may create in ' || s from unnest('{anon,authenticated}'::text[]) as r, unnest('{public,private}'::text[]) as s
    where has_schema_privilege(r, s, 'create')
    union all
    select r || ' may use ' || c.oid::regclass from pg_class c, unnest('{anon,authenticated}'::text[]) as r
    where c.relkind = 'S' and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and has_sequence_privilege(r, c.oid, 'usage,select,update')
    union all
    select r || ' may read a new table' from unnest('{anon,authenticated}'::text[]) as r where has_table_privilege(r, 'public.newcomer', 'select,insert,update,delete')
    union all
    select r || ' may call a new function of ' || s from unnest('{anon,authenticated}'::text[]) as r, unnest('{public,private}'::text[]) as s
    where has_function_privilege(r, s || '.newcomer()', 'execute')`;
  await sql`rollback to savepoint newcomers`;
  return rights.map(({ got }) => ({ cell: "schemas", expected: "nothing that no migration grants", got }));
}
