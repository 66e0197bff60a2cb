-- Results that are kept so that nobody pays, or waits, twice for the same: of an integration for its workspace alone, of the web researcher for everybody. Why they
-- are used where they are: docs/decisions/014-result-cache.md.

create table private.research_cache (
  -- Who found it; null: the web researcher, whoever asked.
  lane_id uuid references public.lanes (id) on delete cascade,
  stage public.research_stage not null,
  -- Who it is about: the company's dedupe_key; for the web researcher the site that it reads.
  subject_key text not null,
  result jsonb not null,
  -- When it was asked for.
  asked_at timestamptz not null,
  unique nulls not distinct (lane_id, stage, subject_key)
);
alter table private.research_cache enable row level security;
create index research_cache_asked_at_idx on private.research_cache (asked_at);

-- For how many days results are used again: none of an integration that is deleted.
create function private.days_kept(integration public.integrations)
returns int
language plpgsql immutable
set search_path = ''
as $$
begin
  return case when integration.id is null then 7 when integration.deleted_at is null then integration.cache_days else 0 end;
end
$$;

-- Since when results must have been asked for to be used by this run in this lane; null: none are.
create function private.results_since(lane_run private.lane_runs)
returns timestamptz
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select greatest(now() - make_interval(days => d.days), l.results_since, case when r.afresh then r.created_at end)
    from public.lanes l join public.research_runs r on r.id = lane_run.run_id left join public.integrations i on i.id = l.integration_id
    cross join lateral (select private.days_kept(i) as days offset 0) as d
    where l.id = lane_run.lane_id and d.days > 0
  );
end
$$;

-- As whose a lane's results are kept: its own, or null, the web researcher's.
create function private.result_owner(lane_id uuid)
returns uuid
language plpgsql stable
set search_path = ''
as $$
begin
  return (select l.id from public.lanes l where l.id = result_owner.lane_id and l.integration_id is not null);
end
$$;

-- Results from another address are not those of this one; nor are any wanted that were kept before somebody said that none are to be.
create function private.forget_results()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  update public.lanes l set results_since = now() where l.workspace_id = new.workspace_id and l.integration_id = new.id;
  return null;
end
$$;
create trigger forget_results after update of url, cache_days, deleted_at on public.integrations for each row
  when (old.url <> new.url or new.cache_days = 0 or new.deleted_at is not null) execute function private.forget_results();

-- The site that the web researcher reads for a company, when that is a whole site and nothing but its address decides what is found: so that what one
-- workspace makes it read never is the answer for another site.
create function private.site_of(website text, domain text)
returns text
language sql immutable parallel safe
set search_path = ''
as $$
  select substring(lower(coalesce(website, domain)) from '^(?:https?://)?([a-z0-9.-]+\.[a-z0-9-]+)/?$')
$$;

-- Who a job is about, as the cache knows them: the same company, or the same person at it, in whichever campaign; for the web researcher a site. Null for what is
-- not kept.
create function private.subject_key(is_web boolean, website text, domain text, company_key text, contact_key text)
returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  return case when is_web then private.site_of(website, domain) else concat_ws(E'\n', company_key, contact_key) end;
end
$$;

-- The same of jobs; those about no company or contact are not among them, nor those of `sync`: each contact is handed on by itself.
create function private.subject_keys(job_ids bigint[], is_web boolean)
returns table (job_id bigint, stage public.research_stage, subject_key text)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  select j.id, j.stage, private.subject_key(is_web, c.website, c.domain, c.dedupe_key, p.dedupe_key)
  from public.research_jobs j left join public.contacts p on p.id = j.contact_id join public.companies c on c.id = coalesce(j.company_id, p.company_id)
  where j.id = any (job_ids) and j.stage <> 'sync';
end
$$;

-- What is kept about the subjects of these jobs: of the lane, or of the web researcher (null), whose they are; `place` is the row's. (`offset 0` has each looked up
-- by its key, whatever the planner thinks of so many.)
create function private.kept_results(owner uuid, job_ids bigint[])
returns table (job_id bigint, place tid, result jsonb, asked_at timestamptz)
language plpgsql stable
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  if owner is null then
    return query
    select k.job_id, e.* from private.subject_keys(job_ids, true) as k cross join lateral (
      select x.ctid, x.result, x.asked_at from private.research_cache x where x.lane_id is null and x.stage = k.stage and x.subject_key = k.subject_key offset 0
    ) as e;
  elsif exists (select from private.research_cache e where e.lane_id = owner) then
    return query
    select k.job_id, e.* from private.subject_keys(job_ids, false) as k cross join lateral (
      select x.ctid, x.result, x.asked_at from private.research_cache x where x.lane_id = owner and x.stage = k.stage and x.subject_key = k.subject_key offset 0
    ) as e;
  end if;
end
$$;

-- Of these jobs those whose result is known since then.
create function private.known_results(owner uuid, job_ids bigint[], since timestamptz)
returns table (job_id bigint, result jsonb, asked_at timestamptz)
language sql stable
set search_path = ''
as $$
  select k.job_id, k.result, k.asked_at from private.kept_results(owner, job_ids) as k where k.asked_at > since
$$;

-- Completes queued jobs of one claim whose results are known; how many. What changed since is left alone.
create function private.complete_known(job_ids bigint[])
returns int
language plpgsql
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
declare
  lane_run private.lane_runs;
  outcomes jsonb;
  completed int;
begin
  perform from public.campaigns c where c.id in (select j.campaign_id from public.research_jobs j where j.id = any (job_ids)) order by c.id for no key update;
  select w.* into lane_run
  from public.research_jobs j join public.research_runs r on r.id = j.run_id
  join private.lane_runs w on w.run_id = r.id and w.lane_id = (r.lanes ->> j.stage::text)::uuid
  where j.id = any (job_ids) limit 1;
  with reused as (
    update public.research_jobs j set cached_at = k.asked_at
    from private.known_results(private.result_owner(lane_run.lane_id), job_ids, private.results_since(lane_run)) as k
    where j.id = k.job_id and j.status = 'queued' and j.run_id = lane_run.run_id returning j.id, k.result
  )
  select jsonb_agg(jsonb_build_object('job_id', u.id, 'kind', 'done', 'result', u.result)) into outcomes from reused u;
  if outcomes is null then
    return 0;
  end if;
  completed := (private.complete_jobs(outcomes) ->> 'completed')::int;
  update public.research_runs r set jobs_from_cache = r.jobs_from_cache + completed where r.id = lane_run.run_id;
  return completed;
end
$$;

-- Forgets what is known about the subjects of these jobs, for whoever asks next. Rows are locked in the order of their keys.
create function private.forget_known(job_ids bigint[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  lane public.lanes;
  of_lane bigint[];
  places tid[];
begin
  for lane in
    select l.* from public.lanes l
    where l.id in (select (r.lanes ->> j.stage::text)::uuid from public.research_jobs j join public.research_runs r on r.id = j.run_id where j.id = any (job_ids))
    order by l.integration_id is null, l.id
  loop
    of_lane := array(
      select j.id from public.research_jobs j join public.research_runs r on r.id = j.run_id
      where j.id = any (job_ids) and (r.lanes ->> j.stage::text)::uuid = lane.id
    );
    places := array(select k.place from private.kept_results(private.result_owner(lane.id), of_lane) as k);
    perform from private.research_cache e where e.ctid = any (places) order by e.stage, e.subject_key for update;
    delete from private.research_cache e where e.ctid = any (places);
  end loop;
end
$$;

-- Keeps the results of finished jobs, but those that found nothing: asked again, somebody may; and those of `sync`. Rows are written in the order of their keys, and nothing is waited
-- for after them.
create function private.keep_results(settled private.settled_job[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  lane public.lanes;
begin
  if not exists (select from unnest(settled) as s where s.kind = 'done' and s.stage <> 'sync' and s.result <> '{}') then
    return;
  end if;
  for lane in
    select l.* from public.lanes l left join public.integrations i on i.id = l.integration_id
    where l.id in (select (r.lanes ->> s.stage::text)::uuid from unnest(settled) as s join public.research_runs r on r.id = s.run_id where s.kind = 'done')
      and private.days_kept(i) > 0
    order by l.integration_id is null, l.id
  loop
    insert into private.research_cache as e (lane_id, stage, subject_key, result, asked_at)
    select distinct on (1, 2, 3) case when lane.integration_id is not null then lane.id end, s.stage, k.subject_key, s.result, j.started_at
    from unnest(settled) as s join public.research_jobs j on j.id = s.job_id join public.research_runs r on r.id = s.run_id
    left join public.contacts p on p.id = j.contact_id join public.companies c on c.id = coalesce(j.company_id, p.company_id)
    cross join lateral (select private.subject_key(lane.integration_id is null, c.website, c.domain, c.dedupe_key, p.dedupe_key) as subject_key offset 0) as k
    where s.kind = 'done' and s.stage <> 'sync' and (r.lanes ->> s.stage::text)::uuid = lane.id and k.subject_key is not null and j.cached_at is null and j.started_at > lane.results_since
      and exists (select from jsonb_each(s.result) as f where f.value <> all ('{"[]","{}","null"}'::jsonb[]))
    order by 1, 2, 3, j.started_at desc
    on conflict (lane_id, stage, subject_key) do update set result = excluded.result, asked_at = excluded.asked_at where excluded.asked_at > e.asked_at;
  end loop;
end
$$;

-- Deletes what nobody may use any more; how many.
create function private.prune_results()
returns int
language plpgsql
set search_path = ''
as $$
declare
  pruned int;
begin
  delete from private.research_cache e
  where e.asked_at < now() - interval '1 day' and not exists (
    select from public.lanes l left join public.integrations i on i.id = l.integration_id
    where l.id = e.lane_id and e.asked_at > greatest(now() - make_interval(days => private.days_kept(i)), l.results_since)
  ) and (e.lane_id is not null or e.asked_at < now() - make_interval(days => private.days_kept(null)));
  get diagnostics pruned = row_count;
  return pruned;
end
$$;
