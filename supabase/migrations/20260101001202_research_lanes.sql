-- Lanes: which runs they serve, how much they may send now, and what it costs.

-- The lane of a workspace for an integration, or for the web researcher (null); made if it is not there yet.
create function private.lane_of(workspace_id uuid, integration_id uuid)
returns uuid
language plpgsql
set search_path = ''
as $$
begin
  insert into public.lanes (workspace_id, integration_id, limit_now)
  values (lane_of.workspace_id, lane_of.integration_id, case when lane_of.integration_id is null then 20 else 10 end)
  on conflict on constraint lanes_workspace_id_integration_id_key do nothing;
  return (select l.id from public.lanes l where l.workspace_id = lane_of.workspace_id and l.integration_id is not distinct from lane_of.integration_id);
end
$$;

-- What a job costs: nothing where there is no integration (any more).
create function private.cost_of(integration public.integrations)
returns numeric
language sql immutable
set search_path = ''
as $$
  select case when integration.deleted_at is null then coalesce(integration.cost_per_job, 0) else 0 end
$$;

-- What the jobs of a run have cost so far.
create function private.spent_by(run_id uuid)
returns numeric
language sql stable
set search_path = ''
as $$
  select r.spent + coalesce((select sum(w.spent) from private.lane_runs w where w.run_id = r.id), 0) from public.research_runs r where r.id = spent_by.run_id
$$;

-- Lets the lanes of a run serve it.
create function private.open_lanes(run_id uuid)
returns void
language sql
set search_path = ''
as $$
  insert into private.lane_runs (lane_id, run_id)
  select distinct l.lane_id::uuid, r.id from public.research_runs r cross join lateral jsonb_each_text(r.lanes) as l (stage, lane_id) where r.id = open_lanes.run_id
  on conflict do nothing
$$;

-- Has a run that is over served no more; what it has cost is kept with it.
create function private.close_lanes(run_id uuid)
returns void
language sql
set search_path = ''
as $$
  select from private.lane_runs w where w.run_id = close_lanes.run_id order by w.lane_id for update;
  with closed as (delete from private.lane_runs w where w.run_id = close_lanes.run_id returning w.spent)
  update public.research_runs r set spent = r.spent + (select coalesce(sum(c.spent), 0) from closed c) where r.id = close_lanes.run_id
$$;

-- Adds to what a run has cost, also when it is over.
create function private.add_spent(run_id uuid, lane_id uuid, cost numeric)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update private.lane_runs w set spent = w.spent + cost where w.run_id = add_spent.run_id and w.lane_id = add_spent.lane_id;
  if not found then
    update public.research_runs r set spent = r.spent + cost where r.id = add_spent.run_id;
  end if;
end
$$;

-- Requests of a lane that have no answer yet.
create function private.requests_in_flight(lane_id uuid)
returns int
language sql stable
set search_path = ''
as $$
  select count(*)::int from public.research_batches b
  where b.lane_id = requests_in_flight.lane_id and b.answered_at is null and not b.is_over and b.created_at > now() - interval '3 minutes' -- no slice lives longer
$$;

-- Requests that a lane may send now: what its limit leaves, and the cap on requests per second. The integration is null for the web researcher.
create function private.free_requests(lane public.lanes, integration public.integrations)
returns int
language plpgsql stable
set search_path = ''
as $$
begin
  if lane.held_until > now() then
    return 0;
  end if;
  return greatest(least(
    floor(least(lane.limit_now, coalesce(integration.max_in_flight, 1000)))::int - private.requests_in_flight(lane.id),
    floor(private.tokens_left(lane, integration))::int
  ), 0);
end
$$;

-- Requests that the integration's cap on requests per second leaves: a million without a cap.
create function private.tokens_left(lane public.lanes, integration public.integrations)
returns real
language sql stable
set search_path = ''
as $$
  select case when integration.requests_per_second is null then 1000000
    else least(integration.burst, lane.tokens + greatest(extract(epoch from now() - greatest(lane.tokens_at, '2000-01-01')), 0) * integration.requests_per_second) end::real
$$;

-- Jobs of the run that may still be paid for: a million without a cap on its spending. Locks what its lanes have spent.
create function private.affordable_jobs(run_id uuid, cost_per_job numeric)
returns int
language plpgsql
set search_path = ''
as $$
declare
  cap numeric := (select r.spend_cap from public.research_runs r where r.id = affordable_jobs.run_id);
begin
  if cap is null or cost_per_job = 0 then
    return 1000000;
  end if;
  if (select count(*) from (select from private.lane_runs w where w.run_id = affordable_jobs.run_id for no key update skip locked) as locked)
    < (select count(*) from private.lane_runs w where w.run_id = affordable_jobs.run_id) then
    return 0; -- another lane of the run is being claimed for; it is the next one's turn
  end if;
  return greatest(least(floor((cap - private.spent_by(affordable_jobs.run_id)) / cost_per_job), 1000000), 0);
end
$$;

-- Who is to do each of the stages, checked: providers { stage: an integration's id, or null for the web researcher }; one not named is done by the web
-- researcher, which reads websites, knows neither financials nor more of a contact, and hands nothing on. Gives { stage: lane }. Errors: bad_providers, stage_needs_integration.
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
    if integration is null and stage in ('financials', 'enrich', 'sync') then
      perform private.fail('stage_needs_integration', 409, format('The built-in web researcher %s. Choose an integration for this stage, or leave it out.',
        case stage when 'financials' then 'knows no financials' when 'enrich' then 'does not enrich contacts' else 'does not hand contacts on' end));
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
