-- The queue: what is ready, and who gets it. Lock order of everything that writes several rows: campaigns first (in id order, or skipped if taken), then jobs,
-- companies, contacts, runs and counters, then batches in id order. A claim holds no campaign: it takes a lane, then what of the rest it can have at once, and
-- waits for nobody but the counters of claims.

-- Puts jobs that were made `queued` into the queue: each at its run_after, in the lane that its run has for its stage.
create function private.enqueue_jobs(job_ids bigint[])
returns void
language plpgsql
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  if coalesce(job_ids, '{}') = '{}' then
    return;
  end if;
  insert into private.queue (run_id, lane_id, ready_at, job_id)
  select j.run_id, (r.lanes ->> j.stage::text)::uuid, j.run_after, j.id
  from public.research_jobs j join public.research_runs r on r.id = j.run_id
  where j.id = any (job_ids) and j.status = 'queued'
  on conflict do nothing;
end
$$;

-- Takes jobs out of the queue that are not to be claimed any more. One that a claim puts off meanwhile may stay there: a later claim throws its row away.
create function private.dequeue_jobs(job_ids bigint[])
returns void
language plpgsql
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  if job_ids = '{}' then
    return;
  end if;
  delete from private.queue q using public.research_jobs j, public.research_runs r
  where j.id = any (job_ids) and j.status = 'queued' and r.id = j.run_id
    and q.run_id = j.run_id and q.lane_id = (r.lanes ->> j.stage::text)::uuid and q.ready_at = j.run_after and q.job_id = j.id;
end
$$;

-- From when on a claim of a lane's run looks for jobs, null if there is none to claim now: behind what is claimed; every 30 seconds, and when nothing is there for a
-- second, from the beginning. Only the claim itself then looks at all that was claimed, which takes long while a vacuum may not remove it.
create function private.claims_from(lane_run private.lane_runs)
returns timestamptz
language plpgsql stable
set search_path = ''
as $$
begin
  if exists (
    select from private.queue q
    where q.run_id = lane_run.run_id and q.lane_id = lane_run.lane_id and (q.ready_at, q.job_id) > (lane_run.claimed_until, lane_run.claimed_job) and q.ready_at <= now()
  ) then
    return case when lane_run.looked_at > now() - interval '30 seconds' then lane_run.claimed_until else '-infinity' end;
  elsif lane_run.looked_at < now() - interval '1 second' and exists (
    select from private.queue q where q.run_id = lane_run.run_id and q.lane_id = lane_run.lane_id and q.ready_at <= now()
  ) then
    return '-infinity';
  end if;
  return null;
end
$$;

-- Runs of the lane that have a job to claim now and can pay for it, or need not, the one to be served first first.
create function private.ready_runs(lane_id uuid, cost_per_job numeric)
returns setof private.lane_runs
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  select w.* from private.lane_runs w
  join public.research_runs r on r.id = w.run_id and r.status = 'running'
  join public.campaigns c on c.id = r.campaign_id and c.state = 'active'
  where w.lane_id = ready_runs.lane_id
    and private.claims_from(w) is not null
    and (r.spend_cap is null or private.spent_by(r.id) + coalesce(ready_runs.cost_per_job, 0) <= r.spend_cap or w.has_free)
  order by r.priority desc, w.served_at, w.run_id;
end
$$;

-- What a claim found: the ids of batches to be sent, null for none, and of jobs whose result is known; and whether jobs were put off, so that others may be next.
create type private.taken_jobs as (batches uuid[], known bigint[], has_put_off boolean);

-- Takes up to `most` ready jobs of a lane's run, or of those `among` these, into batches of the size given, each under a lease of its own. Jobs whose result is
-- known stay in the queue. The lane must be locked.
create function private.take_jobs(
  lane_run private.lane_runs, workspace_id uuid, most int, batch_size int, cost_per_job numeric, lease_seconds int, among bigint[] default null
)
returns private.taken_jobs
language plpgsql
set search_path = ''
as $$
declare
  since timestamptz := private.claims_from(lane_run);
  after_job bigint := case when since = lane_run.claimed_until then lane_run.claimed_job else 0 end;
  places tid[];
  until timestamptz;
  candidates bigint[];
  picked bigint[];
  known bigint[];
  has_put_off boolean;
  ids uuid[];
begin
  select array_agg(q.ctid), array_agg(q.job_id), max(q.ready_at) into places, candidates, until
  from (
    select q.ctid, q.ready_at, q.job_id from private.queue q
    where q.run_id = lane_run.run_id and q.lane_id = lane_run.lane_id and q.ready_at <= now() and (q.ready_at, q.job_id) > (since, after_job) and (among is null or q.job_id = any (among))
    order by q.ready_at, q.job_id limit most for update skip locked
  ) as q;
  -- A job that somebody writes to, or has already answered for, is not waited for.
  picked := array(select j.id from public.research_jobs j where j.id = any (candidates) and j.status = 'queued' order by j.id for no key update skip locked);
  select s.to_send, s.known, s.has_put_off into picked, known, has_put_off from private.sort_ready(lane_run, picked) as s;
  if cardinality(picked) < cardinality(candidates) then -- what is not picked stays, unless its job is gone or done
    select array_agg(c.place) into places from unnest(places, candidates) as c (place, job_id)
    where c.job_id = any (picked) or not exists (select from public.research_jobs j where j.id = c.job_id and j.status = 'queued');
  end if;
  delete from private.queue q where q.ctid = any (places);
  update private.lane_runs w
  set served_at = clock_timestamp(),
    -- What stays is not passed by.
    claimed_until = case when cardinality(picked) = cardinality(candidates) and among is null then until else w.claimed_until end,
    claimed_job = case when cardinality(picked) = cardinality(candidates) and among is null then candidates[cardinality(candidates)] else w.claimed_job end,
    looked_at = case when since = '-infinity' then now() else w.looked_at end, spent = w.spent + cardinality(picked) * take_jobs.cost_per_job
  where w.lane_id = lane_run.lane_id and w.run_id = lane_run.run_id;
  if picked = '{}' then
    return row(null::uuid[], known, has_put_off);
  end if;
  ids := array(select private.new_id() from generate_series(1, cardinality(picked), batch_size));
  insert into public.research_batches (id, workspace_id, lane_id, run_id, job_ids, cost, leased_until)
  select b.id, take_jobs.workspace_id, lane_run.lane_id, lane_run.run_id, picked[(b.n - 1) * batch_size + 1 : b.n * batch_size],
    least(batch_size, cardinality(picked) - (b.n - 1) * batch_size) * take_jobs.cost_per_job, now() + make_interval(secs => lease_seconds)
  from unnest(ids) with ordinality as b (id, n);
  update public.research_jobs j
  set status = 'processing', attempt = j.attempt + 1, batch_id = ids[(width_bucket(j.id, picked) - 1) / batch_size + 1], -- picked is sorted: the n-th is in bucket n
    started_at = now(), cached_at = null, error_code = null, error_message = null
  where j.id = any (picked);
  return row(ids, known, has_put_off);
end
$$;

-- Batches that were just made, as the dispatcher needs them: [{ id, companies, others }]. companies: the jobs about companies, by columns: { id: [], stage: [], attempt: [], state: [],
-- company_id: [], name: [], domain: [], website: [] }, null if there are none; others: those about what is no company, each as private.other_subject. Companies
-- that wait are shown as being researched from now on. One that counts as completed or failed stays so: a change would have to wait for the campaign, to count
-- it; and one that somebody writes to is not waited for.
create function private.open_batches(ids uuid[])
returns json
language plpgsql
set search_path = ''
as $$
declare
  jobs bigint[] := array(select unnest(b.job_ids) from public.research_batches b where b.id = any (ids));
  batches json;
  any_waits boolean;
begin
  select json_agg(json_build_object('id', b.id, 'companies', of_companies.columns, 'others', of_others.subjects)), bool_or(of_companies.any_waits)
  into batches, any_waits
  from public.research_batches b
  cross join lateral (
    select bool_or(c.research_status in ('new', 'queued')) as any_waits, case when count(*) > 0 then json_build_object(
      'id', array_agg(j.id), 'stage', array_agg(j.stage), 'attempt', array_agg(j.attempt), 'state', array_agg(j.poll_state),
      'company_id', array_agg(c.id), 'name', array_agg(c.name), 'domain', array_agg(c.domain), 'website', array_agg(c.website)
    ) end as columns
    from public.research_jobs j join public.companies c on c.id = j.company_id where j.id = any (b.job_ids)
  ) as of_companies
  cross join lateral (
    select json_agg(private.other_subject(j.id)) as subjects from public.research_jobs j where j.id = any (b.job_ids) and j.company_id is null
  ) as of_others
  where b.id = any (ids);
  if any_waits then
    update public.companies c set research_status = 'researching'
    where c.id = any (array(
      select o.id from public.companies o
      where o.id = any (array(select j.company_id from public.research_jobs j where j.id = any (jobs)))
        and o.research_status in ('new', 'queued')
        and (select p.state from public.campaigns p where p.id = o.campaign_id) = 'active' -- a join might begin here, with all companies that wait
      for no key update of o skip locked
    ));
  end if;
  return batches;
end
$$;

-- Claims jobs for up to `most` requests to one lane, the one served longest ago that may send: those of the web researcher, or of integrations.
-- Lanes of which the caller has enough under way are named in `busy_lanes`. Gives { lane: { id, in_flight, limiter, limiter_version }, integration (null for web),
-- batches: as open_batches, known: jobs that complete_known does at once }, or null when there is nothing to do.
create function private.claim_jobs(is_web boolean, most int, lease_seconds int, busy_lanes uuid[] default '{}')
returns json
language plpgsql
set search_path = ''
set enable_seqscan = off -- and in all that it calls: what is claimed is found by index, whatever the planner thinks of tables that grow all the time
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off -- a plan for which nothing is left but what is turned off counts as a costly one
as $$
declare
  lane public.lanes;
  integration public.integrations;
  cost numeric;
  size int;
  run private.lane_runs;
  tried uuid[] := busy_lanes;
  requests int;
  affordable int;
  taken private.taken_jobs;
  batches json;
begin
  -- One lane at a time: a lane that is locked and not used would be missing for others.
  loop
    select l.* into lane from public.lanes l left join public.integrations i on i.id = l.integration_id
    where (l.integration_id is null) = is_web and l.id <> all (tried) and l.held_until <= now()
      and l.id in (select w.lane_id from private.lane_runs w) and private.free_requests(l, i) > 0 and exists (select from private.ready_runs(l.id, private.cost_of(i)))
    order by l.served_at, l.id limit 1 for no key update of l skip locked;
    exit when not found;
    tried := tried || lane.id;
    select * into integration from public.integrations i where i.id = lane.integration_id;
    cost := private.cost_of(integration);
    size := coalesce(integration.batch_size, 1);
    requests := least(most, private.free_requests(lane, integration));
    continue when requests = 0;
    for run in select * from private.ready_runs(lane.id, cost) loop
      perform from public.research_runs r where r.id = run.run_id for key share skip locked;
      continue when not found; -- somebody deletes it, and may wait for what a claim holds
      select w.* into run from private.lane_runs w where w.lane_id = lane.id and w.run_id = run.run_id for no key update skip locked;
      continue when not found; -- somebody settles what it has cost
      affordable := private.affordable_jobs(run.run_id, cost);
      for n in 1 .. 10 loop -- for as long as all that it picks is put off
        taken := case when affordable = 0 then private.take_free_jobs(run, lane.workspace_id, requests * size, size, lease_seconds)
          else private.take_jobs(run, lane.workspace_id, least(requests * size, affordable), size, cost, lease_seconds) end;
        exit when taken.batches is not null or taken.known <> '{}' or taken.has_put_off is not true;
      end loop;
      exit when taken.batches is not null or taken.known <> '{}';
    end loop;
    continue when taken.batches is null and coalesce(taken.known, '{}') = '{}';
    batches := private.open_batches(taken.batches);
    perform private.uncharge_free(run, batches, cost)
    where cost > 0 and affordable > 0 and batches is not null
      and (run.has_polls or exists (select from public.research_runs r where r.id = run.run_id and r.stages && '{enrich,sync}'));
    update public.lanes l
    set served_at = clock_timestamp(), tokens = private.tokens_left(lane, integration) - coalesce(cardinality(taken.batches), 0), tokens_at = now()
    where l.id = lane.id;
    return json_build_object(
      'lane', json_build_object('id', lane.id, 'in_flight', private.requests_in_flight(lane.id), 'limiter', lane.limiter, 'limiter_version', lane.limiter_version),
      'integration', private.integration_for_engine(lane.integration_id), 'batches', coalesce(batches, '[]'),
      'known', coalesce(taken.known, '{}'));
  end loop;
  return null;
end
$$;

-- In how many milliseconds an integration that has work may be sent to again because of its cap on requests per second, or of what holds it; null if none may
-- within 10 seconds.
create function private.next_claim_ms()
returns int
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select ceil(min(wait.seconds) * 1000)::int
    from public.lanes l join public.integrations i on i.id = l.integration_id
    cross join lateral (
      select greatest(extract(epoch from l.held_until - now()), (1 - private.tokens_left(l, i))::float8 / coalesce(i.requests_per_second, 1))::float8 as seconds
    ) as wait
    where wait.seconds > 0 and wait.seconds < 10 and exists (select from private.ready_runs(l.id, private.cost_of(i)))
  );
end
$$;

-- Whether a ring would find work: a job is ready in a lane that may send.
create function private.has_work()
returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return exists (
    select from public.lanes l left join public.integrations i on i.id = l.integration_id
    where l.id in (select w.lane_id from private.lane_runs w) and private.free_requests(l, i) > 0 and exists (select from private.ready_runs(l.id, private.cost_of(i)))
  );
end
$$;
