-- The stages `enrich` and `sync`: contacts, each alone; and what jobs are about that are about no company.

-- The first stage of a run that is about contacts, each alone; the other one follows it. Null if it has none.
create function private.first_contact_stage(stages public.research_stage[])
returns public.research_stage
language sql immutable
set search_path = ''
as $$
  select case when 'enrich' = any (stages) then 'enrich'::public.research_stage when 'sync' = any (stages) then 'sync' end
$$;

-- Whether that stage begins with the contacts that there are: nobody looks for others before.
create function private.starts_with_contacts(stages public.research_stage[])
returns boolean
language sql immutable
set search_path = ''
as $$
  select stages && '{enrich,sync}' and not 'contacts' = any (stages)
$$;

-- SQL: contacts `p` that a run begins with: those of the companies it covers (`conditions`, as run_conditions, with $1), but not those who do not want to be contacted,
-- and unless it is to do so again, those for whom its first stage about contacts was done: for `enrich` ever, for `sync` when it was tried last.
create function private.contact_scope(conditions text, filter jsonb, stages public.research_stage[])
returns text
language sql immutable
set search_path = ''
as $$
  select 'not p.do_not_contact'
    || case when filter - 'again' = '{}' then '' else ' and exists (select from public.companies c where c.id = p.company_id and ' || conditions || ')' end
    || case when filter ->> 'again' = 'true' then ''
      when private.first_contact_stage(stages) = 'sync' then ' and coalesce((select not (array_agg(j.has_result order by j.id desc))[1]
        from public.research_jobs j where j.workspace_id = p.workspace_id and j.contact_id = p.id and j.stage = ''sync''), true)'
      else ' and not exists (select from public.research_jobs j where j.workspace_id = p.workspace_id and j.contact_id = p.id and j.stage = ''enrich'' and j.has_result)' end
$$;

-- How many there are, counted up to 100,000.
create function private.count_contacts(campaign public.campaigns, conditions text, filter jsonb, stages public.research_stage[])
returns int
language plpgsql stable
set search_path = ''
as $$
declare
  total int;
begin
  execute 'select count(*) from (select from public.contacts p where p.workspace_id = $3 and p.campaign_id = $2 and '
    || private.contact_scope(conditions, filter, stages) || ' limit 100000) as matching' into total using filter, campaign.id, campaign.workspace_id;
  return total;
end
$$;

-- Queues the next contacts of the run, at most 500, in the order they came. Returns how many. The campaign and the run must be locked.
create function private.feed_contacts(run public.research_runs)
returns int
language plpgsql
set search_path = ''
as $$
declare
  batch jsonb;
  fed int;
  made bigint[];
begin
  execute format(
    'select coalesce(jsonb_agg(to_jsonb(b)), ''[]'') from (
      select p.id, p.created_at from public.contacts p where p.workspace_id = $4 and p.campaign_id = $2 and %s%s order by p.created_at, p.id limit 500
    ) as b',
    private.contact_scope((select f.conditions from private.run_filters f where f.run_id = run.id), run.filter, run.stages),
    case when run.fed_until is not null then ' and (p.created_at, p.id) > (($3 ->> ''created_at'')::timestamptz, ($3 ->> ''id'')::uuid)' end
  ) into batch using run.filter, run.campaign_id, run.fed_until, run.workspace_id;
  fed := jsonb_array_length(batch);
  with jobs as (
    insert into public.research_jobs (workspace_id, run_id, campaign_id, contact_id, stage)
    select run.workspace_id, run.id, run.campaign_id, (b.value ->> 'id')::uuid, private.first_contact_stage(run.stages)
    from jsonb_array_elements(batch) with ordinality as b (value, place) order by b.place
    on conflict (workspace_id, contact_id, run_id, stage) where contact_id is not null do nothing returning id
  )
  select array_agg(jobs.id) into made from jobs;
  perform private.enqueue_jobs(made);
  update public.research_runs r
  set contacts_fed = r.contacts_fed + fed, is_fed = fed < 500, fed_until = coalesce(batch -> -1, r.fed_until)
  where r.id = run.id;
  return fed;
end
$$;

-- Queues what the run does first with contacts, for those of the companies whose `contacts` jobs are done, found now or known before; not for those who do not want
-- to be contacted. The contacts must be stored. Their campaigns must be locked.
create function private.follow_up_contacts(settled private.settled_job[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  companies jsonb;
  made bigint[];
begin
  select jsonb_agg(jsonb_build_object('run_id', s.run_id, 'company_id', s.company_id, 'stage', private.first_contact_stage(r.stages))) into companies
  from unnest(settled) as s join public.research_runs r on r.id = s.run_id
  where s.stage = 'contacts' and s.kind = 'done' and s.was <> 'cancelled' and r.status in ('running', 'paused') and r.stages && '{enrich,sync}';
  if companies is null then
    return;
  end if;
  with jobs as (
    insert into public.research_jobs (workspace_id, run_id, campaign_id, contact_id, stage)
    select p.workspace_id, s.run_id, p.campaign_id, p.id, s.stage
    from jsonb_to_recordset(companies) as s (run_id uuid, company_id uuid, stage public.research_stage) join public.contacts p on p.company_id = s.company_id and not p.do_not_contact
    order by s.run_id, p.created_at, p.id
    on conflict (workspace_id, contact_id, run_id, stage) where contact_id is not null do nothing returning id, run_id
  ),
  counted as (
    update public.research_runs r set contacts_total = r.contacts_total + n.jobs, contacts_fed = r.contacts_fed + n.jobs
    from (select jobs.run_id, count(*)::int as jobs from jobs group by jobs.run_id) as n where r.id = n.run_id
  )
  select array_agg(jobs.id) into made from jobs;
  perform private.enqueue_jobs(made);
end
$$;

-- Queues `sync` for the contacts whose `enrich` jobs are done, once in a run; not for those who do not want to be contacted. What was found must be stored. Their
-- campaigns must be locked.
create function private.follow_up_enriched(settled private.settled_job[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  made bigint[];
begin
  with jobs as (
    insert into public.research_jobs (workspace_id, run_id, campaign_id, contact_id, stage)
    select p.workspace_id, s.run_id, p.campaign_id, p.id, 'sync'
    from unnest(settled) as s join public.research_runs r on r.id = s.run_id
    join public.research_jobs j on j.id = s.job_id join public.contacts p on p.id = j.contact_id and not p.do_not_contact
    where s.stage = 'enrich' and s.kind = 'done' and s.was <> 'cancelled' and r.status in ('running', 'paused') and 'sync' = any (r.stages)
    order by s.job_id
    on conflict (workspace_id, contact_id, run_id, stage) where contact_id is not null do nothing returning id
  )
  select array_agg(jobs.id) into made from jobs;
  perform private.enqueue_jobs(made);
end
$$;

-- Stores the results of finished jobs of a stage about contacts: the contact gets what it lacks, and every value is kept with its source.
create function private.store_of_contacts(settled private.settled_job[], stage public.research_stage)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from public.contacts c
  where c.id in (select j.contact_id from unnest(settled) as s join public.research_jobs j on j.id = s.job_id where s.stage = store_of_contacts.stage and s.kind = 'done')
  order by c.id for no key update;
  update public.contacts c
  set title = coalesce(c.title, left(s.result #>> '{title,value}', 500)),
    email = coalesce(c.email, left(s.result #>> '{email,value}', 320)),
    phone = coalesce(c.phone, left(s.result #>> '{phone,value}', 100)),
    linkedin_url = coalesce(c.linkedin_url, left(s.result #>> '{linkedin_url,value}', 2000)),
    custom = case when s.result ? 'custom' then private.merge_custom(c.custom, private.custom_texts(s.result -> 'custom')) else c.custom end,
    research = private.kept_finds(c, jsonb_strip_nulls(jsonb_build_object(
      'title', private.kept_value(s.result -> 'title'), 'email', private.kept_value(s.result -> 'email'),
      'phone', private.kept_value(s.result -> 'phone'), 'linkedin_url', private.kept_value(s.result -> 'linkedin_url'))))
  from unnest(settled) as s join public.research_jobs j on j.id = s.job_id
  where s.stage = store_of_contacts.stage and s.kind = 'done' and s.result <> '{}' and c.id = j.contact_id;
end
$$;

-- What becomes of finished jobs beside what companies get: contacts are enriched and handed on, and to be; pages bring companies and further pages. Their campaigns must be locked.
create function private.settle_other_subjects(settled private.settled_job[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  stages public.research_stage[] := array(select distinct s.stage from unnest(settled) as s where s.kind in ('done', 'failed'));
begin
  if 'enrich' = any (stages) then
    perform private.store_of_contacts(settled, 'enrich');
    perform private.follow_up_enriched(settled);
  end if;
  if 'sync' = any (stages) then
    perform private.store_of_contacts(settled, 'sync');
  end if;
  if 'contacts' = any (stages) then
    perform private.follow_up_contacts(settled);
  end if;
  if 'discover' = any (stages) then
    perform private.settle_pages(settled);
  end if;
end
$$;

-- A job about a page or a contact as the dispatcher needs it: { id, stage, attempt, state } and { page, url, source }, or as of a company and { is_barred, contact: { contact_id,
-- name, first_name, last_name, title, email, phone, linkedin_url } }.
create function private.other_subject(job_id bigint)
returns json
language plpgsql stable
set search_path = ''
as $$
declare
  job public.research_jobs;
begin
  select * into job from public.research_jobs j where j.id = other_subject.job_id;
  if job.page is not null then
    return (
      select json_build_object('id', job.id, 'stage', job.stage, 'attempt', job.attempt, 'state', job.poll_state, 'page', job.page, 'url', private.page_url(r, job.page), 'source', r.source)
      from public.research_runs r where r.id = job.run_id
    );
  end if;
  return (
    select json_build_object(
      'id', job.id, 'stage', job.stage, 'attempt', job.attempt, 'state', job.poll_state, 'is_barred', p.do_not_contact, 'company_id', o.id, 'name', o.name, 'domain', o.domain, 'website', o.website,
      'contact', json_build_object('contact_id', p.id, 'name', p.name, 'first_name', p.first_name, 'last_name', p.last_name, 'title', p.title, 'email', p.email,
        'phone', p.phone, 'linkedin_url', p.linkedin_url))
    from public.contacts p join public.companies o on o.id = p.company_id where p.id = job.contact_id
  );
end
$$;
