-- What the edge functions need besides claims and completion: limiters, and results that are handed in later.

-- Keeps what the limiter learned, if nobody else did meanwhile: { saved, limiter, limiter_version }, the state that is kept now. Whoever was late computes again.
create function private.save_limiter(lane_id uuid, version int, limiter jsonb, limit_now real, held_until timestamptz)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  lane public.lanes;
begin
  update public.lanes l
  set limiter = save_limiter.limiter, limit_now = save_limiter.limit_now, held_until = save_limiter.held_until, limiter_version = l.limiter_version + 1
  where l.id = save_limiter.lane_id and l.limiter_version = save_limiter.version
  returning * into lane;
  if lane.id is not null then
    return jsonb_build_object('saved', true, 'limiter', lane.limiter, 'limiter_version', lane.limiter_version);
  end if;
  return (
    select jsonb_build_object('saved', false, 'limiter', l.limiter, 'limiter_version', l.limiter_version) from public.lanes l where l.id = save_limiter.lane_id
  );
end
$$;

-- Those of the jobs that the integration does: [{ id, stage, attempt, batch_id, names (of its subject) }]. Jobs of others are not there.
create function private.jobs_of_integration(integration_id uuid, job_ids bigint[])
returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', j.id, 'stage', j.stage, 'attempt', j.attempt, 'batch_id', j.batch_id,
      'names', array_remove(array[c.name, c.domain, p.name], null))), '[]')
    from public.research_jobs j join public.research_runs r on r.id = j.run_id join public.lanes l on l.id = (r.lanes ->> j.stage::text)::uuid
    left join public.contacts p on p.id = j.contact_id left join public.companies c on c.id = coalesce(j.company_id, p.company_id)
    where j.id = any (job_ids) and l.integration_id = jobs_of_integration.integration_id
  );
end
$$;

-- Takes what a callback handed in, once for each event_id: outcomes as complete_jobs, of jobs of the integration; `unused`: results that are not among them.
-- Gives { is_repeat, taken, ignored, notes }; a repeat changes nothing and gives what was given then. Errors: id_reused.
create function private.take_event(integration_id uuid, event_id text, body text, notes text[], outcomes jsonb, unused int default 0)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  event public.events;
  not_counted int;
begin
  insert into public.events (workspace_id, integration_id, event_id, body, notes)
  select i.workspace_id, i.id, take_event.event_id, take_event.body, take_event.notes from public.integrations i where i.id = take_event.integration_id
  on conflict on constraint events_integration_id_event_id_key do nothing
  returning * into event;
  if event.id is null then
    select * into event from public.events e where e.integration_id = take_event.integration_id and e.event_id = take_event.event_id;
    if event.body <> take_event.body then
      perform private.fail('id_reused', 409,
        'Another message had this webhook-id already. Nothing of this one was taken: send it again with a webhook-id of its own.');
    end if;
    return jsonb_build_object('is_repeat', true, 'taken', event.taken, 'ignored', event.ignored, 'notes', event.notes);
  end if;
  not_counted := (private.complete_jobs(outcomes) ->> 'ignored')::int;
  update public.events e
  set taken = jsonb_array_length(outcomes) - not_counted, ignored = not_counted + unused,
    notes = e.notes || case when not_counted > 0 then array[format(
      'Not used: %s of the results, because the job has a result already, or no answer to this try is waited for any more.', not_counted)] else '{}' end
  where e.id = event.id
  returning * into event;
  perform private.ring_doorbell() where private.has_work();
  return jsonb_build_object('is_repeat', false, 'taken', event.taken, 'ignored', event.ignored, 'notes', event.notes);
end
$$;
