-- The queue: doorbell, claims, completion, expired leases. Only the dispatcher (over its own connection) and pg_cron call these.
-- Lock order of everything that writes several rows: campaigns first (in id order, or skipped if taken), then jobs, companies, contacts, runs and
-- counters. Whoever does not hold the campaign waits for no company: it skips rows that are taken.

-- Where the dispatcher is, from Vault; no row until whoever deployed it has set both secrets.
create function private.doorbell()
returns table (url text, token text)
language sql stable security definer
set search_path = ''
as $$
  select u.decrypted_secret, t.decrypted_secret
  from vault.decrypted_secrets u, vault.decrypted_secrets t
  where u.name = 'research_dispatch_url' and t.name = 'research_dispatch_token'
$$;

-- Wakes the dispatcher, if there is one. A ring that is lost, late or doubled does no harm: it only says "look".
create function private.ring_doorbell()
returns void
language plpgsql security definer
set search_path = ''
as $$
begin
  perform net.http_post(
    url := bell.url, body := '{}'::jsonb, timeout_milliseconds := 5000,
    headers := jsonb_build_object('content-type', 'application/json', 'authorization', 'Bearer ' || bell.token)
  )
  from private.doorbell() as bell;
end
$$;

-- Whether research can run at all, and if not, why: { ready, reason }.
create function public.engine_status()
returns jsonb
language sql stable security definer
set search_path = ''
as $$
  select case when exists (select from private.doorbell()) then '{"ready": true, "reason": null}'::jsonb
    else '{"ready": false, "reason": "The research engine is not set up yet: its address and token are missing from Vault. Whoever runs this installation finds the two steps in docs/deploy.md."}'::jsonb
  end
$$;

-- Whether jobs of the run may be claimed: it is running, and its campaign takes writes.
create function private.may_research(run_id uuid)
returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return exists (
    select from public.research_runs r join public.campaigns c on c.id = r.campaign_id
    where r.id = may_research.run_id and r.status = 'running' and c.state = 'active'
  );
end
$$;

-- Claims up to `most` ready jobs of one lane of the provider, the one served longest ago that has room, under one lease:
-- { lease, jobs: [{ id, stage, attempt, company_id, name, domain, website }] }, or null when there is nothing to do.
create function private.claim_jobs(provider text, most int, lease_seconds int)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  lane record;
  new_lease uuid := gen_random_uuid();
  tried uuid[] := '{}';
  picked bigint[];
begin
  -- One lane at a time: a lane that is locked and not used would be missing for others.
  loop
    select l.id, l.max_in_flight into lane from public.lanes l
    where l.provider = claim_jobs.provider and l.id <> all (tried) and exists (
      select from public.research_jobs j where j.lane_id = l.id and j.status = 'queued' and j.run_after <= now() and private.may_research(j.run_id)
    )
    order by l.served_at, l.id limit 1 for no key update of l skip locked;
    exit when not found;
    tried := tried || lane.id;
    picked := array(
      select j.id from public.research_jobs j
      where j.lane_id = lane.id and j.status = 'queued' and j.run_after <= now()
        and private.may_research(j.run_id)
      order by j.run_after, j.id
      limit greatest(least(most, lane.max_in_flight - (select count(*) from public.research_jobs p where p.lane_id = lane.id and p.status = 'processing')), 0)
      for no key update of j skip locked
    );
    continue when picked = '{}';
    update public.lanes set served_at = clock_timestamp() where id = lane.id;
    update public.companies c set research_status = 'researching'
    where c.id in (
      select o.id from public.companies o join public.research_jobs j on j.company_id = o.id
      -- One that counts as completed or failed stays so: a change would have to wait for the campaign, to count it.
      where j.id = any (picked) and o.research_status in ('new', 'queued') for no key update of o skip locked
    );
    update public.research_jobs j
    set status = 'processing', attempt = j.attempt + 1, lease = new_lease, leased_until = now() + make_interval(secs => lease_seconds),
      started_at = now(), error_code = null, error_message = null
    where j.id = any (picked);
    return (
      select jsonb_build_object('lease', new_lease, 'jobs', jsonb_agg(jsonb_build_object(
        'id', j.id, 'stage', j.stage, 'attempt', j.attempt, 'company_id', c.id, 'name', c.name, 'domain', c.domain, 'website', c.website
      ) order by j.id))
      from public.research_jobs j join public.companies c on c.id = j.company_id
      where j.id = any (picked)
    );
  end loop;
  return null;
end
$$;

-- Full-jitter backoff in seconds before the next attempt, never sooner than the other side asked for, unless that is more than a day.
create function private.backoff_seconds(attempt int, after_ms numeric)
returns double precision
language sql volatile
set search_path = ''
as $$
  select greatest(least(coalesce(after_ms, 0) / 1000.0, 86400), random() * least(600, 5 * 2 ^ least(attempt, 10)))
$$;

-- Writes what became of jobs, in one transaction with everything that follows from it:
-- outcomes: [{ job_id, lease, kind: done | retry | failed, result?, after_ms?, code?, reason? }] -> { completed, retried, failed, ignored }.
-- A result counts whichever attempt it comes from, once (it was paid for); a failure only under the job's current lease.
create function private.complete_jobs(outcomes jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  accepted jsonb;
  run uuid;
begin
  perform from public.campaigns c
  where c.id in (
    select j.campaign_id from public.research_jobs j
    where j.id in (select (o ->> 'job_id')::bigint from jsonb_array_elements(outcomes) as o)
  ) order by c.id for no key update;
  perform from public.research_jobs j
  where j.id in (select (o ->> 'job_id')::bigint from jsonb_array_elements(outcomes) as o) order by j.id for no key update;
  select coalesce(jsonb_agg(to_jsonb(a)), '[]') into accepted from (
    select j.id as job_id, j.workspace_id, j.run_id, j.campaign_id, j.company_id, j.lane_id, j.stage, j.attempt, j.status as was, o.result, o.code, o.reason,
      case when o.kind = 'retry' and j.attempt >= 5 and o.code <> 'slice_over' then 'failed' else o.kind end as kind,
      case when o.code = 'slice_over' then 0 else private.backoff_seconds(j.attempt, o.after_ms) end as seconds,
      o.kind = 'done' and j.stage = 'company' and j.status <> 'cancelled' and 'contacts' = any (r.stages) and r.status in ('running', 'paused') as goes_on
    from jsonb_to_recordset(outcomes) as o (job_id bigint, lease uuid, kind text, result jsonb, after_ms numeric, code text, reason text)
    join public.research_jobs j on j.id = o.job_id
    join public.research_runs r on r.id = j.run_id
    join public.campaigns c on c.id = j.campaign_id and c.state = 'active' -- what comes late for a campaign that is put away has nowhere to go
    where case when o.kind = 'done'
      then not exists (select from public.research_attempts t where t.workspace_id = j.workspace_id and t.job_id = j.id and t.outcome = 'done')
      else j.status = 'processing' and j.lease = o.lease end
  ) as a;

  perform private.store_company_results(accepted);
  perform private.store_contact_results(accepted);

  insert into public.research_jobs (workspace_id, run_id, campaign_id, company_id, lane_id, stage, provider)
  select a.workspace_id, a.run_id, a.campaign_id, a.company_id, a.lane_id, 'contacts', 'web'
  from jsonb_to_recordset(accepted) as a (workspace_id uuid, run_id uuid, campaign_id uuid, company_id uuid, lane_id uuid, goes_on boolean)
  where a.goes_on
  on conflict on constraint research_jobs_run_id_stage_company_id_key do nothing;

  update public.companies c
  set research_status = case when a.kind = 'done' then 'completed' else 'failed' end::public.research_status,
    researched_at = case when a.kind = 'done' then now() else c.researched_at end
  from jsonb_to_recordset(accepted) as a (company_id uuid, kind text, goes_on boolean)
  where c.id = a.company_id and not a.goes_on and a.kind <> 'retry';

  insert into public.research_attempts (workspace_id, job_id, attempt, outcome, error_code, error_message)
  select a.workspace_id, a.job_id, a.attempt, a.kind, left(a.code, 100), left(a.reason, 1000)
  from jsonb_to_recordset(accepted) as a (workspace_id uuid, job_id bigint, attempt int, kind text, code text, reason text);

  update public.research_jobs j
  set status = case when j.status = 'cancelled' then 'cancelled' when a.kind = 'done' then 'completed' when a.kind = 'failed' then 'failed' else 'queued' end::public.job_status,
    attempt = case when a.code = 'slice_over' then j.attempt - 1 else j.attempt end,
    run_after = now() + make_interval(secs => a.seconds), lease = null, leased_until = null,
    error_code = left(a.code, 100), error_message = left(a.reason, 1000),
    finished_at = case when a.kind = 'retry' then null else now() end
  from jsonb_to_recordset(accepted) as a (job_id bigint, kind text, code text, reason text, seconds double precision)
  where j.id = a.job_id;

  for run in select distinct (a ->> 'run_id')::uuid from jsonb_array_elements(accepted) as a order by 1 loop
    perform private.end_run(run);
  end loop;
  return (
    select jsonb_build_object(
      'completed', count(*) filter (where a ->> 'kind' = 'done'), 'retried', count(*) filter (where a ->> 'kind' = 'retry'),
      'failed', count(*) filter (where a ->> 'kind' = 'failed'), 'ignored', jsonb_array_length(outcomes) - count(*))
    from jsonb_array_elements(accepted) as a
  );
end
$$;

-- A worker's sign of life: extends the leases of what it has under way. It waits for nobody: a job that is being written to is skipped.
create function private.renew_leases(leases uuid[], lease_seconds int)
returns void
language sql
set search_path = ''
as $$
  update public.research_jobs j set leased_until = now() + make_interval(secs => lease_seconds)
  where j.id in (
    select x.id from public.research_jobs x where x.status = 'processing' and x.lease = any (leases) order by x.id for no key update skip locked
  )
$$;

-- Jobs whose worker was not heard of again go back to the queue, or fail after five attempts. Returns how many.
create function private.expire_leases()
returns int
language plpgsql
set search_path = ''
as $$
declare
  expired jsonb;
begin
  select coalesce(jsonb_agg(jsonb_build_object(
    'job_id', j.id, 'lease', j.lease, 'kind', 'retry', 'code', 'lease_expired', 'reason', 'The worker stopped before it answered.'
  )), '[]') into expired
  from (
    select x.id, x.lease from public.research_jobs x where x.status = 'processing' and x.leased_until < now() order by x.leased_until limit 500
  ) as j;
  if expired = '[]' then
    return 0;
  end if;
  perform private.complete_jobs(expired);
  return jsonb_array_length(expired);
end
$$;

-- Whether a ring would find work: a job is ready in a lane that has room.
create function private.has_work()
returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select from public.lanes l
    where l.max_in_flight > (select count(*) from public.research_jobs p where p.lane_id = l.id and p.status = 'processing')
      and exists (
        select from public.research_jobs j
        where j.lane_id = l.id and j.status = 'queued' and j.run_after <= now()
          and private.may_research(j.run_id)
      )
  )
$$;

-- The safety net, every few seconds: feeding, and a ring when there is work. Expired leases are looked after apart: each holds campaigns until it commits.
create function private.engine_tick()
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.feed_runs();
  if private.has_work() then
    perform private.ring_doorbell();
  end if;
end
$$;

select cron.schedule('research-engine', '5 seconds', 'select private.engine_tick()');
select cron.schedule('research-leases', '5 seconds', 'select private.expire_leases()');

grant execute on function public.engine_status to authenticated;
