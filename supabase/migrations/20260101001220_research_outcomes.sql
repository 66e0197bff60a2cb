-- What became of jobs: results, failures, answers that are still to come, workers that were not heard of again.

-- One outcome that counts, with its job as it was.
create type private.settled_job as (
  job_id bigint, workspace_id uuid, run_id uuid, campaign_id uuid, company_id uuid, batch_id uuid, stage public.research_stage, attempt int,
  was public.job_status, kind text, result jsonb, code text, reason text, seconds double precision, follow_ups public.research_stage[]
);

-- Full-jitter backoff in seconds before the next attempt, never sooner than the other side asked for, unless that is more than a day.
create function private.backoff_seconds(attempt int, after_ms numeric)
returns double precision
language sql volatile
set search_path = ''
as $$
  select greatest(least(coalesce(after_ms, 0) / 1000.0, 86400), random() * least(600, 5 * 2 ^ least(attempt, 10)))
$$;

-- Outcomes that count, of those given: a result whichever attempt it comes from, once (it was paid for); anything else only from the job's current batch. Their
-- campaigns must be locked.
create function private.countable(outcomes jsonb)
returns private.settled_job[]
language plpgsql
set search_path = ''
as $$
begin
  return array(
    select row(j.id, j.workspace_id, j.run_id, j.campaign_id, j.company_id, j.batch_id, j.stage, j.attempt, j.status,
      case when o.kind = 'retry' and j.attempt >= 5 and o.code <> 'slice_over' then 'failed' else o.kind end,
      o.result, left(o.code, 100),
      left(case when o.kind = 'retry' and j.attempt >= 5 then replace(o.reason, 'It is asked again by itself.', 'It was asked five times.') else o.reason end, 1000),
      case when o.kind <> 'retry' or o.code = 'slice_over' then 0 else private.backoff_seconds(j.attempt, o.after_ms) end,
      -- The other stages follow that which finds out about the company.
      case when o.kind = 'done' and j.stage = 'company' and j.status <> 'cancelled' and r.status in ('running', 'paused') then r.follow_stages
        else '{}' end
    )::private.settled_job
    from (
      select distinct on (x.job_id) x.*
      from jsonb_to_recordset(outcomes) as x (job_id bigint, batch_id uuid, kind text, result jsonb, after_ms numeric, code text, reason text)
      order by x.job_id, x.kind <> 'done', x.kind = 'accepted'
    ) as o
    join public.research_jobs j on j.id = o.job_id
    join public.research_runs r on r.id = j.run_id
    join public.campaigns c on c.id = j.campaign_id and c.state = 'active' -- what comes late for a campaign that is put away has nowhere to go
    where case when o.kind = 'done' then not j.has_result else j.status in ('processing', 'waiting') and j.batch_id = o.batch_id end
  );
end
$$;

-- Writes what became of jobs, in one transaction with everything that follows from it, and what is known of their requests.
-- outcomes: [{ job_id, batch_id (not of what is done), kind: done | retry | failed | accepted | poll, result?, after_ms?, state?, code?, reason? }]; accepted: the
-- result comes later; poll: as take_polls.
-- answered: batches whose request is over; unpaid: those of them that nobody worked on, which cost nothing. deliveries: as keep_deliveries. Gives
-- { completed, retried, failed, accepted, ignored }.
create function private.complete_jobs(outcomes jsonb, answered uuid[] default '{}', deliveries jsonb default '[]', unpaid uuid[] default '{}')
returns jsonb
language plpgsql
set search_path = ''
set enable_seqscan = off -- and in all that it calls, as in claims
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off -- a plan for which nothing is left but what is turned off counts as a costly one
as $$
declare
  settled private.settled_job[];
  ended private.settled_job[];
  seen record;
  runs uuid[];
  run uuid;
begin
  perform from public.campaigns c
  where c.id = any (array(
    select distinct j.campaign_id from public.research_jobs j where j.id = any (array(select (o ->> 'job_id')::bigint from jsonb_array_elements(outcomes) as o))
  )) order by c.id for no key update;
  if outcomes @> '[{"kind": "poll"}]' then
    outcomes := private.take_polls(outcomes);
  end if;
  settled := private.countable(outcomes);
  -- What there is of each kind: looking at all jobs again for what is not there takes longer.
  select count(*) filter (where s.kind = 'done') as done, count(*) filter (where s.kind = 'retry') as retried, count(*) filter (where s.kind = 'failed') as failed,
    count(*) filter (where s.kind = 'accepted') as accepted, bool_or(s.follow_ups <> '{}') as any_follows, array_agg(distinct s.stage) as stages,
    array_agg(s.job_id) filter (where s.kind = 'done') as done_jobs, array_agg(s.job_id) filter (where s.was = 'queued' and s.kind in ('done', 'failed')) as in_queue,
    bool_or(s.kind = 'done' and s.result <> all ('{"{}","{\"fields\": {}}","{\"contacts\": []}"}'::jsonb[])) as any_result
  into seen from unnest(settled) as s;
  ended := case when seen.done + seen.failed = cardinality(settled) then settled
    else array(select s from unnest(settled) as s where s.kind in ('done', 'failed')) end;

  perform private.dequeue_jobs(seen.in_queue) where seen.in_queue <> '{}';
  if seen.any_result then
    perform private.store_company_results(settled) where 'company' = any (seen.stages);
    perform private.store_financials(settled) where 'financials' = any (seen.stages);
    perform private.store_contact_results(settled) where 'contacts' = any (seen.stages);
  end if;
  perform private.write_outcomes(settled, seen.done_jobs);
  perform private.enqueue_jobs(array(select s.job_id from unnest(settled) as s where s.kind = 'retry')) where seen.retried > 0;
  perform private.follow_up(settled) where seen.any_follows;
  perform private.settle_other_subjects(settled) where seen.stages && '{discover,contacts,enrich,sync}';
  perform private.show_ended(ended);
  if seen.retried + seen.failed > 0 then
    insert into public.research_attempts (workspace_id, job_id, attempt, batch_id, outcome, error_code, error_message)
    select s.workspace_id, s.job_id, s.attempt, s.batch_id, s.kind, s.code, s.reason
    from unnest(settled) as s where s.kind in ('retry', 'failed') and s.code <> 'slice_over';
  end if;
  with rates as (
    insert into private.run_rates as r (run_id, stage, at, completed, failed)
    select s.run_id, s.stage, date_bin('10 seconds', now(), '2000-01-01'), count(*) filter (where s.kind = 'done'), count(*) filter (where s.kind = 'failed')
    from unnest(ended) as s group by s.run_id, s.stage order by s.run_id, s.stage
    on conflict (run_id, stage, at) do update set completed = r.completed + excluded.completed, failed = r.failed + excluded.failed
    returning r.run_id
  )
  select array(select distinct rates.run_id from rates order by 1) into runs;
  foreach run in array runs loop
    perform private.end_run(run);
  end loop;

  if unpaid <> '{}' then
    perform private.add_spent(b.run_id, b.lane_id, -b.cost)
    from (
      select x.run_id, x.lane_id, sum(x.cost) as cost from public.research_batches x where x.id = any (unpaid) and x.answered_at is null
      group by x.run_id, x.lane_id having sum(x.cost) > 0 order by x.run_id, x.lane_id
    ) as b;
  end if;
  perform private.keep_deliveries(deliveries) where deliveries <> '[]';
  perform private.settle_batches(answered, settled);
  perform private.keep_results(settled) where seen.any_result;
  return jsonb_build_object('completed', seen.done, 'retried', seen.retried, 'failed', seen.failed, 'accepted', seen.accepted,
    'ignored', jsonb_array_length(outcomes) - cardinality(settled));
end
$$;

-- Writes to jobs what became of them; `done`: those with a result.
create function private.write_outcomes(settled private.settled_job[], done bigint[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  if done <> '{}' then
    update public.research_jobs j
    set status = case when j.status = 'cancelled' then 'cancelled' else 'completed' end::public.job_status, has_result = true,
      polled_since = null, error_code = null, error_message = null, finished_at = now()
    where j.id = any (done);
  end if;
  if coalesce(cardinality(done), 0) < cardinality(settled) then
    update public.research_jobs j
    set status = case when j.status = 'cancelled' then 'cancelled' when s.kind = 'failed' then 'failed' when s.kind = 'accepted' then 'waiting' else 'queued' end::public.job_status,
      attempt = case when s.code = 'slice_over' then j.attempt - 1 else j.attempt end,
      run_after = case when s.kind = 'retry' then now() + make_interval(secs => s.seconds) else j.run_after end,
      polled_since = case when s.kind <> 'failed' then j.polled_since end,
      error_code = s.code, error_message = s.reason, finished_at = case when s.kind = 'failed' then now() end
    from unnest(settled) as s
    where s.kind <> 'done' and j.id = s.job_id;
  end if;
end
$$;

-- Makes the jobs that follow from finished ones.
create function private.follow_up(settled private.settled_job[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  made bigint[];
begin
  if exists (select from unnest(settled) as s where s.follow_ups <> '{}') then
    with jobs as (
      insert into public.research_jobs (workspace_id, run_id, campaign_id, company_id, stage)
      select s.workspace_id, s.run_id, s.campaign_id, s.company_id, next_stage
      from unnest(settled) as s cross join lateral unnest(s.follow_ups) as next_stage
      on conflict on constraint research_jobs_workspace_id_run_id_stage_company_id_key do nothing returning id
    )
    select array_agg(jobs.id) into made from jobs;
    perform private.enqueue_jobs(made);
  end if;
end
$$;

-- Shows on companies that their research has ended, once no other job of theirs in the run is open: as failed if any of them failed. Those that came too late for
-- what was to follow are still to be researched, as cancel_research left them.
create function private.show_ended(ended private.settled_job[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.companies c
  set research_status = case when e.is_failed then 'failed' else 'completed' end::public.research_status,
    researched_at = case when e.is_failed then c.researched_at else now() end
  from (
    select s.company_id, bool_or(s.kind = 'failed' or exists (
      select from public.research_jobs x where x.workspace_id = s.workspace_id and x.company_id = s.company_id and x.run_id = s.run_id and x.status = 'failed'
    )) as is_failed
    from unnest(ended) as s
    where not exists ( -- what follows is open, unless it was done before the job was researched again
      select from public.research_jobs x
      where x.workspace_id = s.workspace_id and x.company_id = s.company_id and x.run_id = s.run_id and x.status in ('queued', 'processing', 'waiting')
    ) and not ( -- of a run that was cancelled, where nothing follows any more
      s.was = 'cancelled' and s.stage = 'company' and exists (select from public.research_runs r where r.id = s.run_id and r.follow_stages <> '{}')
    )
    group by s.company_id
  ) as e
  where c.id = e.company_id;
end
$$;

-- Batches whose request is over wait for the results that are to come by callback until the integration's deadline, from now on for as long again when a
-- callback has come; those with nothing to come are done with, and those of the web researcher deleted. What could not be stored keeps its lease, and is found
-- when that ends.
create function private.settle_batches(answered uuid[], settled private.settled_job[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  touched uuid[];
  closed uuid[]; -- all of their jobs have ended just now: these need not be looked at
begin
  select coalesce(array_agg(t.batch_id) filter (where t.batch_id <> all (answered)), '{}'),
    coalesce(array_agg(b.id) filter (where b.id = any (answered) and t.ended = cardinality(b.job_ids)), '{}')
  into touched, closed
  from (select s.batch_id, count(*) filter (where s.kind in ('done', 'failed')) as ended from unnest(settled) as s group by s.batch_id) as t
  left join public.research_batches b on b.id = t.batch_id;
  perform from public.research_batches b where b.id = any (answered || touched) order by b.id for no key update;
  delete from public.research_batches b
  where b.id = any (answered) and exists (select from public.lanes l where l.id = b.lane_id and l.integration_id is null) and (
    b.id = any (closed) or not exists (select from public.research_jobs j where j.id = any (b.job_ids) and j.status = 'processing' and j.batch_id = b.id)
  );
  update public.research_batches b set answered_at = coalesce(b.answered_at, now()), leased_until = null where b.id = any (closed);
  update public.research_batches b
  set answered_at = case when b.id = any (answered) then coalesce(b.answered_at, now()) else b.answered_at end,
    leased_until = case
      when open.any_waits then (
        select now() + make_interval(secs => i.deadline_seconds) from public.lanes l join public.integrations i on i.id = l.integration_id where l.id = b.lane_id
      )
      when open.is_under_way then b.leased_until
      when b.answered_at is null and b.id <> all (answered) then b.leased_until -- its worker is still at it
    end
  from (
    select o.id, bool_or(j.status = 'waiting') as any_waits, bool_or(j.status = 'processing') as is_under_way
    from public.research_batches o cross join lateral unnest(o.job_ids) as t (job_id) left join public.research_jobs j on j.id = t.job_id and j.batch_id = o.id
    where o.id = any (answered || touched) and o.id <> all (closed) group by o.id
  ) as open
  where b.id = open.id;
end
$$;

-- Jobs whose worker was not heard of again, or whose callback did not come in time, go back to the queue, or fail after five attempts. Returns how many batches.
-- For `grace` after Postgres was away none is: workers could not be heard meanwhile, and keep what they have found until it is back.
create function private.expire_leases(grace interval default '0')
returns int
language plpgsql
set search_path = ''
as $$
declare
  late uuid[];
  outcomes jsonb;
begin
  if private.is_just_back(grace) then
    return 0;
  end if;
  late := array(
    select b.id from public.research_batches b join public.research_runs r on r.id = b.run_id join public.campaigns c on c.id = r.campaign_id and c.state = 'active'
    where b.leased_until < now() order by b.leased_until limit 100
  );
  if late <> '{}' then
    perform from public.campaigns c
    where c.id in (select r.campaign_id from public.research_batches b join public.research_runs r on r.id = b.run_id where b.id = any (late))
    order by c.id for no key update;
    -- Somebody may have answered for them until now.
    late := array(select b.id from public.research_batches b where b.id = any (late) and b.leased_until < now());
    select coalesce(jsonb_agg(jsonb_build_object('job_id', j.id, 'batch_id', b.id, 'kind', 'retry') || case when b.answered_at is null
      then '{"code": "lease_expired", "reason": "The worker stopped before it answered."}'::jsonb
      else '{"code": "no_callback", "reason": "The integration took this, but handed in no result in time."}' end), '[]') into outcomes
    from public.research_batches b cross join lateral unnest(b.job_ids) as t (job_id) join public.research_jobs j on j.id = t.job_id and j.batch_id = b.id
    where b.id = any (late) and (b.answered_at is not null or j.status = 'processing'); -- one that waits for a callback goes on to, when a request is sent again
    perform private.complete_jobs(outcomes, late);
    update private.engine_pulse set last_at = clock_timestamp(); -- to have waited for campaigns is not to have been away
  end if;
  -- In a campaign that is put away nothing is under way: its runs were over before.
  update public.research_batches b set answered_at = coalesce(b.answered_at, now()), leased_until = null
  where b.id in (
    select x.id from public.research_batches x join public.research_runs r on r.id = x.run_id join public.campaigns c on c.id = r.campaign_id and c.state <> 'active'
    where x.leased_until < now() order by x.id limit 500 for no key update of x skip locked
  );
  return cardinality(late);
end
$$;
