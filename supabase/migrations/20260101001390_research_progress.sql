-- How a run is doing.

-- The run, if the caller is in its workspace with at least the role `at_least`; its campaign is locked when the run is to change.
create function private.open_run(run_id uuid, at_least public.member_role)
returns public.research_runs
language plpgsql
set search_path = ''
as $$
declare
  run public.research_runs;
begin
  select * into run from public.research_runs r where r.id = open_run.run_id and r.workspace_id = any (array(select private.my_workspaces()));
  if run.id is null then
    perform private.fail('not_found', 404, 'This research run does not exist.');
  end if;
  if at_least > 'viewer' then
    perform private.open_campaign(run.campaign_id, at_least, true);
    select * into run from public.research_runs r where r.id = open_run.run_id for no key update;
  end if;
  return run;
end
$$;

-- Who does the stages of a run: { stage: the integration's id, null for the web researcher }.
create function private.providers_of(run public.research_runs)
returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(s.stage, l.integration_id), '{}') from jsonb_each_text(run.lanes) as s (stage, lane_id) join public.lanes l on l.id = s.lane_id::uuid
$$;

-- Whether a run can still pay for what one of its stages does, or something of it is under way.
create function private.goes_on(run public.research_runs)
returns boolean
language sql stable
set search_path = ''
as $$
  select run.spend_cap is null or exists (
    select from jsonb_each_text(run.lanes) as e (stage, lane_id) join public.lanes l on l.id = e.lane_id::uuid left join public.integrations i on i.id = l.integration_id
    where exists (
      select from public.research_run_counters k
      where k.run_id = run.id and k.stage = e.stage::public.research_stage
        and (k.status in ('processing', 'waiting') or k.status = 'queued' and (private.cost_of(i) = 0 or private.spent_by(run.id) + private.cost_of(i) <= run.spend_cap))
      having sum(k.jobs) > 0
    )
  )
$$;

-- In how many seconds the last job of a run that waits for its time, or for who does it to be sent to again, may start; null if all may.
create function private.last_start_seconds(run public.research_runs)
returns int
language sql stable
set search_path = ''
as $$
  select ceil(extract(epoch from max(greatest(q.ready_at, l.held_until)) - now()))::int
  from public.lanes l
  cross join lateral (select q.ready_at from private.queue q where q.run_id = run.id and q.lane_id = l.id order by q.ready_at desc limit 1) as q
  where l.id in (select e.value::uuid from jsonb_each_text(run.lanes) as e) and greatest(q.ready_at, l.held_until) > now()
$$;

-- How a run is doing: { at (when it is that), run, stages: [{ stage, queued, … }], providers, source, spent, companies_total, companies_fed, contacts_total, rate_per_minute, rates (of the last ten minutes:
-- [{ at, completed, failed }] for ten seconds each), eta_seconds, failures, engine }.
-- The rate is that of jobs finished in the last minute, or since a younger run began; the ETA (null when nothing moves, or a run has moved for less than 20 seconds) counts every company at
-- every stage, and what a source may still bring not at all; it is not before the last job that waits for its next try may have it.
create function public.research_progress(run_id uuid)
returns jsonb
language plpgsql stable security definer
set search_path = ''
as $$
declare
  run public.research_runs := private.open_run(research_progress.run_id, 'viewer');
  stages jsonb;
  open_jobs int;
  failed_jobs int;
  recent int;
  to_come int;
begin
  select jsonb_agg(jsonb_build_object('stage', s.stage) || coalesce(k.counts, '{}') order by s.place),
    coalesce(sum(k.open_jobs), 0), coalesce(sum((k.counts ->> 'failed')::int), 0)
  into stages, open_jobs, failed_jobs
  from unnest(run.stages) with ordinality as s (stage, place)
  left join lateral (
    select jsonb_object_agg(status::text, coalesce(jobs, 0)) as counts,
      sum(jobs) filter (where status in ('queued', 'processing', 'waiting')) as open_jobs
    from (
      select v.status, (
        select sum(c.jobs)::int from public.research_run_counters c where c.run_id = run.id and c.stage = s.stage and c.status = v.status
      ) as jobs
      from unnest(enum_range(null::public.job_status)) as v (status)
    ) as per_status
  ) as k on true;
  select round(coalesce(sum(r.completed + r.failed), 0) * 60 / greatest(5, least(60, extract(epoch from now() - run.created_at)))) into recent
  from private.run_rates r where r.run_id = run.id and r.at > now() - interval '1 minute';
  to_come := open_jobs + case when run.retry_until is null then 0 else failed_jobs end
    + greatest(run.companies_total - run.companies_fed, 0) * (cardinality(run.follow_stages) + ('company' = any (run.stages))::int)
    + cardinality(run.follow_stages) * coalesce((
      select sum(c.jobs) from public.research_run_counters c where c.run_id = run.id and c.stage = 'company' and c.status in ('queued', 'processing', 'waiting')
    ), 0)
    + greatest(run.contacts_total - run.contacts_fed, 0) * (('enrich' = any (run.stages))::int + ('sync' = any (run.stages))::int)
    + case when run.stages @> '{enrich,sync}' then coalesce((
      select sum(c.jobs) from public.research_run_counters c where c.run_id = run.id and c.stage = 'enrich' and c.status in ('queued', 'processing', 'waiting')
    ), 0) else 0 end;
  return jsonb_build_object(
    'at', now(),
    'run', to_jsonb(run) - '{filter,fed_until,is_fed,feeds,source,last_page,follow_stages,retry_until,retry_code,lanes,spent}'::text[],
    'spent', private.spent_by(run.id),
    'stages', stages,
    'providers', private.providers_of(run),
    'source', run.source,
    'companies_total', greatest(run.companies_total, run.companies_fed),
    'companies_fed', run.companies_fed,
    'contacts_total', greatest(run.contacts_total, run.contacts_fed),
    'rate_per_minute', recent,
    'rates', (
      select coalesce(jsonb_agg(jsonb_build_object('at', p.at, 'completed', p.completed, 'failed', p.failed) order by p.at), '[]')
      from (
        select r.at, sum(r.completed) as completed, sum(r.failed) as failed from private.run_rates r
        where r.run_id = run.id and r.at > now() - interval '10 minutes' group by r.at
      ) as p
    ),
    'eta_seconds', case when run.status = 'running' and private.goes_on(run)
      then greatest(case when recent > 0 and run.created_at <= now() - interval '20 seconds' then ceil(to_come * 60.0 / recent)::int end, private.last_start_seconds(run)) end,
    'failures', (
      select coalesce(jsonb_agg(to_jsonb(f)), '[]') from (
        select j.error_code, min(j.error_message) as error_message, count(*) as count
        from (select x.* from public.research_jobs x where x.run_id = run.id and x.error_code is not null and x.status = 'failed' order by x.id desc limit 10000) as j -- the newest say what goes wrong
        group by j.error_code order by count(*) desc limit 10
      ) as f
    ),
    'engine', public.engine_status()
  );
end
$$;

grant execute on function public.research_progress to authenticated;
