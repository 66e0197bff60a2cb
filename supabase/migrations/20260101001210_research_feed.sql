-- Feeding: a run puts companies, and failed jobs that are to be retried, into the queue a few hundred at a time, however many there are.

-- SQL conditions on rows `c` of the list that a run covers, researched or not; $1 is its filter. Runs in definer functions, where search may use its index
-- directly.
create function private.run_conditions(list text, workspace_id uuid, filter jsonb)
returns text
language sql stable
set search_path = ''
as $$
  select private.matching_conditions(list, workspace_id, filter - 'again')
$$;

-- The stages that a run of these begins with for a company.
create function private.first_stages(stages public.research_stage[])
returns public.research_stage[]
language sql immutable
set search_path = ''
as $$
  select case when 'company' = any (stages) then '{company}' else array(select s from unnest(stages) as s where s in ('financials', 'contacts')) end
$$;

-- What a run covers, as SQL: its rows `s` (what follows `from`, with $1 the filter, $2 the campaign and $3 the workspace), and whether one of them is to do, which it
-- is not if that was done before.
create type private.run_scope as (rows text, is_open text);

-- The companies that a run begins with: those that fit the conditions (run_conditions), but unless it is to do so again, not those that are researched, or where
-- nobody is to find out about the company itself, have a result of every stage that the run begins with.
create function private.company_scope(conditions text, filter jsonb, stages public.research_stage[])
returns private.run_scope
language sql immutable
set search_path = ''
as $$
  select row(
    'public.companies c cross join lateral (select c.*) as s where c.workspace_id = $3 and c.campaign_id = $2 and ' || conditions,
    case
      when filter ->> 'again' = 'true' then 'true'
      when 'company' = any (stages) then 's.research_status <> ''completed'''
      else (
        select string_agg(format('(select j.id from public.research_jobs j where j.workspace_id = s.workspace_id and j.company_id = s.id
          and j.stage = %L and j.has_result limit 1) is null', stage), ' or ') -- one look a company, however many there are
        from unnest(private.first_stages(stages)) as stage
      )
    end
  )::private.run_scope
$$;

-- How many of these are to do, counted among 100,000 rows; null if it is none of those and there are more.
create function private.count_open(scope private.run_scope, campaign public.campaigns, filter jsonb)
returns int
language plpgsql stable
set search_path = ''
as $$
declare
  counted int;
begin
  execute format('select case when count(*) < 100000 or bool_or(r.is_open) then count(*) filter (where r.is_open) end
    from (select (%s) as is_open from %s limit 100000) as r', scope.is_open, scope.rows) into counted using filter, campaign.id, campaign.workspace_id;
  return counted;
end
$$;

-- What a run's filter means, made once when it starts: a typo is read as the words that existed then, whatever comes while the run goes on. Out of everybody's
-- reach, because it is run.
create table private.run_filters (
  run_id uuid primary key references public.research_runs (id) on delete cascade,
  conditions text not null
);
alter table private.run_filters enable row level security;

-- The next rows that a run has to do.
create type private.next_rows as (ids uuid[], last jsonb, is_over boolean);

-- At most 500 rows of a run's scope that are to do, in the order they came, and the last row that was looked at. Stops looking after about half a second, with
-- however many that were.
create function private.next_open(run public.research_runs, scope private.run_scope)
returns private.next_rows
language plpgsql
set search_path = ''
as $$
declare
  coming private.next_rows := row('{}'::uuid[], run.fed_until, false);
  step record;
  looked int := 500;
  since timestamptz := clock_timestamp();
begin
  loop
    execute format('
      with looked as (select s.id, s.created_at, (%s) as is_open from %s%s order by s.created_at, s.id limit %s),
      picked as (select l.id, l.created_at from looked l where l.is_open order by l.created_at, l.id limit %s)
      select (select count(*) from looked) as looked, (select coalesce(array_agg(p.id order by p.created_at, p.id), ''{}'') from picked p) as ids,
        (select jsonb_build_object(''id'', p.id, ''created_at'', p.created_at) from picked p order by p.created_at desc, p.id desc limit 1) as last_picked,
        (select jsonb_build_object(''id'', l.id, ''created_at'', l.created_at) from looked l order by l.created_at desc, l.id desc limit 1) as last_looked',
      scope.is_open, scope.rows,
      case when coming.last is not null then ' and (s.created_at, s.id) > (($4 ->> ''created_at'')::timestamptz, ($4 ->> ''id'')::uuid)' end,
      looked, 500 - cardinality(coming.ids)
    ) into step using run.filter, run.campaign_id, run.workspace_id, coming.last;
    coming.ids := coming.ids || step.ids;
    if cardinality(coming.ids) = 500 then
      coming.last := step.last_picked;
      return coming;
    end if;
    coming.last := coalesce(step.last_looked, coming.last);
    coming.is_over := step.looked < looked;
    exit when coming.is_over or clock_timestamp() > since + interval '0.4 seconds';
    looked := least(2 * looked, 20000);
  end loop;
  return coming;
end
$$;

-- Queues the next companies of the run, at most 500, at its first stages. Returns how many. The campaign and the run must be locked.
create function private.feed_companies(run public.research_runs)
returns int
language plpgsql
set search_path = ''
as $$
declare
  coming private.next_rows := private.next_open(run,
    private.company_scope((select f.conditions from private.run_filters f where f.run_id = run.id), run.filter, run.stages));
  made bigint[];
begin
  perform from public.companies c where c.id = any (coming.ids) order by c.id for no key update;
  update public.companies c set research_status = 'queued' where c.id = any (coming.ids);
  with jobs as (
    insert into public.research_jobs (workspace_id, run_id, campaign_id, company_id, stage)
    select run.workspace_id, run.id, run.campaign_id, b.id, s.stage
    from unnest(coming.ids) with ordinality as b (id, place)
    cross join unnest(private.first_stages(run.stages)) as s (stage)
    where 'company' = any (run.stages) or run.filter ->> 'again' = 'true' or not exists ( -- of two stages, one may have been done
      select from public.research_jobs x where x.workspace_id = run.workspace_id and x.company_id = b.id and x.stage = s.stage and x.has_result
    )
    order by b.place, s.stage
    on conflict on constraint research_jobs_workspace_id_run_id_stage_company_id_key do nothing returning id
  )
  select array_agg(jobs.id) into made from jobs;
  perform private.enqueue_jobs(made);
  update public.research_runs r
  set companies_fed = r.companies_fed + cardinality(coming.ids), is_fed = coming.is_over, fed_until = coming.last
  where r.id = run.id;
  if coming.is_over and private.starts_with_contacts(run.stages) then
    update public.research_runs r set is_fed = false, feeds = 'contact', fed_until = null where r.id = run.id;
  end if;
  return cardinality(coming.ids);
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
      and (j.stage <> 'sync' or not exists ( -- a later run has handed it on
        select from public.research_jobs x where x.workspace_id = j.workspace_id and x.contact_id = j.contact_id and x.stage = 'sync' and x.has_result and x.id > j.id
      ))
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

-- Queues more of one run, if fewer than 500 of its jobs wait: failed jobs to retry, also while it is paused, so that one sees that they are asked for; then
-- companies. Returns how many jobs.
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
  if run.status not in ('running', 'paused') or private.has_enough_queued(run.id) then
    return 0;
  end if;
  if run.retry_until is not null then
    fed := private.requeue_failed(run);
  end if;
  if fed = 0 and not run.is_fed and run.status = 'running' then
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
