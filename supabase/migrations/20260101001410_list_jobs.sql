-- The list of a run's jobs, in pages like any list.

-- Conditions on jobs `c` for a filter passed as $1. Errors: bad_filter.
create function private.job_conditions(filter jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.check_values(filter, '{"q": "text", "status": "public.job_status", "stage": "public.research_stage", "error_code": "text", "company_id": "uuid"}');
  return concat_ws(' and ', 'true',
    case when filter ? 'status' then 'c.status = any (private.text_array($1 -> ''status'')::public.job_status[])' end,
    -- No index is over these states: they change too often. They are looked up where the engine has them.
    case when filter ? 'status' and private.text_array(filter -> 'status') <@ '{processing,waiting}' then
      'c.id in (select unnest(b.job_ids) from public.research_batches b where b.run_id = $3 and b.leased_until is not null)' end,
    case when private.text_array(filter -> 'status') = '{queued}' then 'c.id in (select q.job_id from private.queue q where q.run_id = $3)' end,
    case when filter ? 'status' and private.text_array(filter -> 'status') <@ '{failed,cancelled}' then 'c.status in (''failed'', ''cancelled'')' end,
    case when filter ? 'stage' then 'c.stage = any (private.text_array($1 -> ''stage'')::public.research_stage[])' end,
    case when filter ? 'error_code' then 'c.error_code = ($1 ->> ''error_code'')' end,
    case when filter ? 'company_id' then '(c.company_id = ($1 ->> ''company_id'')::uuid
      or c.contact_id in (select p.id from public.contacts p where p.company_id = ($1 ->> ''company_id'')::uuid))' end,
    case when private.prefix_query(filter ->> 'q') is not null then
      '(exists (select from public.companies o where o.id = c.company_id and o.search @@ private.prefix_query($1 ->> ''q''))
        or exists (select from public.contacts p where p.id = c.contact_id and p.search @@ private.prefix_query($1 ->> ''q'')))' end
  );
end
$$;

-- The ids of a page of jobs, as page_of. Runs as its owner as find_page does; my_workspaces checks the caller's membership.
create function private.find_jobs(run_id uuid, filter jsonb, sort text, direction text, cursor text, page_size int)
returns jsonb
language plpgsql stable security definer
set search_path = ''
as $$
declare
  listing private.listing;
begin
  listing.list := 'jobs';
  listing.filter := filter;
  listing.conditions := private.job_conditions(filter);
  listing.campaign_id := run_id;
  listing.workspace_id := (
    select r.workspace_id from public.research_runs r where r.id = find_jobs.run_id and r.workspace_id = any (array(select private.my_workspaces()))
  );
  listing.from_sql := 'public.research_jobs c';
  listing.scope_sql := 'c.run_id = $3';
  listing.found_sql := 'c.run_id = $3';
  listing.sort := coalesce(sort, 'id');
  listing.direction := coalesce(direction, 'desc');
  listing := private.sort_list(listing);
  return private.page_of(listing, cursor, page_size, true);
end
$$;
grant execute on function private.find_jobs to authenticated;

-- Jobs by id, as read_companies, each with its company, or its contact and that one's company.
create function private.read_jobs(ids bigint[])
returns json
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select coalesce(json_agg(r), '[]') from (
      select c.id, c.workspace_id, c.run_id, c.campaign_id, c.company_id, c.contact_id, c.page, c.stage, c.status, c.attempt, c.batch_id, c.cached_at, c.polled_since, c.run_after,
        c.error_code, c.error_message, c.created_at, c.started_at, c.finished_at,
        case when o.id is not null then json_build_object('id', o.id, 'name', o.name, 'domain', o.domain) end as company,
        (
          select json_build_object('id', p.id, 'name', p.name, 'company', json_build_object('id', e.id, 'name', e.name, 'domain', e.domain))
          from public.contacts p join public.companies e on e.id = p.company_id where p.id = c.contact_id
        ) as contact
      from unnest(ids) with ordinality as wanted (id, place)
      join public.research_jobs c on c.id = wanted.id left join public.companies o on o.id = c.company_id
      order by wanted.place
    ) as r
  );
end
$$;
grant execute on function private.read_jobs to authenticated;

-- One page of a run's jobs, each with its subject, by id (the order they were queued in; the newest first unless told otherwise): { rows, next_cursor, prev_cursor, total, total_is_capped }. filter: { status: [...],
-- stage: [...], error_code, company_id, q: words of the company or contact }. Errors: bad_filter, bad_sort, bad_cursor, bad_page_size. A run of others is an empty list.
create function public.list_jobs(
  run_id uuid, filter jsonb default '{}', cursor text default null, page_size int default 50, sort text default null, direction text default null
)
returns json
language plpgsql stable
set search_path = ''
as $$
declare
  page jsonb := private.find_jobs(run_id, filter, sort, direction, cursor, page_size);
begin
  return private.show_page(page, private.read_jobs(private.page_ids(page)::bigint[]));
end
$$;
grant execute on function public.list_jobs to authenticated;
