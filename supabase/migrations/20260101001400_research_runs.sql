-- What people do with research: start, pause, resume, cancel, change its cap, retry.

-- Starts research of the campaign's rows that fit the filter of list_companies or list_contacts: by default those for which this was not done yet; contacts are only
-- enriched and handed on. options (all may be missing): { again: true takes all of them, afresh: true uses no result from before, providers: { stage: integration id }, priority: -10 to 10, spend_cap: jobs that would cost more in all are not sent, source: what `discover` reads }. With
-- `discover` the companies are those of the source; `enrich`, or else `sync`, without `contacts` begins with the contacts of the companies. The campaign remembers the choice.
-- Gives the progress of the new run. Errors: run_active (one at a time), nothing_to_research, bad_list, bad_filter, bad_stages, bad_options, bad_source, and those of choose_lanes.
create function public.start_research(
  campaign_id uuid, stages public.research_stage[] default '{company,contacts}', filter jsonb default '{}', options jsonb default '{}', list text default 'companies'
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
  scope record;
  source jsonb;
  run_id uuid;
begin
  if exists (select from public.research_runs r where r.campaign_id = campaign.id and r.status in ('running', 'paused')) then
    perform private.fail('run_active', 409, 'Research is under way in this campaign. Wait for it to end, or cancel it first.');
  end if;
  if stages is null or cardinality(stages) = 0 or array_position(stages, null) is not null then
    perform private.fail('bad_stages', 400, 'Choose at least one stage.');
  end if;
  perform private.check_filter(options, '{again,afresh,providers,priority,spend_cap,source}');
  if not (coalesce(options -> 'priority', '0') between '-10' and '10') or not (coalesce(nullif(options -> 'spend_cap', 'null'), '0') between '0' and '1000000000') then
    perform private.fail('bad_options', 400, 'The priority is a number from -10 to 10, the spending cap an amount.');
  end if;
  chosen := array(select distinct s from unnest(start_research.stages) as s order by s);
  if list is null or list not in ('companies', 'contacts') then
    perform private.fail('bad_list', 400, 'The list is companies or contacts.');
  elsif list = 'contacts' and not chosen <@ '{enrich,sync}' then
    perform private.fail('bad_stages', 400, 'Contacts can be enriched and handed on. Choose companies to find out anything else.');
  end if;
  lanes := private.choose_lanes(campaign.workspace_id, chosen, coalesce(options -> 'providers', '{}'));
  if 'discover' = any (chosen) then
    source := private.check_source(options -> 'source', options -> 'providers' ->> 'discover' is null);
    if private.starts_with_contacts(chosen) then
      perform private.fail('bad_stages', 400, 'Companies that a source brings have no contacts yet. Look for contacts as well, or leave out what is done with them.');
    elsif filter <> '{}' then
      perform private.fail('bad_stages', 400, 'A source brings companies of its own. Leave it out to research those that you chose.');
    end if;
  end if;
  run_filter := filter || case when options ->> 'again' = 'true' then '{"again": true}'::jsonb else '{}' end;
  scope := private.scope_of(campaign, list, chosen, run_filter, source is not null);
  if scope.companies = 0 and scope.contacts = 0 and source is null then
    perform private.fail('nothing_to_research', 409, case
      when list = 'contacts' then 'Nothing is left to do for these contacts: it was done before, or they do not want to be contacted. What was done can be done again: say so in the options.'
      when chosen = '{sync}' then 'No contact here is waiting to be handed on. Find contacts first, or hand the finished ones on again.'
      when chosen <@ '{enrich,sync}' then 'No contact here is waiting to be enriched. Find contacts first, or enrich the finished ones again.'
      else 'No company here is waiting for research. Import companies, or research the finished ones again.' end);
  end if;
  insert into public.research_runs (workspace_id, campaign_id, stages, lanes, priority, spend_cap, afresh, filter, list, source, feeds, companies_total, contacts_total, created_by)
  values (campaign.workspace_id, campaign.id, chosen, lanes, coalesce((options ->> 'priority')::numeric, 0), (options ->> 'spend_cap')::numeric, coalesce(options ->> 'afresh' = 'true', false),
    run_filter, start_research.list, source, case when source is not null then 'page' when chosen <@ '{enrich,sync}' then 'contact' else 'company' end::public.research_subject, coalesce(scope.companies, 0), coalesce(scope.contacts, 0), (select auth.uid()))
  returning id into run_id;
  perform private.open_lanes(run_id);
  -- What was chosen for some contacts says nothing about the companies: only who does it is remembered.
  update public.campaigns c
  set research_plan = case list
    when 'contacts' then coalesce(c.research_plan, '{"stages": ["company", "contacts"], "spend_cap": null, "source": null}')
      || jsonb_build_object('providers', coalesce(c.research_plan -> 'providers', '{}') || coalesce(options -> 'providers', '{}'))
    else jsonb_build_object('stages', chosen, 'providers', coalesce(options -> 'providers', '{}'), 'spend_cap', options -> 'spend_cap',
      'source', coalesce(source, c.research_plan -> 'source')) end
  where c.id = campaign.id;
  insert into private.run_filters values (run_id, scope.conditions);
  perform private.feed_run(run_id);
  perform private.ring_doorbell();
  return public.research_progress(run_id);
end
$$;

-- What a run of these stages with this filter of a list covers: the SQL conditions on its rows, and how many companies and contacts there are to begin with, those of a
-- source aside; null where it would take too long to find one. Errors: bad_filter.
create function private.scope_of(
  campaign public.campaigns, list text, stages public.research_stage[], filter jsonb, has_source boolean, out conditions text, out companies int, out contacts int
)
language plpgsql stable
set search_path = ''
as $$
begin
  conditions := private.run_conditions(list, campaign.workspace_id, filter);
  companies := 0;
  contacts := case when private.starts_with_contacts(stages)
    then private.count_open(private.contact_scope(list, conditions, filter, stages), campaign, filter) else 0 end;
  if stages <@ '{enrich,sync}' or has_source then
    return;
  elsif filter - 'again' = '{}' and (filter ? 'again' or 'company' = any (stages)) then
    companies := campaign.company_count - case when filter = '{}' then campaign.researched_count else 0 end;
  else -- counted as far as there is time; the run says how many it has fed
    companies := private.count_open(private.company_scope(conditions, filter, stages), campaign, filter);
  end if;
exception when data_exception then
  perform private.fail('bad_filter', 400, 'A value of the filter has the wrong type.');
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
  jobs bigint[];
begin
  if run.status <> 'running' and run.status <> 'paused' then
    return public.research_progress(run.id);
  end if;
  update public.research_runs r set status = 'cancelled', finished_at = now(), retry_until = null where r.id = run.id;
  -- Open jobs are where the engine has them: a run may have a million that are over.
  jobs := array(
    select j.id from public.research_jobs j
    where j.status in ('queued', 'processing', 'waiting') and j.id = any (array(
      select q.job_id from private.queue q where q.run_id = run.id
      union
      select unnest(b.job_ids) from public.research_batches b where b.workspace_id = run.workspace_id and b.run_id = run.id and b.leased_until is not null
    )) order by j.id for no key update
  );
  perform from public.companies c
  where c.id in (select j.company_id from public.research_jobs j where j.id = any (jobs)) order by c.id for no key update;
  update public.companies c set research_status = case when c.researched_at is null then 'new' else 'completed' end::public.research_status
  from public.research_jobs j where j.id = any (jobs) and c.id = j.company_id;
  delete from private.queue q where q.run_id = run.id;
  perform private.close_lanes(run.id);
  update public.research_jobs j set status = 'cancelled', finished_at = now() where j.id = any (jobs);
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

grant execute on function public.start_research, public.pause_research, public.resume_research, public.cancel_research,
  public.retry_failed_jobs, public.set_spend_cap to authenticated;
