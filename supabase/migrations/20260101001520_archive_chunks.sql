-- How rows go to the archive and back, a chunk at a time: insert … select and delete in one statement, hashed on the way.

-- The tables of a campaign's rows in the order in which they leave (children first) and the columns each is walked by. A job's attempts move with it.
create function private.campaign_tables()
returns table (place int, live text, archived text, key text[])
language sql immutable
set search_path = ''
as $$
  values (1, 'research_jobs', 'archived_jobs', '{id}'::text[]), (2, 'contacts', 'archived_contacts', '{created_at,id}'),
    (3, 'portfolio_companies', 'archived_portfolio_companies', '{id}'), (4, 'companies', 'archived_companies', '{created_at,id}')
$$;

-- The columns of a public table in order, without those that Postgres computes unless `computed`.
create function private.columns_of(name text, computed boolean)
returns text[]
language sql stable
set search_path = ''
as $$
  select array_agg(a.attname::text order by a.attnum) from pg_catalog.pg_attribute a
  where a.attrelid = format('public.%I', name)::regclass and a.attnum > 0 and not a.attisdropped and (computed or a.attgenerated = '')
$$;

-- SQL: the rows `t` of campaign $2 in workspace $1, after the key $3 and up to the key $4 (each a JSON object; null: open).
create function private.key_range(live text, key text[])
returns text
language sql stable
set search_path = ''
as $$
  select 't.workspace_id = $1 and t.campaign_id = $2' || string_agg(format(
    ' and ($%s::jsonb is null or (%s) %s (%s))', b.parameter,
    (select string_agg(format('t.%I', k), ', ') from unnest(key) as k), b.comparison,
    (select string_agg(format('(jsonb_populate_record(null::public.%I, $%s)).%I', live, b.parameter, k), ', ') from unnest(key) as k)
  ), '')
  from (values (3, '>'), (4, '<=')) as b (parameter, comparison)
$$;

-- The key of the last of the next `most` rows of a table of the campaign, and how many there are: { rows, last }.
create function private.next_rows(name text, key text[], workspace_id uuid, campaign_id uuid, after jsonb, most int)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  found_rows jsonb;
begin
  execute format(
    'select jsonb_build_object(''rows'', n, ''last'', to_jsonb(r) - ''n'') from (
      select %1$s, row_number() over (order by %1$s) as n from public.%2$I t where %3$s order by %1$s limit $5
    ) as r order by n desc limit 1',
    (select string_agg(format('t.%I', k), ', ') from unnest(key) as k), name, private.key_range(name, key)
  ) into found_rows using next_rows.workspace_id, next_rows.campaign_id, after, null::jsonb, most;
  return coalesce(found_rows, '{"rows": 0}');
end
$$;

-- SQL: the sum over the rows of `source` of a hash of their columns. Another hash would make every campaign differ that was archived before.
create function private.hash_sql(columns text[], source text)
returns text
language sql immutable
set search_path = ''
as $$
  select format('(select coalesce(sum((''x'' || left(md5(row(%s)::text), 16))::bit(64)::bigint), 0) from %s)',
    (select string_agg(quote_ident(c), ', ') from unnest(columns) as c), source)
$$;

-- Moves the rows `t` of one table that meet the condition ($1 workspace, $2 campaign, $3 and $4 keys) to another: { rows, hash, unowned }. The hash is
-- that of the live rows, over the columns named: as they left, or as they came back. Coming back, an owner who is no longer in the workspace is left
-- out (`unowned` rows), which is no difference: owners are hashed as they are in the archive. Nothing is joined, because the archive's statistics may be old.
create function private.move_rows(
  source text, target text, condition text, hashed text[], restoring boolean, workspace_id uuid, campaign_id uuid, after jsonb, last jsonb
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  live text := case when restoring then target else source end;
  written text[] := private.columns_of(live, not restoring);
  has_owner boolean := 'owner_id' = any (written);
  moved jsonb;
begin
  execute format(
    'with moved as (delete from public.%1$I t where %2$s returning t.*),
      kept as (insert into public.%3$I (%4$s) overriding system value select %5$s from moved m returning *)
    select jsonb_build_object(''rows'', (select count(*) from kept), ''hash'', %6$s + %7$s, ''unowned'', %8$s)',
    source, condition, target,
    (select string_agg(quote_ident(c), ', ') from unnest(written) as c),
    (select string_agg(case when restoring and c = 'owner_id' then
      '(select a.user_id from private.assignees a where a.workspace_id = m.workspace_id and a.user_id = m.owner_id and not a.has_left for key share)'
      else format('m.%I', c) end, ', ') from unnest(written) as c),
    private.hash_sql(array_remove(hashed, 'owner_id'), case when restoring then 'kept' else 'moved' end),
    case when has_owner then private.hash_sql('{id,owner_id}', 'moved') else '0' end,
    case when has_owner then '(select count(owner_id) from moved) - (select count(owner_id) from kept)' else '0' end
  ) into moved using move_rows.workspace_id, move_rows.campaign_id, after, last;
  return moved;
end
$$;

-- Adds what was moved of a table to a record of tables: name -> { rows, hash, unowned, columns }.
create function private.add_moved(tables jsonb, name text, columns text[], moved jsonb)
returns jsonb
language sql immutable
set search_path = ''
as $$
  select tables || jsonb_build_object(name, jsonb_build_object(
    'rows', coalesce((tables #> array[name, 'rows'])::numeric, 0) + (moved -> 'rows')::numeric,
    'hash', coalesce((tables #> array[name, 'hash'])::numeric, 0) + (moved -> 'hash')::numeric,
    'unowned', coalesce((tables #> array[name, 'unowned'])::numeric, 0) + (moved -> 'unowned')::numeric,
    'columns', to_jsonb(columns)
  ))
$$;

-- Moves rows of one table (`live` and its archive; the rest as in move_rows) and adds them to the record in archived_campaigns.
create function private.move_and_record(
  task public.bulk_tasks, live text, archived text, condition text, back boolean, after jsonb, last jsonb
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  hashed text[] := private.columns_of(live, false);
  moved jsonb;
begin
  if back then -- the columns of then, as far as they still exist
    hashed := array(
      select c.name from public.archived_campaigns a, jsonb_array_elements_text(a.tables #> array[live, 'columns']) as c (name)
      where a.workspace_id = task.workspace_id and a.campaign_id = task.campaign_id and c.name = any (hashed)
    );
  end if;
  moved := private.move_rows(case when back then archived else live end, case when back then live else archived end, condition, hashed, back,
    task.workspace_id, task.campaign_id, after, last);
  update public.archived_campaigns a
  set tables = case when back then a.tables else private.add_moved(a.tables, live, hashed, moved) end,
    restored_tables = case when back then private.add_moved(a.restored_tables, live, hashed, moved) else a.restored_tables end
  where a.workspace_id = task.workspace_id and a.campaign_id = task.campaign_id;
end
$$;

-- One chunk of moving a campaign to the archive, or `back` from it, from where the task is in its tables. Gives the task; its step is null when all
-- is moved.
create function private.move_chunk(task public.bulk_tasks, back boolean)
returns public.bulk_tasks
language plpgsql
set search_path = ''
as $$
declare
  attempts constant text := 't.workspace_id = $1 and t.job_id in (select t.id from public.research_jobs t where '
    || private.key_range('research_jobs', '{id}') || ')';
  was_reached boolean := task.step is null;
  remaining int := task.chunk_rows;
  walked record;
  batch jsonb;
begin
  perform private.begin_move(task.campaign_id);
  for walked in select * from private.campaign_tables() order by case when back then -place else place end loop
    was_reached := was_reached or walked.live = task.step;
    continue when not was_reached;
    if task.step is distinct from walked.live then
      task.step := walked.live;
      task.after := null;
    end if;
    batch := private.next_rows(case when back then walked.archived else walked.live end, walked.key, task.workspace_id, task.campaign_id, task.after, remaining);
    continue when (batch -> 'rows')::int = 0;
    if walked.live = 'research_jobs' and not back then
      perform private.move_and_record(task, 'research_attempts', 'archived_attempts', attempts, back, task.after, batch -> 'last');
    end if;
    perform private.move_and_record(task, walked.live, walked.archived, private.key_range(walked.live, walked.key), back, task.after, batch -> 'last');
    if walked.live = 'research_jobs' and back then
      perform private.move_and_record(task, 'research_attempts', 'archived_attempts', attempts, back, task.after, batch -> 'last');
    end if;
    task.after := batch -> 'last';
    remaining := remaining - (batch -> 'rows')::int;
    if walked.live in ('companies', 'contacts') then
      task.done := task.done + (batch -> 'rows')::int;
    end if;
    if remaining = 0 then
      return task;
    end if;
  end loop;
  task.step := null;
  return task;
end
$$;
