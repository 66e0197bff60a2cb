-- The stage `discover`: pages of a source that is read company by company, 15 of them at once.

-- What is known of pages: where one is that only the page before it tells of, and what those that were read had in them, as a hash.
create table private.source_pages (
  run_id uuid not null references public.research_runs (id) on delete cascade,
  page int not null,
  url text check (length(url) <= 2000),
  content text,
  primary key (run_id, page)
);
create index source_pages_content_idx on private.source_pages (run_id, content);
create index source_pages_url_idx on private.source_pages (run_id, md5(url)) where url is not null;
alter table private.source_pages enable row level security;

-- A source as a run keeps it: { url, format: json | html, items, name, domain, website, next, first_page, max_pages }, checked and without what is empty. In a url
-- with {page} pages are numbered from first_page (1) on, otherwise each one tells the `next`; there are at most max_pages (10,000). The web researcher needs
-- the format, and where a company's name or website is. Errors: bad_source.
create function private.check_source(source jsonb, is_web boolean)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  given jsonb;
  wrong text;
begin
  if jsonb_typeof(source) is distinct from 'object' then
    perform private.fail('bad_source', 400, 'Say where the companies are to be read: the source needs an address.');
  end if;
  select coalesce(jsonb_object_agg(key, value), '{}') into given from jsonb_each(source) where value not in ('null', '""');
  select key into wrong from jsonb_each(given)
  where not case
    when key = 'url' then jsonb_typeof(value) = 'string' and length(value #>> '{}') <= 2000 and value #>> '{}' ~* '^https?://[^[:space:]]+$'
    when key = 'format' then value in ('"json"', '"html"')
    when key in ('items', 'name', 'domain', 'website', 'next') then jsonb_typeof(value) = 'string' and length(value #>> '{}') <= 300
    when key = 'first_page' then private.is_whole(value, 0, 1000000)
    when key = 'max_pages' then private.is_whole(value, 1, 10000)
    else false
  end limit 1;
  wrong := case
    when wrong = 'url' then 'The address of the source must start with http:// or https:// and have at most 2,000 characters.'
    when wrong = 'format' then 'The format of the source is json or html.'
    when wrong = 'first_page' then 'The first page is a number from 0 to 1,000,000.'
    when wrong = 'max_pages' then 'A source is read for 1 to 10,000 pages.'
    when wrong in ('items', 'name', 'domain', 'website', 'next') then format('"%s" of the source is a text of at most 300 characters.', wrong)
    when wrong is not null then format('"%s" says nothing about a source.', left(wrong, 50))
    when not given ? 'url' then 'Say where the companies are to be read: the source needs an address.'
    when is_web and not given ? 'format' then 'Say whether the source is json or html.'
    when is_web and not given ?| '{name,domain,website}' then 'Say where a company''s name or its website is on the page.'
    when is_web and given ->> 'format' = 'html' and not given ? 'items' then 'Say which elements of the page are the companies.'
  end;
  perform private.fail('bad_source', 400, wrong) where wrong is not null;
  return given;
end
$$;

-- Whether a JSON value is a whole number in a range of such, written without a fraction: 1.0 is no int for Postgres.
create function private.is_whole(value jsonb, lowest int, highest int)
returns boolean
language sql immutable
set search_path = ''
as $$
  select case when jsonb_typeof(value) = 'number' and value #>> '{}' ~ '^[0-9]{1,9}$' then (value #>> '{}')::int between lowest and highest else false end
$$;

-- Whether the pages of a source are numbered: they can be read all at once.
create function private.is_numbered(source jsonb)
returns boolean
language sql immutable
set search_path = ''
as $$
  select strpos(source ->> 'url', '{page}') > 0
$$;

-- How many pages a run may read.
create function private.most_pages(source jsonb)
returns int
language sql immutable
set search_path = ''
as $$
  select coalesce((source ->> 'max_pages')::int, 10000)
$$;

-- The address of a page of a run's source.
create function private.page_url(run public.research_runs, page int)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  if private.is_numbered(run.source) then
    return replace(run.source ->> 'url', '{page}', (coalesce((run.source ->> 'first_page')::int, 1) + page - 1)::text);
  end if;
  return coalesce((select p.url from private.source_pages p where p.run_id = run.id and p.page = page_url.page), run.source ->> 'url');
end
$$;

-- Queues the next pages of the run's source: numbered ones so that 15 are open, else the one that is known. No more come when a page was the last, or 15 have
-- failed; a failed one that is read later goes on. Returns how many. The campaign and the run must be locked.
create function private.feed_pages(run public.research_runs)
returns int
language plpgsql
set search_path = ''
as $$
declare
  at_once constant int := 15;
  open_pages int;
  failed_pages int;
  until int := run.pages_fed;
  is_over boolean;
  made bigint[];
begin
  select coalesce(sum(k.jobs) filter (where k.status in ('queued', 'processing', 'waiting')), 0), coalesce(sum(k.jobs) filter (where k.status = 'failed'), 0)
  into open_pages, failed_pages
  from public.research_run_counters k where k.run_id = run.id and k.stage = 'discover';
  if private.is_numbered(run.source) then
    is_over := run.last_page is not null or failed_pages >= at_once;
    if not is_over then
      until := greatest(until, least(private.most_pages(run.source), until + at_once - open_pages));
    end if;
    is_over := is_over or until = private.most_pages(run.source);
  else
    until := greatest(1, (select max(p.page) from private.source_pages p where p.run_id = run.id and p.url is not null));
    is_over := true;
  end if;
  with jobs as (
    insert into public.research_jobs (workspace_id, run_id, campaign_id, page, stage)
    select run.workspace_id, run.id, run.campaign_id, n, 'discover' from generate_series(run.pages_fed + 1, until) as n
    on conflict (run_id, page) where page is not null do nothing returning id
  )
  select array_agg(jobs.id) into made from jobs;
  perform private.enqueue_jobs(made);
  update public.research_runs r set pages_fed = until, is_fed = is_over where r.id = run.id;
  return coalesce(cardinality(made), 0);
end
$$;

-- Adds the companies that a run found [{ name, domain, website }] to its campaign as an import does, and queues its next stages for those that are not researched
-- yet; not if it was cancelled. The campaign and the run must be locked. A page may have thousands: plans are those of an import, not those of a few jobs.
create function private.take_companies(run public.research_runs, companies jsonb)
returns void
language plpgsql
set search_path = ''
set enable_seqscan = on
set enable_hashjoin = on
set enable_mergejoin = on
as $$
declare
  campaign public.campaigns;
  cleaned jsonb;
  fed int;
  made bigint[];
  ids uuid[];
begin
  if companies = '[]' then
    return;
  end if;
  select * into campaign from public.campaigns c where c.id = run.campaign_id;
  select coalesce(jsonb_agg(to_jsonb(c)), '[]') into cleaned from private.clean_companies(companies) c where c.reason is null;
  fed := (select m.created from private.merge_companies(campaign, null, cleaned) m);
  if run.status not in ('running', 'paused') then
    return;
  end if;
  if run.stages <> '{discover}' then
    with keys as materialized (
      select private.known_company_key(campaign.id, k.dedupe_key, k.name) as key, min(k.place) as place
      from jsonb_to_recordset(cleaned) as k (place bigint, dedupe_key text, name text) group by 1
    ),
    places as materialized (
      select o.id, min(k.place) as place
      from keys k join public.companies o on o.campaign_id = campaign.id and o.dedupe_key = k.key
      where run.filter ->> 'again' = 'true' or o.research_status <> 'completed'
      group by o.id
    ),
    jobs as (
      insert into public.research_jobs (workspace_id, run_id, campaign_id, company_id, stage)
      select run.workspace_id, run.id, run.campaign_id, p.id, s.stage
      from places p cross join unnest(private.first_stages(run.stages)) as s (stage)
      order by p.place, s.stage
      on conflict on constraint research_jobs_workspace_id_run_id_stage_company_id_key do nothing returning id, company_id
    )
    select array_agg(jobs.id), array_agg(distinct jobs.company_id) into made, ids from jobs;
    fed := coalesce(cardinality(ids), 0);
    perform from public.companies c where c.id = any (ids) order by c.id for no key update;
    for n in 1 .. fed by 500 loop -- as feeding does: triggers compare all rows of a statement
      update public.companies c set research_status = 'queued' where c.id = any (ids[n : n + 499]);
    end loop;
    perform private.enqueue_jobs(made);
  end if;
  update public.research_runs r set companies_fed = r.companies_fed + fed, companies_total = r.companies_total + fed where r.id = run.id;
end
$$;

-- Stores what finished `discover` jobs found [{ companies, has_more, next_url }], and queues what follows: stages of the companies, and further pages. Their campaigns
-- must be locked.
create function private.settle_pages(settled private.settled_job[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  run public.research_runs;
  companies jsonb;
  pages int[];
  is_web boolean; -- an integration says itself that there is more although a page has none
begin
  for run in
    select r.* from public.research_runs r
    where r.id in (select s.run_id from unnest(settled) as s where s.stage = 'discover' and s.kind in ('done', 'failed')) order by r.id for no key update
  loop
    select coalesce(jsonb_agg(c.value order by s.job_id, c.place), '[]') into companies
    from unnest(settled) as s cross join lateral jsonb_array_elements(s.result -> 'companies') with ordinality as c (value, place)
    where s.run_id = run.id and s.stage = 'discover' and s.kind = 'done';
    perform private.take_companies(run, companies);
    continue when run.status not in ('running', 'paused');
    pages := array(
      select j.page from unnest(settled) as s join public.research_jobs j on j.id = s.job_id where s.run_id = run.id and s.stage = 'discover' and s.kind = 'done'
    );
    is_web := (select l.integration_id is null from public.lanes l where l.id = (run.lanes ->> 'discover')::uuid);
    insert into private.source_pages as p (run_id, page, content)
    select run.id, j.page, case
      when s.result -> 'has_more' = 'false' then 'last'
      when s.result -> 'companies' <> '[]' or is_web then md5((s.result -> 'companies')::text) end
    from unnest(settled) as s join public.research_jobs j on j.id = s.job_id
    where s.run_id = run.id and j.page = any (pages)
    on conflict on constraint source_pages_pkey do update set content = excluded.content;
    if not private.is_numbered(run.source) then -- an address that was read before leads in a circle
      insert into private.source_pages as p (run_id, page, url)
      select run.id, j.page + 1, s.result ->> 'next_url' from unnest(settled) as s join public.research_jobs j on j.id = s.job_id
      where s.run_id = run.id and j.page = any (pages) and s.result ->> 'next_url' <> run.source ->> 'url' and j.page < private.most_pages(run.source)
        and s.result -> 'has_more' is distinct from 'false' and not exists (select from private.source_pages x where x.run_id = run.id and md5(x.url) = md5(s.result ->> 'next_url'))
      on conflict on constraint source_pages_pkey do nothing;
    end if;
    -- Some sites answer with another page when one does not exist: what was read before is the end as well. A last page that is read again may be the last no more.
    update public.research_runs r
    set is_fed = false, last_page = least(case when r.last_page <> all (pages) then r.last_page end, (
      select min(p.page) from private.source_pages p
      where p.run_id = run.id and p.page = any (pages) and (p.content = 'last'
        or exists (select from private.source_pages x where x.run_id = run.id and x.content = p.content and x.page < p.page))
    ))
    where r.id = run.id;
    perform private.feed_run(run.id);
  end loop;
end
$$;
