-- Background tasks: work on more rows than one statement should touch. One engine for all kinds: a chunk is one transaction that does its rows and moves
-- the task's own cursor, so a crash at any point loses nothing and repeats nothing. The click does the first chunks itself, pg_cron the rest.

create type public.task_kind as enum ('archive', 'restore', 'delete', 'edit_rows', 'delete_rows');
create type public.task_status as enum ('running', 'completed', 'failed', 'cancelled');

create table public.bulk_tasks (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  -- Null once the campaign is deleted.
  campaign_id uuid,
  campaign_name text not null,
  kind public.task_kind not null,
  list text check (list in ('companies', 'contacts')),
  filter jsonb not null default '{}',
  patch jsonb not null default '{}',
  status public.task_status not null default 'running',
  -- Companies and contacts: how many there are to do, and how many are done.
  total int not null default 0,
  done int not null default 0,
  -- What people should know about a task that went well.
  message text,
  error_message text,
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  -- The engine's own: the table it walks, the key of the last row it did there, how many rows a chunk has, failed chunks in a row.
  step text,
  after jsonb,
  chunk_rows int not null default 500,
  failures int not null default 0,
  worked_at timestamptz not null default now(),
  foreign key (workspace_id, campaign_id) references public.campaigns (workspace_id, id) on delete set null (campaign_id)
);
create unique index bulk_tasks_one_a_campaign_idx on public.bulk_tasks (campaign_id) where status = 'running';
create index bulk_tasks_running_idx on public.bulk_tasks (worked_at) where status = 'running';
create index bulk_tasks_served_idx on public.bulk_tasks (workspace_id, worked_at);
create index bulk_tasks_campaign_fk_idx on public.bulk_tasks (workspace_id, campaign_id);
create index bulk_tasks_created_by_idx on public.bulk_tasks (created_by);
create index bulk_tasks_finished_at_idx on public.bulk_tasks (finished_at);

alter table public.bulk_tasks enable row level security;
create policy "members read tasks" on public.bulk_tasks for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));
grant select (id, workspace_id, campaign_id, campaign_name, kind, list, filter, patch, status, total, done, message, error_message, created_by, created_at,
  finished_at) on public.bulk_tasks to authenticated;
grant all on public.bulk_tasks to service_role;

-- Tells workspace:<id> and campaign:<id> how far tasks are.
create function private.note_tasks()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  perform private.note_change('workspace:' || workspace_id, 'bulk_tasks', lower(tg_op), array_agg(id)) from new_rows group by workspace_id;
  perform private.note_change('campaign:' || campaign_id, 'bulk_tasks', lower(tg_op), array_agg(id)) from new_rows
  where campaign_id is not null group by campaign_id;
  return null;
end
$$;
create trigger note_insert after insert on public.bulk_tasks
  referencing new table as new_rows for each statement execute function private.note_tasks();
create trigger note_update after update on public.bulk_tasks
  referencing new table as new_rows for each statement execute function private.note_tasks();

-- A task as people see it.
create function private.task_json(task public.bulk_tasks)
returns jsonb
language sql stable
set search_path = ''
as $$
  select to_jsonb(task) - '{step,after,chunk_rows,failures,worked_at}'::text[]
$$;

-- Refuses when a task is under way in the campaign, which the caller has locked: tasks of one campaign exclude each other.
create function private.refuse_second_task(campaign_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  kind public.task_kind;
begin
  select t.kind into kind from public.bulk_tasks t where t.campaign_id = refuse_second_task.campaign_id and t.status = 'running';
  if kind is not null then
    perform private.fail('task_active', 409, case kind
      when 'archive' then 'This campaign is being archived. Wait until that is done.'
      when 'restore' then 'This campaign is being restored. Wait until that is done.'
      when 'edit_rows' then 'Rows of this campaign are being edited. Wait until that is done, or cancel it.'
      when 'delete_rows' then 'Rows of this campaign are being deleted. Wait until that is done, or cancel it.'
      else 'This campaign is being deleted.'
    end);
  end if;
end
$$;

-- Works on a task for one chunk. Returns whether there is more to do. An error that is meant for people ends the task; any other is tried again with
-- smaller chunks, five times in a row at most.
create function private.work_on(task_id uuid)
returns boolean
language plpgsql
set search_path = ''
set plan_cache_mode = force_custom_plan
set enable_seqscan = off -- a chunk is a range of an index, however large its share of a table looks
set lock_timeout = '3s' -- one busy campaign must not hold up the tasks of others
set timezone = 'UTC' -- hashes are of rows as text
set datestyle = 'ISO, MDY'
as $$
declare
  task public.bulk_tasks;
  started timestamptz;
begin
  begin
    perform from public.campaigns c where c.id = (select t.campaign_id from public.bulk_tasks t where t.id = task_id) for no key update;
    select * into task from public.bulk_tasks t where t.id = task_id and t.status = 'running' for no key update;
    if not found then
      return false;
    end if;
    started := clock_timestamp();
    task := case task.kind
      when 'archive' then private.archive_chunk(task)
      when 'restore' then private.restore_chunk(task)
      when 'delete' then private.delete_chunk(task)
      when 'edit_rows' then private.edit_rows_chunk(task)
      when 'delete_rows' then private.delete_rows_chunk(task)
    end;
    task.failures := 0;
    -- About a second a chunk, whatever the rows are like.
    task.chunk_rows := greatest(100, least(10000,
      task.chunk_rows * least(4, greatest(0.5, 1 / greatest(0.01, extract(epoch from clock_timestamp() - started))))));
  exception
    when lock_not_available or deadlock_detected then -- somebody else's turn
      select * into task from public.bulk_tasks t where t.id = task_id;
    when query_canceled or others then
      select * into task from public.bulk_tasks t where t.id = task_id;
      task.failures := task.failures + 1;
      task.chunk_rows := greatest(10, task.chunk_rows / 4);
      if sqlstate like 'PT%' or task.failures = 5 then
        task.status := 'failed';
        task.error_message := case when sqlstate like 'PT%' then sqlerrm
          else format('This stopped halfway (error %s). What was done is kept; start it again to go on. The database''s log has the cause.', sqlstate) end;
        raise log 'bulk task % failed: % (%)', task_id, sqlerrm, sqlstate; -- it may quote rows, which not every member may see
      end if;
  end;
  update public.bulk_tasks t
  set status = task.status, done = task.done, message = task.message, error_message = task.error_message, step = task.step, after = task.after,
    chunk_rows = task.chunk_rows, failures = task.failures, worked_at = clock_timestamp(), finished_at = case when task.status <> 'running' then now() end
  where t.id = task_id;
  return task.status = 'running';
end
$$;

-- Works on a new task for three seconds, so that some thousand rows are done at once; the rest goes on in the background. Gives the task as it is then.
create function private.begin_task(task_id uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  started timestamptz := clock_timestamp();
begin
  while private.work_on(task_id) and clock_timestamp() < started + interval '3 seconds' loop
  end loop;
  return (select private.task_json(t) from public.bulk_tasks t where t.id = task_id);
end
$$;

-- One chunk of the task that has waited longest in the workspace that was served longest ago, be it by a task that has ended since: many tasks of one workspace
-- take no more turns than one of another. A transaction never holds two campaigns.
create function private.work_on_tasks()
returns void
language sql
set search_path = ''
as $$
  select private.work_on(next.id) from (
    select t.id from public.bulk_tasks t where t.status = 'running'
    order by (select max(s.worked_at) from public.bulk_tasks s where s.workspace_id = t.workspace_id), t.worked_at, t.id limit 1
  ) as next
$$;

select cron.schedule('bulk-tasks', '2 seconds', 'select private.work_on_tasks()');

-- Ends an edit or deletion of rows where it is: what is done stays done. Gives the task. One that has ended already stays as it is.
create function public.cancel_task(task_id uuid)
returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  task public.bulk_tasks;
begin
  select * into task from public.bulk_tasks t where t.id = cancel_task.task_id and t.workspace_id = any (array(select private.my_workspaces()));
  if task.id is null then
    perform private.fail('not_found', 404, 'This task does not exist.');
  end if;
  if not task.workspace_id = any (array(select private.my_workspaces('member'))) then
    perform private.fail('forbidden', 403, 'Your role in this workspace does not allow this. Ask an owner or admin.');
  end if;
  if task.kind not in ('edit_rows', 'delete_rows') then
    perform private.fail('not_cancellable', 409, 'This cannot be cancelled. Wait until it is done; an archived campaign can be restored.');
  end if;
  perform from public.campaigns c where c.id = task.campaign_id for no key update;
  update public.bulk_tasks t set status = 'cancelled', finished_at = now() where t.id = task.id and t.status = 'running';
  return (select private.task_json(t) from public.bulk_tasks t where t.id = task.id);
end
$$;
grant execute on function public.cancel_task to authenticated;
