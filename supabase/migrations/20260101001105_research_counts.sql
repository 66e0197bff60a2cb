-- What follows from every change of runs and jobs: their counters, and what is told of them.

-- Keeps research_run_counters equal to the jobs there are, but for jobs that move with their campaign. Claims, the only writers that do not hold the
-- campaign, have shards of their own (8 to 15) and touch them in one sorted statement: they wait for nobody who could wait for them.
create function private.count_jobs()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  shard smallint := pg_backend_pid() % 8;
begin
  if tg_op = 'INSERT' then
    insert into public.research_run_counters as k (run_id, stage, status, shard, workspace_id, jobs)
    select run_id, stage, status, shard, workspace_id, n
    from (select run_id, stage, status, workspace_id, campaign_id, count(*) as n from new_rows group by 1, 2, 3, 4, 5 offset 0) as g
    where not private.is_moving(campaign_id) order by run_id, stage, status -- asked once a group
    on conflict on constraint research_run_counters_pkey do update set jobs = k.jobs + excluded.jobs;
  elsif tg_op = 'DELETE' then
    insert into public.research_run_counters as k (run_id, stage, status, shard, workspace_id, jobs)
    select run_id, stage, status, shard, workspace_id, -n
    from (select run_id, stage, status, workspace_id, campaign_id, count(*) as n from old_rows group by 1, 2, 3, 4, 5 offset 0) as g
    where not private.is_moving(campaign_id) and exists (select from public.research_runs r where r.id = g.run_id) -- the run may be what is deleted
    order by run_id, stage, status
    on conflict on constraint research_run_counters_pkey do update set jobs = k.jobs + excluded.jobs;
  elsif tg_op = 'TRUNCATE' then
    delete from public.research_run_counters;
  else
    if exists (select from new_rows where status = 'processing') then
      shard := shard + 8;
    end if;
    insert into public.research_run_counters as k (run_id, stage, status, shard, workspace_id, jobs)
    select run_id, stage, status, shard, workspace_id, sum(one)
    from (
      select run_id, stage, status, workspace_id, 1 as one from new_rows
      union all
      select run_id, stage, status, workspace_id, -1 from old_rows
    ) as sides
    group by run_id, stage, status, workspace_id having sum(one) <> 0 order by run_id, stage, status
    on conflict on constraint research_run_counters_pkey do update set jobs = k.jobs + excluded.jobs;
  end if;
  return null;
end
$$;
create trigger count_insert after insert on public.research_jobs
  referencing new table as new_rows for each statement execute function private.count_jobs();
create trigger count_update after update on public.research_jobs
  referencing old table as old_rows new table as new_rows for each statement execute function private.count_jobs();
create trigger count_delete after delete on public.research_jobs
  referencing old table as old_rows for each statement execute function private.count_jobs();
create trigger count_truncate after truncate on public.research_jobs for each statement execute function private.count_jobs();

-- Tells run:<id> that its counters or state moved, and campaign:<id> that a run did.
create function private.note_runs()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if tg_table_name = 'research_runs' then
    perform private.note_change('run:' || id, 'research_runs', lower(tg_op), array[id]) from new_rows;
    perform private.note_change('campaign:' || campaign_id, 'research_runs', lower(tg_op), array_agg(id)) from new_rows group by campaign_id;
  else
    perform private.note_change('run:' || run_id, 'research_run_counters', 'update', array[run_id]) from new_rows group by run_id;
  end if;
  return null;
end
$$;
create trigger note_insert after insert on public.research_runs
  referencing new table as new_rows for each statement execute function private.note_runs();
create trigger note_update after update on public.research_runs
  referencing new table as new_rows for each statement execute function private.note_runs();
create trigger note_insert after insert on public.research_run_counters
  referencing new table as new_rows for each statement execute function private.note_runs();
create trigger note_update after update on public.research_run_counters
  referencing new table as new_rows for each statement execute function private.note_runs();
