-- Checks every counter against the rows it counts, and repairs what is off. Triggers keep counters exact; what can make them drift is switched-off triggers,
-- or a restored backup of a part.

-- Counters of active campaigns that differ from a recount: (table_name, id, counter, kept, actual), with the campaign. One statement, so one snapshot: what
-- others change meanwhile is in both sides or in none. A counter of research_run_counters is named by stage and status, its id is the run.
create function private.count_drift(workspace_id uuid default null, campaign_id uuid default null)
returns table (table_name text, id uuid, counter text, kept bigint, actual bigint, in_campaign uuid)
language sql stable
set search_path = ''
set plan_cache_mode = force_custom_plan -- one campaign is looked up, all of them are read
as $$
  with scope as materialized (
    select c.* from public.campaigns c
    where c.state = 'active' and (count_drift.workspace_id is null or c.workspace_id = count_drift.workspace_id)
      and (count_drift.campaign_id is null or c.id = count_drift.campaign_id)
  ),
  of_campaigns as (
    select s.id, k.counter, k.kept, k.actual
    from scope s
    left join (
      select o.campaign_id, count(*) as companies, count(*) filter (where o.research_status = 'completed') as researched,
        count(*) filter (where o.research_status = 'failed') as failed
      from public.companies o where o.campaign_id in (select scope.id from scope) group by o.campaign_id
    ) as o on o.campaign_id = s.id
    left join (
      select p.campaign_id, count(*) as contacts from public.contacts p where p.campaign_id in (select scope.id from scope) group by p.campaign_id
    ) as p on p.campaign_id = s.id
    cross join lateral (values
      ('company_count', s.company_count, coalesce(o.companies, 0)), ('researched_count', s.researched_count, coalesce(o.researched, 0)),
      ('failed_count', s.failed_count, coalesce(o.failed, 0)), ('contact_count', s.contact_count, coalesce(p.contacts, 0))
    ) as k (counter, kept, actual)
  ),
  of_companies as (
    select o.id, o.campaign_id, k.counter, k.kept, k.actual
    from public.companies o
    left join (select p.company_id, count(*) as n from public.contacts p where p.campaign_id in (select scope.id from scope) group by p.company_id) as p
      on p.company_id = o.id
    left join (select q.company_id, count(*) as n from public.portfolio_companies q where q.campaign_id in (select scope.id from scope) group by q.company_id) as q
      on q.company_id = o.id
    cross join lateral (values ('contact_count', o.contact_count, coalesce(p.n, 0)), ('portfolio_count', o.portfolio_count, coalesce(q.n, 0))) as k (counter, kept, actual)
    where o.campaign_id in (select scope.id from scope)
  ),
  of_runs as (
    select r.id, r.campaign_id, sides.counter, sum(sides.kept) as kept, sum(sides.actual) as actual
    from public.research_runs r
    join (
      select k.run_id, concat_ws('.', k.stage, k.status) as counter, sum(k.jobs) as kept, 0 as actual from public.research_run_counters k group by k.run_id, k.stage, k.status
      union all
      select j.run_id, concat_ws('.', j.stage, j.status), 0, count(*) from public.research_jobs j
      where j.campaign_id in (select scope.id from scope) group by j.run_id, j.stage, j.status
    ) as sides on sides.run_id = r.id
    where r.campaign_id in (select scope.id from scope)
    group by r.id, r.campaign_id, sides.counter
  )
  select 'campaigns', c.id, c.counter, c.kept::bigint, c.actual, c.id from of_campaigns c where c.kept <> c.actual
  union all
  select 'companies', o.id, o.counter, o.kept::bigint, o.actual, o.campaign_id from of_companies o where o.kept <> o.actual
  union all
  select 'research_run_counters', r.id, r.counter, r.kept::bigint, r.actual::bigint, r.campaign_id from of_runs r where r.kept <> r.actual
$$;

-- Reports the counters of a workspace, a campaign or all that are off, and unless told otherwise repairs them: each gets the difference added, not the
-- recount set, so what others add meanwhile stays. Locks campaigns, companies and run counters in the order everything does.
create function private.recount(workspace_id uuid default null, campaign_id uuid default null, repair boolean default true)
returns table (table_name text, id uuid, counter text, kept bigint, actual bigint)
language plpgsql
set search_path = ''
as $$
declare
  drift jsonb;
begin
  if repair then
    perform pg_advisory_xact_lock(hashtext('private.recount')); -- two at once would both add the difference
  end if;
  select coalesce(jsonb_agg(d), '[]') into drift from private.count_drift(recount.workspace_id, recount.campaign_id) as d;
  if repair and drift <> '[]' then
    perform private.lock_campaigns(array(select distinct d.in_campaign from jsonb_to_recordset(drift) as d (in_campaign uuid)));
    perform from public.companies c
    where c.id in (select d.id from jsonb_to_recordset(drift) as d (table_name text, id uuid) where d.table_name = 'companies')
    order by c.id for no key update;
    update public.campaigns c
    set company_count = c.company_count + d.companies, researched_count = c.researched_count + d.researched,
      failed_count = c.failed_count + d.failed, contact_count = c.contact_count + d.contacts
    from (
      select x.id, coalesce(sum(x.actual - x.kept) filter (where x.counter = 'company_count'), 0) as companies,
        coalesce(sum(x.actual - x.kept) filter (where x.counter = 'researched_count'), 0) as researched,
        coalesce(sum(x.actual - x.kept) filter (where x.counter = 'failed_count'), 0) as failed,
        coalesce(sum(x.actual - x.kept) filter (where x.counter = 'contact_count'), 0) as contacts
      from jsonb_to_recordset(drift) as x (table_name text, id uuid, counter text, kept bigint, actual bigint)
      where x.table_name = 'campaigns' group by x.id
    ) as d
    where c.id = d.id;
    update public.companies c
    set contact_count = c.contact_count + d.contacts, portfolio_count = c.portfolio_count + d.investments
    from (
      select x.id, coalesce(sum(x.actual - x.kept) filter (where x.counter = 'contact_count'), 0) as contacts,
        coalesce(sum(x.actual - x.kept) filter (where x.counter = 'portfolio_count'), 0) as investments
      from jsonb_to_recordset(drift) as x (table_name text, id uuid, counter text, kept bigint, actual bigint)
      where x.table_name = 'companies' group by x.id
    ) as d
    where c.id = d.id;
    insert into public.research_run_counters as k (run_id, stage, status, shard, workspace_id, jobs)
    select r.id, split_part(d.counter, '.', 1)::public.research_stage, split_part(d.counter, '.', 2)::public.job_status, 0, r.workspace_id, d.actual - d.kept
    from jsonb_to_recordset(drift) as d (table_name text, id uuid, counter text, kept bigint, actual bigint)
    join public.research_runs r on r.id = d.id
    where d.table_name = 'research_run_counters'
    order by 1, 2, 3
    on conflict on constraint research_run_counters_pkey do update set jobs = k.jobs + excluded.jobs;
  end if;
  return query select d.table_name, d.id, d.counter, d.kept, d.actual
  from jsonb_to_recordset(drift) as d (table_name text, id uuid, counter text, kept bigint, actual bigint);
end
$$;

-- A line in the database's log for each counter that is off, a hundred at most.
create function private.report_drift()
returns void
language plpgsql
set search_path = ''
as $$
declare
  drift record;
begin
  for drift in select * from private.recount(repair => false) limit 100 loop
    raise warning 'counter %.% of % is % and should be %: repair with private.recount()', drift.table_name, drift.counter, drift.id, drift.kept, drift.actual;
  end loop;
end
$$;

select cron.schedule('count-drift', '43 3 * * *', 'select private.report_drift()');
