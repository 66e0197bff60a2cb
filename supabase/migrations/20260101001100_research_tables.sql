-- One start of research is a run; one subject at one stage of it a job. Jobs are claimed lane by lane under a lease.

create type public.run_status as enum ('running', 'paused', 'completed', 'cancelled');
create type public.job_status as enum ('queued', 'processing', 'waiting', 'completed', 'failed', 'cancelled');
create type public.research_stage as enum ('company', 'contacts');

-- How much of one provider a workspace uses at once.
create table public.lanes (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  provider text not null check (provider in ('web')),
  max_in_flight int not null default 20 check (max_in_flight between 1 and 1000),
  -- The fair-share clock: the lane served longest ago is next.
  served_at timestamptz not null default '-infinity',
  unique (workspace_id, provider),
  unique (workspace_id, id)
);

create table public.research_runs (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  campaign_id uuid not null,
  status public.run_status not null default 'running',
  stages public.research_stage[] not null check (cardinality(stages) between 1 and 10),
  filter jsonb not null default '{}',
  -- Companies are fed to the queue lazily, in the order they came: how many there are to feed, how many are fed, and after which the next come.
  companies_total int not null default 0,
  companies_fed int not null default 0,
  fed_until jsonb,
  is_fed boolean not null default false,
  -- Jobs that had failed by then are queued again, as lazily; null when none are left to.
  retry_until timestamptz,
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  foreign key (workspace_id, campaign_id) references public.campaigns (workspace_id, id) on delete cascade,
  unique (workspace_id, id)
);
create index research_runs_campaign_id_idx on public.research_runs (campaign_id, created_at desc);
create index research_runs_campaign_fk_idx on public.research_runs (workspace_id, campaign_id);
create index research_runs_created_by_idx on public.research_runs (created_by);
create unique index research_runs_one_active_idx on public.research_runs (campaign_id) where status in ('running', 'paused');

-- Jobs of a run by stage and status. Several shards a counter, so that parallel completions do not queue for one row.
create table public.research_run_counters (
  run_id uuid not null,
  stage public.research_stage not null,
  status public.job_status not null,
  shard smallint not null,
  workspace_id uuid not null,
  jobs int not null default 0,
  primary key (run_id, stage, status, shard),
  foreign key (workspace_id, run_id) references public.research_runs (workspace_id, id) on delete cascade
);
create index research_run_counters_run_fk_idx on public.research_run_counters (workspace_id, run_id);

create table public.research_jobs (
  id bigint generated always as identity primary key,
  workspace_id uuid not null,
  run_id uuid not null,
  campaign_id uuid not null,
  company_id uuid not null,
  lane_id uuid not null,
  stage public.research_stage not null,
  provider text not null,
  status public.job_status not null default 'queued',
  attempt int not null default 0,
  run_after timestamptz not null default now(),
  lease uuid,
  leased_until timestamptz,
  error_code text,
  error_message text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  foreign key (workspace_id, run_id) references public.research_runs (workspace_id, id) on delete cascade,
  foreign key (workspace_id, company_id) references public.companies (workspace_id, id) on delete cascade,
  foreign key (workspace_id, lane_id) references public.lanes (workspace_id, id) on delete cascade,
  foreign key (workspace_id, campaign_id) references public.campaigns (workspace_id, id) on delete cascade,
  unique (run_id, stage, company_id),
  unique (workspace_id, id)
) with (fillfactor = 70);
create index research_jobs_ready_idx on public.research_jobs (lane_id, run_after, id) where status = 'queued';
create index research_jobs_leased_idx on public.research_jobs (leased_until) where status = 'processing';
create index research_jobs_in_flight_idx on public.research_jobs (lane_id) where status = 'processing';
create index research_jobs_open_idx on public.research_jobs (run_id) where status in ('queued', 'processing', 'waiting');
create index research_jobs_list_idx on public.research_jobs (run_id, status, id);
create index research_jobs_finished_idx on public.research_jobs (run_id, finished_at, id) where finished_at is not null;
create index research_jobs_company_fk_idx on public.research_jobs (workspace_id, company_id);
create index research_jobs_run_fk_idx on public.research_jobs (workspace_id, run_id);
create index research_jobs_lane_fk_idx on public.research_jobs (workspace_id, lane_id);
create index research_jobs_campaign_fk_idx on public.research_jobs (workspace_id, campaign_id, id);

-- One try of one job, kept so that a user can see what happened.
create table public.research_attempts (
  id bigint generated always as identity primary key,
  workspace_id uuid not null,
  job_id bigint not null,
  attempt int not null,
  outcome text not null check (outcome in ('done', 'retry', 'failed', 'lease_expired')),
  error_code text,
  error_message text,
  finished_at timestamptz not null default now(),
  foreign key (workspace_id, job_id) references public.research_jobs (workspace_id, id) on delete cascade
);
create index research_attempts_job_fk_idx on public.research_attempts (workspace_id, job_id);

alter table public.lanes enable row level security;
alter table public.research_runs enable row level security;
alter table public.research_run_counters enable row level security;
alter table public.research_jobs enable row level security;
alter table public.research_attempts enable row level security;

create policy "members read lanes" on public.lanes for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));
create policy "members read runs" on public.research_runs for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));
create policy "members read counters" on public.research_run_counters for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));
create policy "members read jobs" on public.research_jobs for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));
create policy "members read attempts" on public.research_attempts for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));

grant select on public.lanes, public.research_runs, public.research_run_counters, public.research_attempts to authenticated;
-- The lease is the engine's: whoever knows it may answer for the job.
grant select (id, workspace_id, run_id, campaign_id, company_id, lane_id, stage, provider, status, attempt, run_after, error_code, error_message, created_at,
  started_at, finished_at) on public.research_jobs to authenticated;
grant all on public.lanes, public.research_runs, public.research_run_counters, public.research_jobs, public.research_attempts to service_role;

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
