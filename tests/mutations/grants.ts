import type { TransactionSql } from "postgres";
import type { Mutant } from "./mutant.ts";

const CALLERS = ["anon", "authenticated"];

/** Each grant that clients do not have, given: columns, tables, sequences, functions, schemas, and those of objects to come. */
export async function grantMutants(sql: TransactionSql): Promise<Mutant[]> {
  const columns = await sql<Mutant[]>`
    select format('%s may %s %s.%s', r.name, p.name, t.name, a.attname) as name,
      format('grant %s (%I) on %s to %s', p.name, a.attname, t.name, r.name) as sql, t.name || '.' || a.attname as near
    from (select c.oid, format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'private') and c.relkind in ('r', 'p', 'v', 'm')) as t
    join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    cross join unnest(${CALLERS}::text[]) as r (name)
    cross join unnest('{select,insert,update}'::text[]) as p (name)
    where not has_column_privilege(r.name, t.oid, a.attnum, p.name)
    order by t.name, r.name, p.name, a.attnum`;
  const tables = await sql<Mutant[]>`
    select format('%s may %s %s', r.name, p.name, t.name) as name, format('grant %s on %s to %s', p.name, t.name, r.name) as sql, t.name || ': the whole' as near
    from (select c.oid, format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'private') and c.relkind in ('r', 'p', 'v', 'm')) as t
    cross join unnest(${CALLERS}::text[]) as r (name)
    cross join unnest('{delete,truncate,references,trigger}'::text[]) as p (name)
    where not has_table_privilege(r.name, t.oid, p.name) order by 1`;
  const sequences = await sql<Mutant[]>`
    select format('%s may use %s', r.name, c.oid::regclass) as name, format('grant usage on sequence %s to %s', c.oid::regclass, r.name) as sql,
      'schemas' as near
    from pg_class c cross join unnest(${CALLERS}::text[]) as r (name)
    where c.relkind = 'S' and c.relnamespace::regnamespace::text in ('public', 'private') and not has_sequence_privilege(r.name, c.oid, 'usage')
    order by 1`;
  const functions = await sql<Mutant[]>`
    select format('%s may call %s', r.name, p.oid::regprocedure) as name, format('grant execute on function %s to %s', p.oid::regprocedure, r.name) as sql,
      format('call %s.%s(%s)', p.pronamespace::regnamespace, p.proname, pg_get_function_identity_arguments(p.oid)) as near
    from pg_proc p cross join unnest(${[...CALLERS, "public"]}::text[]) as r (name)
    where p.pronamespace::regnamespace::text in ('public', 'private') and (r.name = 'public' or not has_function_privilege(r.name, p.oid, 'execute'))
    order by 1`;
  return [...columns, ...tables, ...sequences, ...functions, ...schemaMutants()];
}

function schemaMutants(): Mutant[] {
  const statements = [
    "grant usage on schema private to anon",
    ...CALLERS.flatMap((role) => [
      `grant create on schema public to ${role}`,
      `grant create on schema private to ${role}`,
      `alter default privileges in schema public grant select on tables to ${role}`,
      `alter default privileges in schema public grant usage on sequences to ${role}`,
      `alter default privileges in schema public grant execute on functions to ${role}`,
      `alter default privileges in schema private grant execute on functions to ${role}`,
    ]),
    "alter default privileges grant execute on functions to public",
  ];
  return statements.map((sql) => ({ name: sql, sql, near: "schemas" }));
}
