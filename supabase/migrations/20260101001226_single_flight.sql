-- What a claim makes of jobs whose result is known, or will be soon: nothing is sent, or paid, twice (docs/decisions/014-result-cache.md).

-- Whether the result of a job may come soon: it is under way, or the integration wants to be asked again; also after a cancel, until its request is over.
create function private.is_asked(
  status public.job_status, polled_since timestamptz, has_result boolean, batch_id uuid, run_status public.run_status
)
returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return status in ('processing', 'waiting') or status = 'queued' and polled_since is not null and run_status = 'running'
    or status = 'cancelled' and not has_result and exists (
      select from public.research_batches b where b.id = is_asked.batch_id and b.answered_at is null and b.leased_until is not null
    );
end
$$;

-- Other runs for which a lane may be under way: those that it serves, and those that were cancelled with a request out.
create function private.other_runs(lane_run private.lane_runs)
returns uuid[]
language plpgsql stable
set search_path = ''
as $$
begin
  return array(
    select w.run_id from private.lane_runs w where w.lane_id = lane_run.lane_id and w.run_id <> lane_run.run_id
    union
    select b.run_id from public.research_batches b where b.lane_id = lane_run.lane_id and b.answered_at is null and b.run_id <> lane_run.run_id
  );
end
$$;

-- Of these jobs of an integration those that it is asked for the same company or contact of another run. Those that it already is at work on are not among them,
-- nor those of `sync`: each contact is handed on by itself.
create function private.asked_elsewhere(lane_run private.lane_runs, others uuid[], job_ids bigint[])
returns bigint[]
language plpgsql stable
set search_path = ''
set join_collapse_limit = 1 -- from the run to the company to its job, each by its key
as $$
begin
  return array(
    select j.id from public.research_jobs j join public.companies c on c.id = j.company_id
    where j.id = any (job_ids) and j.polled_since is null and exists (
      select from public.research_runs r join public.companies x on x.campaign_id = r.campaign_id and x.dedupe_key = c.dedupe_key
      join public.research_jobs s on s.workspace_id = j.workspace_id and s.run_id = r.id and s.stage = j.stage and s.company_id = x.id
      where r.id = any (others) and (r.lanes ->> j.stage::text)::uuid = lane_run.lane_id and private.is_asked(s.status, s.polled_since, s.has_result, s.batch_id, r.status)
    )
    union all
    select j.id from public.research_jobs j join public.contacts p on p.id = j.contact_id join public.companies c on c.id = p.company_id
    where j.id = any (job_ids) and j.stage <> 'sync' and j.polled_since is null and exists (
      select from public.research_runs r join public.companies x on x.campaign_id = r.campaign_id and x.dedupe_key = c.dedupe_key
      join public.contacts y on y.company_id = x.id and y.dedupe_key = p.dedupe_key
      join public.research_jobs s on s.workspace_id = j.workspace_id and s.contact_id = y.id and s.run_id = r.id and s.stage = j.stage
      where r.id = any (others) and (r.lanes ->> j.stage::text)::uuid = lane_run.lane_id and private.is_asked(s.status, s.polled_since, s.has_result, s.batch_id, r.status)
    )
  );
end
$$;

-- Puts jobs of a lane's run that are being claimed off, for ten seconds and without an attempt. They must be locked, in the queue as well.
create function private.put_off(lane_run private.lane_runs, job_ids bigint[])
returns void
language sql
set search_path = ''
as $$
  with moved as (
    update public.research_jobs j set run_after = now() + interval '10 seconds'
    from (select x.id, x.run_after from public.research_jobs x where x.id = any (job_ids)) as was
    where j.id = was.id returning j.id, j.run_after, was.run_after as before
  )
  update private.queue q set ready_at = moved.run_after
  from moved
  where q.run_id = lane_run.run_id and q.lane_id = lane_run.lane_id and q.ready_at = moved.before and q.job_id = moved.id
$$;

-- Jobs that a claim has found ready: those to be sent, and those whose result is known, which stay in the queue. What is asked for the same company elsewhere is
-- put off. The lane must be locked: no two of its claims send the same. (In this order: a job that ends between the two is known by the second.)
create function private.sort_ready(lane_run private.lane_runs, job_ids bigint[], out to_send bigint[], out known bigint[], out has_put_off boolean)
language plpgsql
set search_path = ''
as $$
declare
  since timestamptz;
  owner uuid;
  others uuid[];
  elsewhere bigint[];
begin
  to_send := job_ids;
  known := '{}';
  has_put_off := false;
  select private.results_since(lane_run), private.result_owner(lane_run.lane_id), private.other_runs(lane_run) into since, owner, others where job_ids <> '{}';
  if since is null then
    return;
  end if;
  if owner is not null and others <> '{}' then
    elsewhere := private.asked_elsewhere(lane_run, others, to_send);
    has_put_off := elsewhere <> '{}';
    if has_put_off then
      perform private.put_off(lane_run, elsewhere);
      to_send := array(select id from unnest(to_send) as id where id <> all (elsewhere));
    end if;
  end if;
  known := array(select k.job_id from private.known_results(owner, to_send, since) as k);
  if known <> '{}' then
    to_send := array(select id from unnest(to_send) as id where id <> all (known));
  end if;
end
$$;

-- Jobs of a lane's run that cost nothing: to be taken, 500 of those to be asked for again, wherever they stand, and of the next 500 ready ones those about contacts who do
-- not want to be contacted; and of these 500 those that are known.
create function private.free_jobs(lane_run private.lane_runs, out free bigint[], out known bigint[])
language plpgsql stable
set search_path = ''
as $$
declare
  since timestamptz := private.results_since(lane_run);
  ahead bigint[] := array(
    select q.job_id from private.queue q where q.run_id = lane_run.run_id and q.lane_id = lane_run.lane_id and q.ready_at <= now()
    order by q.ready_at, q.job_id limit 500
  );
begin
  known := '{}';
  if since is not null then
    known := array(select k.job_id from private.known_results(private.result_owner(lane_run.lane_id), ahead, since) as k);
  end if;
  free := array(
    select j.id from public.research_jobs j join public.contacts p on p.id = j.contact_id and p.do_not_contact
    where j.id = any (ahead) and j.status = 'queued' and j.id <> all (known)
  );
  if lane_run.has_polls then
    free := free || array(
      select j.id from public.research_jobs j join public.research_runs r on r.id = j.run_id
      where j.run_id = lane_run.run_id and j.polled_since is not null and j.status = 'queued' and j.run_after <= now()
        and (r.lanes ->> j.stage::text)::uuid = lane_run.lane_id and j.id <> all (known || free) order by j.id limit 500
    );
  end if;
end
$$;

-- Looks again which runs that can pay for nothing more have jobs that cost nothing, by now: twenty of them, whichever.
create function private.find_free_jobs()
returns void
language sql
set search_path = ''
as $$
  update private.lane_runs w set has_free = true
  where (w.lane_id, w.run_id) in (
    select x.lane_id, x.run_id from private.lane_runs x
    where (x.lane_id, x.run_id) in (
      select w.lane_id, w.run_id from private.lane_runs w join public.research_runs r on r.id = w.run_id and r.status = 'running'
      join public.campaigns c on c.id = r.campaign_id and c.state = 'active'
      join public.lanes l on l.id = w.lane_id left join public.integrations i on i.id = l.integration_id
      where not w.has_free and private.spent_by(r.id) + private.cost_of(i) > r.spend_cap order by random() limit 20
    ) and exists (select from private.free_jobs(x) as f where f.free <> '{}' or f.known <> '{}')
    order by x.lane_id, x.run_id for no key update skip locked
  )
$$;

-- As take_jobs, for a run that can pay for nothing more.
create function private.take_free_jobs(lane_run private.lane_runs, workspace_id uuid, most int, batch_size int, lease_seconds int)
returns private.taken_jobs
language plpgsql
set search_path = ''
as $$
declare
  taken private.taken_jobs;
  free bigint[];
  known bigint[];
begin
  select f.free, f.known into free, known from private.free_jobs(lane_run) as f;
  if free <> '{}' then
    taken := private.take_jobs(lane_run, take_free_jobs.workspace_id, most, batch_size, 0, lease_seconds, free);
  else
    update private.lane_runs w set served_at = clock_timestamp(), has_free = known <> '{}' where w.lane_id = lane_run.lane_id and w.run_id = lane_run.run_id;
  end if;
  taken.known := known || coalesce(taken.known, '{}'); -- one that was to be asked again may be known by now
  return taken;
end
$$;
