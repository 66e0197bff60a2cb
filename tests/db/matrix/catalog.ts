import type { TransactionSql } from "postgres";

export interface Table {
  /** "public.companies" */
  name: string;
  columns: string[];
}

export interface Routine {
  oid: number;
  /** "public.list_companies"; overloads share it. */
  name: string;
  /** With its argument types. */
  signature: string;
  source: string;
  isDefiner: boolean;
  isTrigger: boolean;
  /** "i", "s" or "v", as in pg_proc. */
  volatility: string;
  usersMayCall: boolean;
}

/** A foreign key between tables that both carry a workspace. */
export interface ForeignKey {
  name: string;
  child: string;
  parent: string;
  /** Pairs of columns besides the workspace. */
  columns: { child: string; parent: string }[];
  /** Whether the workspace is part of the key. */
  hasWorkspace: boolean;
}

export interface Catalog {
  tables: Table[];
  routines: Routine[];
  foreignKeys: ForeignKey[];
}

/** The tables, functions and foreign keys of the schemas that are ours. */
export async function readCatalog(sql: TransactionSql): Promise<Catalog> {
  const tables = await sql<Table[]>`
    select n.nspname || '.' || c.relname as name, array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'private') and c.relkind in ('r', 'p', 'v', 'm') order by 1`;
  const routines = await sql<Routine[]>`
    select p.oid::int as oid, n.nspname || '.' || p.proname as name, format('%s.%s(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) as signature, p.prosrc as source, p.prosecdef as "isDefiner",
      p.prorettype in ('trigger'::regtype, 'event_trigger'::regtype) as "isTrigger", p.provolatile as volatility,
      has_function_privilege('authenticated', p.oid, 'execute') as "usersMayCall"
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('public', 'private') and p.prokind in ('f', 'p') order by 2, 3`;
  const foreignKeys = await sql<ForeignKey[]>`
    select k.conname as name, k.conrelid::regclass::text as child, k.confrelid::regclass::text as parent,
      bool_or(x.child = 'workspace_id') as "hasWorkspace",
      coalesce(jsonb_agg(jsonb_build_object('child', x.child, 'parent', x.parent) order by x.place) filter (where x.child <> 'workspace_id'), '[]') as columns
    from pg_constraint k
    cross join lateral (
      select place, (select attname from pg_attribute where attrelid = k.conrelid and attnum = c) as child,
        (select attname from pg_attribute where attrelid = k.confrelid and attnum = p) as parent
      from unnest(k.conkey, k.confkey) with ordinality as pair (c, p, place)
    ) as x
    where k.contype = 'f' and k.connamespace in ('public'::regnamespace, 'private'::regnamespace)
      and exists (select from pg_attribute where attrelid = k.conrelid and attname = 'workspace_id')
      and (exists (select from pg_attribute where attrelid = k.confrelid and attname = 'workspace_id'))
    group by k.oid, k.conname, k.conrelid, k.confrelid order by 2, 1`;
  return { tables: [...tables], routines: [...routines], foreignKeys: [...foreignKeys] };
}
