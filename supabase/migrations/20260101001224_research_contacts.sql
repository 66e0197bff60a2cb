-- The stages `enrich` and `sync`: contacts, each alone; and what jobs are about that are about no company.

-- The first stage of a run that is about contacts, each alone; the other one follows it. Null if it has none.
create function private.first_contact_stage(stages public.research_stage[])
returns public.research_stage
language sql immutable
set search_path = ''
as $$
  select case when 'enrich' = any (stages) then 'enrich'::public.research_stage when 'sync' = any (stages) then 'sync' end
$$;

-- SQL on contacts `s`: the stage that a run of these begins with for a contact, null if there is none to do. Unless it is to do so again, that is `enrich` unless it
-- was done ever, then `sync` unless that was done, or may be yet, when it was tried last.
create function private.open_stage_sql(stages public.research_stage[], again boolean)
returns text
language sql immutable
set search_path = ''
as $$
  select case when again then format('%L::public.research_stage', private.first_contact_stage(stages)) else format('case%s%s end',
    case when 'enrich' = any (stages) then ' when not exists (
      select from public.research_jobs j where j.workspace_id = s.workspace_id and j.contact_id = s.id and j.stage = ''enrich'' and j.has_result
    ) then ''enrich''::public.research_stage' end,
    case when 'sync' = any (stages) then ' when coalesce((
      select not (array_agg(j.has_result or j.status in (''processing'', ''waiting'') or j.status = ''cancelled'' and exists (
        select from public.research_batches b where b.id = j.batch_id and b.leased_until is not null
      ) order by j.id desc))[1]
      from public.research_jobs j where j.workspace_id = s.workspace_id and j.contact_id = s.id and j.stage = ''sync'' and j.started_at is not null
    ), true) then ''sync''::public.research_stage' end) end
$$;

-- Of these contacts those with such a stage, but nobody who does not want to be contacted; in the order they came.
create function private.open_contact_stages(ids uuid[], stages public.research_stage[], again boolean)
returns table (workspace_id uuid, campaign_id uuid, contact_id uuid, stage public.research_stage)
language plpgsql stable
set search_path = ''
as $$
begin
  return query execute format('
    select p.workspace_id, p.campaign_id, p.id, p.stage from (
      select s.workspace_id, s.campaign_id, s.id, s.created_at, %s as stage from public.contacts s where s.id = any ($1) and not s.do_not_contact
    ) as p where p.stage is not null order by p.created_at, p.id', private.open_stage_sql(stages, again)) using ids;
end
$$;

-- Whether that stage begins with the contacts that there are: nobody looks for others before.
create function private.starts_with_contacts(stages public.research_stage[])
returns boolean
language sql immutable
set search_path = ''
as $$
  select stages && '{enrich,sync}' and not 'contacts' = any (stages)
$$;

-- The contacts that a run begins with: those its filter names, or those of the companies that it names (`conditions`, as run_conditions), but not those who do not
-- want to be contacted, and unless it is to do so again, not those for whom all was done.
create function private.contact_scope(list text, conditions text, filter jsonb, stages public.research_stage[])
returns private.run_scope
language sql immutable
set search_path = ''
as $$
  select row(
    'public.contacts c cross join lateral (select c.*) as s where c.workspace_id = $3 and c.campaign_id = $2 and not c.do_not_contact'
      || case when filter - 'again' = '{}' then '' when list = 'contacts' then ' and ' || conditions
        else ' and exists (select from public.companies c where c.id = s.company_id and ' || conditions || ')' end,
    case when filter ->> 'again' = 'true' then 'true' else private.open_stage_sql(stages, false) || ' is not null' end
  )::private.run_scope
$$;

-- Queues of these contacts of a run those with such a stage, once in a run, in the order they came; how many. Their campaign must be locked.
create function private.queue_contacts(run public.research_runs, ids uuid[], stages public.research_stage[])
returns int
language plpgsql
set search_path = ''
as $$
declare
  made bigint[];
begin
  with jobs as (
    insert into public.research_jobs (workspace_id, run_id, campaign_id, contact_id, stage)
    select o.workspace_id, run.id, o.campaign_id, o.contact_id, o.stage
    from private.open_contact_stages(ids, stages, coalesce(run.filter ->> 'again' = 'true', false)) as o
    on conflict (workspace_id, contact_id, run_id, stage) where contact_id is not null do nothing returning id
  )
  select coalesce(array_agg(jobs.id), '{}') into made from jobs;
  perform private.enqueue_jobs(made);
  return cardinality(made);
end
$$;

-- Queues the next contacts of the run, at most 500, in the order they came. Returns how many. The campaign and the run must be locked.
create function private.feed_contacts(run public.research_runs)
returns int
language plpgsql
set search_path = ''
as $$
declare
  coming private.next_rows := private.next_open(run,
    private.contact_scope(run.list, (select f.conditions from private.run_filters f where f.run_id = run.id), run.filter, run.stages));
begin
  perform private.queue_contacts(run, coming.ids, run.stages);
  update public.research_runs r
  set contacts_fed = r.contacts_fed + cardinality(coming.ids), is_fed = coming.is_over, fed_until = coming.last
  where r.id = run.id;
  return cardinality(coming.ids);
end
$$;

-- Queues what the run does first with contacts, for those of the companies whose `contacts` jobs are done, found now or known before; as feeding does, not for those
-- who do not want to be contacted, or for whom it was done. The contacts must be stored. Their campaigns must be locked.
create function private.follow_up_contacts(settled private.settled_job[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  run public.research_runs;
  made int;
begin
  for run in
    select r.* from public.research_runs r
    where r.id in (select s.run_id from unnest(settled) as s where s.stage = 'contacts' and s.kind = 'done' and s.was <> 'cancelled')
      and r.status in ('running', 'paused') and r.stages && '{enrich,sync}' order by r.id
  loop
    made := private.queue_contacts(run, array(
      select p.id from unnest(settled) as s join public.contacts p on p.company_id = s.company_id
      where s.run_id = run.id and s.stage = 'contacts' and s.kind = 'done' and s.was <> 'cancelled'
    ), run.stages);
    update public.research_runs r set contacts_total = r.contacts_total + made, contacts_fed = r.contacts_fed + made where r.id = run.id and made > 0;
  end loop;
end
$$;

-- Queues `sync` for the contacts whose `enrich` jobs are done, once in a run, unless that was done; not for those who do not want to be contacted. What was found must
-- be stored. Their campaigns must be locked.
create function private.follow_up_enriched(settled private.settled_job[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  run public.research_runs;
begin
  for run in
    select r.* from public.research_runs r
    where r.id in (select s.run_id from unnest(settled) as s where s.stage = 'enrich' and s.kind = 'done' and s.was <> 'cancelled')
      and r.status in ('running', 'paused') and 'sync' = any (r.stages) order by r.id
  loop
    perform private.queue_contacts(run, array(
      select j.contact_id from unnest(settled) as s join public.research_jobs j on j.id = s.job_id
      where s.run_id = run.id and s.stage = 'enrich' and s.kind = 'done' and s.was <> 'cancelled'
    ), '{sync}');
  end loop;
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
    research = private.kept_finds(c.research, private.shown_finds(c), jsonb_strip_nulls(jsonb_build_object(
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
