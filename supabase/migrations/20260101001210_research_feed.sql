-- Feeding: a run puts companies, and failed jobs that are to be retried, into the queue a few hundred at a time, however many there are.

-- SQL conditions on companies `c` that a run covers, researched or not; $1 is its filter. Runs in definer functions, where search may use its index directly.
create function private.run_conditions(workspace_id uuid, filter jsonb)
returns text
language sql stable
set search_path = ''
as $$
  select private.matching_conditions('companies', workspace_id, filter - 'again')
$$;

-- The stages that a run of these begins with for a company.
create function private.first_stages(stages public.research_stage[])
returns public.research_stage[]
language sql immutable
set search_path = ''
as $$
  select case when 'company' = any (stages) then '{company}' else array(select s from unnest(stages) as s where s in ('financials', 'contacts')) end
$$;

-- What these conditions go on with, to leave out the companies for which this was done: those that are researched, or where nobody is to find out about the company
-- itself, those that have a result of every stage that the run begins with.
create function private.unless_researched(filter jsonb, stages public.research_stage[])
returns text
language sql immutable
set search_path = ''
as $$
  select case
    when filter ->> 'again' = 'true' then ''
    when 'company' = any (stages) then ' and c.research_status <> ''completed'''
    else ' and (' || (
      select string_agg(format('(select j.id from public.research_jobs j where j.workspace_id = c.workspace_id and j.company_id = c.id
        and j.stage = %L and j.has_result limit 1) is null', stage), ' or ') -- one look a company, however many there are
      from unnest(private.first_stages(stages)) as stage
    ) || ')'
  end
$$;

-- What a run's filter means, made once when it starts: a typo is read as the words that existed then, whatever comes while the run goes on. Out of everybody's
-- reach, because it is run.
create table private.run_filters (
  run_id uuid primary key references public.research_runs (id) on delete cascade,
  conditions text not null
);
alter table private.run_filters enable row level security;

-- Queues the next companies of the run, at most 500, at its first stages. Returns how many. The campaign and the run must be locked.
create function private.feed_companies(run public.research_runs)
returns int
language plpgsql
set search_path = ''
as $$
declare
  batch jsonb;
  fed int;
  made bigint[];
begin
  execute format(
    'select coalesce(jsonb_agg(to_jsonb(b)), ''[]'') from (
      select c.id, c.created_at from public.companies c where c.workspace_id = $4 and c.campaign_id = $2 and %s%s%s order by c.created_at, c.id limit 500
    ) as b',
    (select f.conditions from private.run_filters f where f.run_id = run.id), private.unless_researched(run.filter, run.stages),
    case when run.fed_until is not null then ' and (c.created_at, c.id) > (($3 ->> ''created_at'')::timestamptz, ($3 ->> ''id'')::uuid)' end
  ) into batch using run.filter, run.campaign_id, run.fed_until, run.workspace_id;
  fed := jsonb_array_length(batch);
  perform from public.companies c
  where c.id in (select (b ->> 'id')::uuid from jsonb_array_elements(batch) as b) order by c.id for no key update;
  update public.companies c set research_status = 'queued'
  where c.id in (select (b ->> 'id')::uuid from jsonb_array_elements(batch) as b);
  with jobs as (
    insert into public.research_jobs (workspace_id, run_id, campaign_id, company_id, stage)
    select run.workspace_id, run.id, run.campaign_id, (b.value ->> 'id')::uuid, s.stage
    from jsonb_array_elements(batch) with ordinality as b (value, place)
    cross join unnest(private.first_stages(run.stages)) as s (stage)
    order by b.place, s.stage
    on conflict on constraint research_jobs_workspace_id_run_id_stage_company_id_key do nothing returning id
  )
  select array_agg(jobs.id) into made from jobs;
  perform private.enqueue_jobs(made);
  update public.research_runs r
  set companies_fed = r.companies_fed + fed, is_fed = fed < 500, fed_until = coalesce(batch -> -1, r.fed_until)
  where r.id = run.id;
  if fed < 500 and private.starts_with_contacts(run.stages) then
    update public.research_runs r set is_fed = false, feeds = 'contact', fed_until = null where r.id = run.id;
  end if;
  return fed;
end
$$;

-- Whether a job's contact, if it is about one, does not want to be contacted.
create function private.is_barred(contact_id uuid)
returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return contact_id is not null and exists (select from public.contacts p where p.id = is_barred.contact_id and p.do_not_contact);
end
$$;

-- Queues jobs that had ended again, with fresh attempts; the next result of each counts, also one that comes late for an earlier attempt. Their campaign and run,
-- and the jobs, must be locked.
create function private.queue_again(job_ids bigint[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from public.companies c
  where c.id in (select j.company_id from public.research_jobs j where j.id = any (job_ids)) order by c.id for no key update;
  update public.companies c set research_status = 'queued'
  where c.id in (select j.company_id from public.research_jobs j where j.id = any (job_ids));
  update public.research_jobs j
  set status = 'queued', attempt = 0, run_after = now(), has_result = false, polled_since = null, poll_state = null, error_code = null, error_message = null, finished_at = null
  where j.id = any (job_ids);
  perform private.enqueue_jobs(job_ids);
end
$$;

-- Queues the next failed jobs of the run with fresh attempts, at most 500: those that had failed by run.retry_until, of run.retry_code if there is one. Returns how many. The campaign
-- and the run must be locked.
create function private.requeue_failed(run public.research_runs)
returns int
language plpgsql
set search_path = ''
as $$
declare
  picked bigint[];
begin
  picked := array(
    select j.id from public.research_jobs j
    where j.run_id = run.id and j.error_code is not null and j.status = 'failed' and j.finished_at <= run.retry_until and (run.retry_code is null or j.error_code = run.retry_code)
      and not private.is_barred(j.contact_id)
    order by j.id limit 500 for no key update
  );
  perform private.queue_again(picked);
  update public.research_runs r set retry_until = null, retry_code = null where r.id = run.id and cardinality(picked) < 500;
  return cardinality(picked);
end
$$;

-- Whether a run has 500 jobs that are ready, or 20,000 that wait for their time. By its counters first: most runs have fewer.
create function private.has_enough_queued(run_id uuid)
returns boolean
language plpgsql stable
set search_path = ''
as $$
declare
  queued int := (select coalesce(sum(k.jobs), 0) from public.research_run_counters k where k.run_id = has_enough_queued.run_id and k.status = 'queued');
begin
  return queued >= 20000 or queued >= 500 and (
    select count(*) from (
      select from public.research_runs r cross join lateral (select distinct value::uuid as id from jsonb_each_text(r.lanes)) as l
      join private.queue q on q.run_id = r.id and q.lane_id = l.id and q.ready_at <= now()
      where r.id = has_enough_queued.run_id limit 500
    ) as ready
  ) >= 500;
end
$$;

-- Queues more of one run, if fewer than 500 of its jobs wait: failed jobs to retry, then companies. Returns how many jobs.
create function private.feed_run(run_id uuid)
returns int
language plpgsql
set search_path = ''
as $$
declare
  run public.research_runs;
  fed int := 0;
begin
  select * into run from public.research_runs r where r.id = feed_run.run_id;
  -- A campaign that someone else is writing to is fed on the next occasion: feeding several runs must wait for none.
  perform from public.campaigns c where c.id = run.campaign_id and c.state = 'active' for no key update skip locked;
  if not found then
    return 0;
  end if;
  select * into run from public.research_runs r where r.id = feed_run.run_id for no key update;
  if run.status <> 'running'
    or private.has_enough_queued(run.id) then
    return 0;
  end if;
  if run.retry_until is not null then
    fed := private.requeue_failed(run);
  end if;
  if fed = 0 and not run.is_fed then
    fed := case run.feeds when 'page' then private.feed_pages(run) when 'contact' then private.feed_contacts(run) else private.feed_companies(run) end;
  end if;
  perform private.end_run(run.id);
  return fed;
end
$$;

-- Ends the run if everything is fed, nothing is left to retry and no job is open. The campaign must be locked: of two last completions the later one sees both.
create function private.end_run(run_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from public.research_runs r where r.id = end_run.run_id for no key update;
  update public.research_runs r set status = 'completed', finished_at = now()
  where r.id = end_run.run_id and r.status = 'running' and r.is_fed and r.retry_until is null
    and (select coalesce(sum(k.jobs), 0) from public.research_run_counters k where k.run_id = r.id and k.status in ('queued', 'processing', 'waiting')) = 0;
  if found then
    perform private.close_lanes(end_run.run_id);
  end if;
end
$$;

-- Feeds runs that have room, three at most, so that no campaign is held for long; whichever, the others are as likely to be next. Returns how many jobs were
-- queued.
create function private.feed_runs()
returns int
language sql
set search_path = ''
as $$
  select coalesce(sum(private.feed_run(r.id)), 0)::int
  from (
    select id from public.research_runs r
    where r.status = 'running' and (not r.is_fed or r.retry_until is not null)
      and not private.has_enough_queued(r.id)
    order by random() limit 3
  ) as r
$$;
