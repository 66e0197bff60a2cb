-- What people do with research: start, pause, resume, cancel, retry, look.

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

-- Who is to do each of the stages, checked: providers { stage: an integration's id, or null for the web researcher }; one not named is done by the web
-- researcher, which reads websites and knows no financials. Gives { stage: lane }. Errors: bad_providers, stage_needs_integration.
create function private.choose_lanes(workspace_id uuid, stages public.research_stage[], providers jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  chosen jsonb := '{}';
  stage public.research_stage;
  integration uuid;
begin
  if jsonb_typeof(providers) <> 'object' or exists (select from jsonb_each(providers) as p where p.key <> all (enum_range(null::public.research_stage)::text[])
    or not (p.value = 'null' or private.is_of_kind(p.value, 'uuid'))) then
    perform private.fail('bad_providers', 400, 'Each stage takes the id of an integration, or null for the built-in web researcher.');
  end if;
  foreach stage in array stages loop
    integration := (providers ->> stage::text)::uuid;
    if integration is null and stage = 'financials' then
      perform private.fail('stage_needs_integration', 409, 'The built-in web researcher knows no financials. Choose an integration for this stage, or leave it out.');
    elsif integration is not null and not exists (
      select from public.integrations i where i.id = integration and i.workspace_id = choose_lanes.workspace_id and i.deleted_at is null
    ) then
      perform private.fail('bad_providers', 400, 'This integration does not exist in this workspace any more. Choose another one.');
    end if;
    chosen := chosen || jsonb_build_object(stage, private.lane_of(choose_lanes.workspace_id, integration));
  end loop;
  return chosen;
end
$$;

-- How a run is doing: { run, stages: [{ stage, queued, … }], providers, spent, companies_total, companies_fed, rate_per_minute, rates (of the last ten minutes:
-- [{ at, completed, failed }] for ten seconds each), eta_seconds, failures, engine }.
-- The rate is that of jobs finished in the last minute, or since a younger run began; the ETA (null when nothing moves) counts every company at every stage.
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
  to_come := open_jobs + case when run.retry_until is null then 0 else failed_jobs end + greatest(run.companies_total - run.companies_fed, 0) * cardinality(run.stages)
    + case when cardinality(run.stages) > 1 then coalesce((stages #>> '{0,queued}')::int + (stages #>> '{0,processing}')::int, 0) * (cardinality(run.stages) - 1) else 0 end;
  return jsonb_build_object(
    'run', to_jsonb(run) - 'filter' - 'fed_until' - 'is_fed' - 'retry_until' - 'retry_code' - 'lanes' - 'spent',
    'spent', private.spent_by(run.id),
    'stages', stages,
    'providers', private.providers_of(run),
    'companies_total', greatest(run.companies_total, run.companies_fed),
    'companies_fed', run.companies_fed,
    'rate_per_minute', recent,
    'rates', (
      select coalesce(jsonb_agg(jsonb_build_object('at', p.at, 'completed', p.completed, 'failed', p.failed) order by p.at), '[]')
      from (
        select r.at, sum(r.completed) as completed, sum(r.failed) as failed from private.run_rates r
        where r.run_id = run.id and r.at > now() - interval '10 minutes' group by r.at
      ) as p
    ),
    'eta_seconds', case when run.status = 'running' and recent > 0 then ceil(to_come * 60.0 / recent)::int end,
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

-- Starts research of the campaign's companies that fit the filter: by default those not researched yet. options (all may be missing): { again: true takes all of
-- them, providers: { stage: integration id }, priority: -10 to 10, spend_cap: jobs that would cost more in all are not sent }. The campaign remembers the
-- choice. Gives the progress of the new run. Errors: run_active (one at a time), nothing_to_research, bad_stages, bad_options, and those of choose_lanes.
create function public.start_research(
  campaign_id uuid, stages public.research_stage[] default '{company,contacts}', filter jsonb default '{}', options jsonb default '{}'
)
returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  campaign public.campaigns := private.open_campaign(start_research.campaign_id, 'member', true);
  chosen public.research_stage[];
  lanes jsonb;
  run_filter jsonb;
  conditions text;
  total int;
  run_id uuid;
begin
  if exists (select from public.research_runs r where r.campaign_id = campaign.id and r.status in ('running', 'paused')) then
    perform private.fail('run_active', 409, 'Research is under way in this campaign. Wait for it to end, or cancel it first.');
  end if;
  if stages is null or cardinality(stages) = 0 or array_position(stages, null) is not null then
    perform private.fail('bad_stages', 400, 'Choose at least one stage.');
  end if;
  perform private.check_filter(options, '{again,providers,priority,spend_cap}');
  if not (coalesce(options -> 'priority', '0') between '-10' and '10') or not (coalesce(nullif(options -> 'spend_cap', 'null'), '0') between '0' and '1000000000') then
    perform private.fail('bad_options', 400, 'The priority is a number from -10 to 10, the spending cap an amount.');
  end if;
  chosen := array(select distinct s from unnest(start_research.stages) as s order by s);
  lanes := private.choose_lanes(campaign.workspace_id, chosen, coalesce(options -> 'providers', '{}'));
  begin
    run_filter := filter || case when options ->> 'again' = 'true' then '{"again": true}'::jsonb else '{}' end;
    conditions := private.run_conditions(campaign.workspace_id, run_filter);
    if run_filter - 'again' = '{}' then
      total := campaign.company_count - case when run_filter = '{}' then campaign.researched_count else 0 end;
    else -- counted as far as there is time; the run says how many it has fed
      execute format('select count(*) from (select from public.companies c where c.workspace_id = $3 and c.campaign_id = $2 and %s limit 100000) as matching', conditions)
        into total using run_filter, campaign.id, campaign.workspace_id;
    end if;
  exception when data_exception then
    perform private.fail('bad_filter', 400, 'A value of the filter has the wrong type.');
  end;
  if total = 0 then
    perform private.fail('nothing_to_research', 409, 'No company here is waiting for research. Import companies, or research the finished ones again.');
  end if;
  insert into public.research_runs (workspace_id, campaign_id, stages, lanes, priority, spend_cap, filter, companies_total, created_by)
  values (campaign.workspace_id, campaign.id, chosen, lanes, coalesce((options ->> 'priority')::numeric, 0), (options ->> 'spend_cap')::numeric, run_filter, total,
    (select auth.uid()))
  returning id into run_id;
  perform private.open_lanes(run_id);
  update public.campaigns c set research_plan = jsonb_build_object('stages', chosen, 'providers', coalesce(options -> 'providers', '{}'), 'spend_cap', options -> 'spend_cap')
  where c.id = campaign.id;
  insert into private.run_filters values (run_id, conditions);
  perform private.feed_run(run_id);
  perform private.ring_doorbell();
  return public.research_progress(run_id);
end
$$;

-- Holds a run: nothing more is claimed; what is being researched right now still arrives.
create function public.pause_research(run_id uuid)
returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  run public.research_runs := private.open_run(pause_research.run_id, 'member');
begin
  if run.status <> 'running' and run.status <> 'paused' then
    perform private.fail('run_ended', 409, format('This run is %s.', run.status));
  end if;
  update public.research_runs r set status = 'paused' where r.id = run.id and r.status = 'running';
  return public.research_progress(run.id);
end
$$;

-- Continues a paused run.
create function public.resume_research(run_id uuid)
returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  run public.research_runs := private.open_run(resume_research.run_id, 'member');
begin
  if run.status <> 'running' and run.status <> 'paused' then
    perform private.fail('run_ended', 409, format('This run is %s.', run.status));
  end if;
  update public.research_runs r set status = 'running' where r.id = run.id and r.status = 'paused';
  perform private.feed_run(run.id);
  perform private.end_run(run.id);
  perform private.ring_doorbell();
  return public.research_progress(run.id);
end
$$;

-- Ends a run for good: queued jobs are cancelled. Results that still arrive are kept.
create function public.cancel_research(run_id uuid)
returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  run public.research_runs := private.open_run(cancel_research.run_id, 'member');
begin
  if run.status <> 'running' and run.status <> 'paused' then
    return public.research_progress(run.id);
  end if;
  update public.research_runs r set status = 'cancelled', finished_at = now(), retry_until = null where r.id = run.id;
  perform from public.research_jobs j
  where j.run_id = run.id and j.status in ('queued', 'processing', 'waiting') order by j.id for no key update;
  perform from public.companies c
  where c.id in (select j.company_id from public.research_jobs j where j.run_id = run.id and j.status in ('queued', 'processing', 'waiting'))
  order by c.id for no key update;
  update public.companies c set research_status = case when c.researched_at is null then 'new' else 'completed' end::public.research_status
  from public.research_jobs j
  where j.run_id = run.id and j.status in ('queued', 'processing', 'waiting') and c.id = j.company_id;
  delete from private.queue q where q.run_id = run.id;
  perform private.close_lanes(run.id);
  update public.research_jobs j set status = 'cancelled', finished_at = now()
  where j.run_id = run.id and j.status in ('queued', 'processing', 'waiting');
  return public.research_progress(run.id);
end
$$;

-- Changes what a run may spend; null for no cap. Errors: run_ended, bad_options.
create function public.set_spend_cap(run_id uuid, spend_cap numeric)
returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  run public.research_runs := private.open_run(set_spend_cap.run_id, 'member');
begin
  if run.status not in ('running', 'paused') then
    perform private.fail('run_ended', 409, format('This run is %s.', run.status));
  elsif not coalesce(set_spend_cap.spend_cap between 0 and 1000000000, true) then -- also not NaN
    perform private.fail('bad_options', 400, 'The spending cap is an amount from 0 to 1,000,000,000, or none.');
  end if;
  update public.research_runs r set spend_cap = set_spend_cap.spend_cap where r.id = run.id;
  perform private.ring_doorbell();
  return public.research_progress(run.id);
end
$$;

-- Queues a run's failed jobs again with fresh attempts, all or those with one error_code, the first 500 at once, the others as these are done; a run that had
-- ended goes on.
create function public.retry_failed_jobs(run_id uuid, error_code text default null)
returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  run public.research_runs := private.open_run(retry_failed_jobs.run_id, 'member');
begin
  if run.status = 'cancelled' then
    perform private.fail('run_ended', 409, 'This run was cancelled. Start research again for the companies that are left.');
  end if;
  if exists (
    select from public.research_runs r where r.campaign_id = run.campaign_id and r.id <> run.id and r.status in ('running', 'paused')
  ) then
    perform private.fail('run_active', 409, 'Another run is under way in this campaign. Retry when it has ended.');
  end if;
  if exists (
    select from public.research_jobs j
    where j.run_id = run.id and j.error_code is not null and j.status = 'failed'
      and (retry_failed_jobs.error_code is null or j.error_code = retry_failed_jobs.error_code)
  ) then
    update public.research_runs r
    set retry_until = now(), finished_at = null,
      -- Asked for different ones while some are left: all.
      retry_code = case when r.retry_until is null or r.retry_code = retry_failed_jobs.error_code then retry_failed_jobs.error_code end,
      status = case when r.status = 'completed' then 'running' else r.status end
    where r.id = run.id;
    perform private.open_lanes(run.id);
    perform private.feed_run(run.id);
    perform private.ring_doorbell();
  end if;
  return public.research_progress(run.id);
end
$$;

grant execute on function public.research_progress, public.start_research, public.pause_research, public.resume_research, public.cancel_research,
  public.retry_failed_jobs, public.set_spend_cap to authenticated;
