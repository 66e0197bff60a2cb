-- Sending a request to an integration again: a batch that went out before, to where the integration is now, with the same webhook-id. A result counts as one of a
-- callback does. For jobs that wait to be tried again this is their next try, so that they are not sent twice; of the others a request that fails says nothing.

-- The batch of a delivery, if the caller may send it again. Errors: not_found, forbidden, test_delivery. Called as the user, by the edge function.
create function public.may_redeliver(delivery_id bigint)
returns uuid
language plpgsql security definer
set search_path = ''
as $$
declare
  delivery public.deliveries;
begin
  select * into delivery from public.deliveries d where d.id = may_redeliver.delivery_id and d.workspace_id = any (array(select private.my_workspaces()));
  if delivery.id is null then
    perform private.fail('not_found', 404, 'This delivery does not exist any more.');
  elsif delivery.workspace_id <> all (array(select private.my_workspaces('member'))) then
    perform private.fail('forbidden', 403, 'Your role in this workspace does not allow this. Ask an owner or admin.');
  elsif delivery.batch_id is null then
    perform private.fail('test_delivery', 409, 'This was a test. Send another one on the page of the integration.');
  end if;
  return delivery.batch_id;
end
$$;
grant execute on function public.may_redeliver to authenticated;

-- The batch's run, with its campaign locked. Errors: batch_gone, campaign_busy.
create function private.run_to_redeliver(batch_id uuid)
returns public.research_runs
language plpgsql
set search_path = ''
as $$
declare
  run public.research_runs;
  state public.campaign_state;
begin
  select r.* into run from public.research_batches b join public.research_runs r on r.id = b.run_id where b.id = run_to_redeliver.batch_id;
  select c.state into state from public.campaigns c where c.id = run.campaign_id for no key update;
  if state is null then
    perform private.fail('batch_gone', 409, 'What was in this request is not known any more: its research was deleted, or is over for 30 days. Start research again.');
  elsif state <> 'active' then
    perform private.fail('campaign_busy', 409, private.busy_reason(state));
  end if;
  return run;
end
$$;

-- Pays for sending jobs again: what it costs. The lane must be locked. Errors: cap_reached.
create function private.charge_redelivery(run public.research_runs, lane_id uuid, integration public.integrations, jobs int)
returns numeric
language plpgsql
set search_path = ''
as $$
declare
  cost numeric := private.cost_of(integration) * jobs;
begin
  if cost > 0 then
    perform from private.lane_runs w where w.run_id = run.id order by w.lane_id for no key update;
    if private.spent_by(run.id) + cost > run.spend_cap then
      perform private.fail('cap_reached', 409, format('This would cost %s more, which is over the spending cap of its research. Nothing was sent.', trim_scale(cost)));
    end if;
    perform private.add_spent(run.id, charge_redelivery.lane_id, cost);
  end if;
  return cost;
end
$$;

-- Takes a batch to send it again, for so many seconds: { lane: as a claim gives it, integration, batch: as open_batches gives it, tried: ids of the jobs whose next try it is }. Locks as
-- a claim does, its lane before its jobs, with the campaign before both. Errors: those of run_to_redeliver and charge_redelivery, integration_deleted, under_way,
-- lane_held, nothing_to_send.
create function private.begin_redelivery(batch_id uuid, lease_seconds int)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  run public.research_runs := private.run_to_redeliver(begin_redelivery.batch_id);
  batch public.research_batches;
  lane public.lanes;
  integration public.integrations;
  jobs jsonb;
  tried bigint[];
  price numeric;
begin
  select l.* into lane from public.lanes l join public.research_batches b on b.lane_id = l.id where b.id = begin_redelivery.batch_id for no key update of l;
  select * into integration from public.integrations i where i.id = lane.integration_id;
  select * into batch from public.research_batches b where b.id = begin_redelivery.batch_id;
  if integration.deleted_at is not null then
    perform private.fail('integration_deleted', 409, 'This integration was deleted. Start research again with another one.');
  elsif batch.answered_at is null then
    perform private.fail('under_way', 409, 'This request is being sent right now. Its answer is shown here once it has come.');
  elsif lane.held_until > now() then
    perform private.fail('lane_held', 409, format('%s refused requests or failed several times in a row: nothing is sent to it for another %s seconds. Send this again then.',
      integration.name, ceil(extract(epoch from lane.held_until - now()))::int));
  end if;
  perform from public.research_jobs j where j.id = any (batch.job_ids) order by j.id for no key update;
  jobs := private.sendable_jobs(batch.job_ids);
  if jobs = '[]' then
    perform private.fail('nothing_to_send', 409, 'What this request was about was deleted. There is nothing left to send.');
  end if;
  tried := array(select j.id from public.research_jobs j where j.id = any (batch.job_ids) and j.status = 'queued' and j.batch_id = batch.id);
  -- What it only wants to be asked for again was paid when it was asked for first.
  price := private.charge_redelivery(run, lane.id, integration, jsonb_array_length(jobs)
    - (select count(*)::int from public.research_jobs j where j.id = any (tried) and j.polled_since is not null));
  perform private.dequeue_jobs(tried);
  update public.research_jobs j
  set status = 'processing', attempt = j.attempt + 1, started_at = now(), error_code = null, error_message = null where j.id = any (tried);
  update public.lanes l set tokens = private.tokens_left(lane, integration) - 1, tokens_at = now() where l.id = lane.id;
  update public.research_batches b set is_over = false, answered_at = null, cost = price, leased_until = now() + make_interval(secs => lease_seconds) where b.id = batch.id;
  return jsonb_build_object(
    'lane', jsonb_build_object('id', lane.id, 'in_flight', private.requests_in_flight(lane.id), 'limiter', lane.limiter, 'limiter_version', lane.limiter_version),
    'integration', private.integration_for_engine(integration.id), 'batch', jsonb_build_object('id', batch.id, 'jobs', jobs),
    'tried', tried);
end
$$;

-- Jobs as open_batches gives them, but those that are gone, and those about contacts who do not want to be contacted by now.
create function private.sendable_jobs(ids bigint[])
returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(case when c.id is null then private.other_subject(j.id)::jsonb else jsonb_build_object(
    'id', j.id, 'stage', j.stage, 'attempt', j.attempt, 'state', j.poll_state, 'company_id', c.id, 'name', c.name, 'domain', c.domain, 'website', c.website
  ) end order by t.place), '[]')
  from unnest(ids) with ordinality as t (job_id, place) join public.research_jobs j on j.id = t.job_id left join public.companies c on c.id = j.company_id
  where not private.is_barred(j.contact_id)
$$;

-- What came of it: outcomes and deliveries as complete_jobs, which counts them; if nobody worked on it (`is_paid` is false), what it cost is given back. Done once, also if
-- this is called again because the first answer was lost.
create function private.end_redelivery(batch_id uuid, outcomes jsonb, deliveries jsonb, is_paid boolean)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  ids uuid[] := array[end_redelivery.batch_id];
  counts jsonb := private.complete_jobs(outcomes, ids, deliveries, case when is_paid then '{}' else ids end);
begin
  perform private.ring_doorbell() where private.has_work();
  return counts;
end
$$;
