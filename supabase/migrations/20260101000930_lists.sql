-- The lists that clients ask for: keyset pages of companies, contacts and campaigns.

-- The list that a caller asks for. Errors: bad_list, bad_scope, bad_sort, bad_filter. Its workspace_id is null when it is none of the caller's: strangers' lists are
-- empty, they are not told whether there is one.
create function private.open_list(list text, campaign_id uuid, workspace_id uuid, filter jsonb, sort text, direction text)
returns private.listing
language plpgsql stable
set search_path = ''
as $$
declare
  listing private.listing;
begin
  if list is null or list not in ('companies', 'contacts', 'campaigns') then
    perform private.fail('bad_list', 400, 'The list is companies, contacts or campaigns.');
  end if;
  if (campaign_id is null) = (workspace_id is null) or (list = 'campaigns' and campaign_id is not null) then
    perform private.fail('bad_scope', 400, 'A list is of one campaign or of one workspace: name one of them.');
  end if;
  listing.list := list;
  listing.campaign_id := campaign_id;
  listing.filter := filter;
  listing.conditions := case list when 'companies' then private.company_conditions(filter) when 'contacts' then private.contact_conditions(filter)
    else private.campaign_conditions(filter) end;
  listing.words := case when list <> 'campaigns' then private.search_groups(filter ->> 'q') else '{}' end;
  listing.direction := coalesce(direction, 'desc');
  listing.sort := coalesce(sort, case when listing.words <> '{}' then 'relevance' else 'created_at' end);
  if listing.direction not in ('asc', 'desc') or (listing.sort = 'relevance' and listing.direction = 'asc') then
    perform private.fail('bad_sort', 400, 'The direction is asc or desc; by relevance it is desc.');
  end if;
  if listing.sort = 'relevance' and listing.words = '{}' then
    listing.sort := 'created_at';
  end if;
  listing := private.sort_list(listing);
  listing.from_sql := format('public.%I c', list);
  listing.scope_sql := case when campaign_id is null then 'c.workspace_id = $2' else 'c.workspace_id = $2 and c.campaign_id = $3' end;
  listing.found_sql := case
    when filter ?| '{created_after,created_before}' then listing.scope_sql
    when campaign_id is not null then 'c.campaign_id = $3'
    -- Where nothing else tells the rows apart: the index of states begins with the campaign, so each of the workspace's is looked up.
    when filter ? 'status' and not filter ?| '{tags,country,size,owner_id,custom,q}' then 'c.workspace_id = $2 and c.campaign_id = any (array(select s.id from public.campaigns s where s.workspace_id = $2))'
    else 'c.workspace_id = $2'
  end;
  select w.id into listing.workspace_id from private.my_workspaces() as w (id)
  where w.id = coalesce(open_list.workspace_id, (select o.workspace_id from public.campaigns o where o.id = open_list.campaign_id));
  if listing.words <> '{}' and listing.workspace_id is not null then
    listing := private.mean_words(listing);
  end if;
  return listing;
end
$$;

-- Conditions on rows `c` of a list, its search included, with $1 for the filter: for what works on all rows that match, as they are listed.
create function private.matching_conditions(list text, workspace_id uuid, filter jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  listing private.listing;
  words text;
begin
  listing.list := list;
  listing.conditions := case list when 'companies' then private.company_conditions(filter) else private.contact_conditions(filter) end;
  listing.words := private.search_groups(workspace_id, filter ->> 'q');
  words := replace(private.words_sql(listing), '$4', format('(%L::tsquery[])', listing.words));
  return listing.conditions || case when list = 'contacts' and words <> ''
    then format(' and exists (select from public.companies o where o.id = c.company_id%s)', words) else words end;
end
$$;

-- The ids of a page, as page_of. Runs as its owner because the indexes of search and filters are not used under row-level security; open_list checks the
-- caller's membership, and the caller reads the rows under the policies.
create function private.find_page(
  list text, campaign_id uuid, workspace_id uuid, filter jsonb, sort text, direction text, cursor text, page_size int, with_total boolean
)
returns jsonb
language plpgsql stable security definer
set search_path = ''
set enable_seqscan = off -- rows are found by index or in its order, whatever their share of the table looks like
set enable_hashjoin = off
set enable_mergejoin = off
set max_parallel_workers_per_gather = 0
as $$
begin
  return private.page_of(private.open_list(list, campaign_id, workspace_id, filter, sort, direction), cursor, page_size, with_total);
end
$$;
grant execute on function private.find_page to authenticated;

-- The custom columns of a row as lists show them: as they are up to 2,000 bytes of storage and 10,000 characters; of wider ones the first 100, longer texts cut after
-- 200 characters; none where there are more than 10,000 bytes, which take too long to read.
create function private.brief_custom(custom jsonb)
returns jsonb
language sql stable
set search_path = ''
as $$
  select case when pg_column_size(custom) > 10000 then '{}' when pg_column_size(custom) <= 2000 and length(custom::text) <= 10000 then custom else (
    select coalesce(jsonb_object_agg(key, case when length(value #>> '{}') > 200 then to_jsonb(left(value #>> '{}', 199) || '…') else value end), '{}')
    from (select key, value from jsonb_each(custom) where length(key) <= 500 limit 100) as cells
  ) end
$$;

-- Rows by id, in the order of the ids, read as the caller: a JSON array. Only `whole` rows carry research and wide custom columns as they are. A function for
-- each list, because plpgsql keeps the plan of a statement that it knows; planning takes longer than reading.
create function private.read_companies(ids uuid[], whole boolean)
returns json
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select coalesce(json_agg(r), '[]') from (
      select c.id, c.workspace_id, c.campaign_id, c.name, c.domain, c.website, c.description, c.industry, c.country, c.address, c.phone, c.email, c.linkedin_url,
        c.employees, c.owner_id, c.tags, c.research_status, c.contact_count, c.portfolio_count, c.import_id, c.created_at, c.updated_at, c.researched_at,
        case when whole then c.research end as research, case when whole or pg_column_size(c.custom) < 1000 and length(c.custom::text) < 10000 then c.custom else private.brief_custom(c.custom) end as custom
      from unnest(ids) with ordinality as wanted (id, place) join public.companies c on c.id = wanted.id order by wanted.place
    ) as r
  );
end
$$;

create function private.read_contacts(ids uuid[], whole boolean)
returns json
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select coalesce(json_agg(r), '[]') from (
      select c.id, c.workspace_id, c.campaign_id, c.company_id, c.name, c.first_name, c.last_name, c.title, c.seniority, c.email, c.phone, c.linkedin_url, c.country,
        c.owner_id, c.tags, c.do_not_contact, c.source, c.import_id, c.created_at, c.updated_at,
        json_build_object('id', o.id, 'name', o.name, 'domain', o.domain) as company,
        case when whole then c.research end as research, case when whole or pg_column_size(c.custom) < 1000 and length(c.custom::text) < 10000 then c.custom else private.brief_custom(c.custom) end as custom
      from unnest(ids) with ordinality as wanted (id, place) join public.contacts c on c.id = wanted.id join public.companies o on o.id = c.company_id
      order by wanted.place
    ) as r
  );
end
$$;

create function private.read_campaigns(ids uuid[])
returns json
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select coalesce(json_agg(r), '[]') from (
      select c.id, c.workspace_id, c.name, c.description, c.state, c.company_count, c.contact_count, c.researched_count, c.failed_count, c.created_by,
        c.created_at, c.updated_at
      from unnest(ids) with ordinality as wanted (id, place) join public.campaigns c on c.id = wanted.id order by wanted.place
    ) as r
  );
end
$$;

-- What a client gets of a page: found by find_page (or find_jobs), its rows read.
create function private.show_page(page jsonb, rows json)
returns json
language plpgsql immutable
set search_path = ''
as $$
begin
  return json_build_object('rows', rows, 'next_cursor', page -> 'next_cursor', 'prev_cursor', page -> 'prev_cursor', 'total', page -> 'total',
    'total_is_capped', page -> 'total_is_capped');
end
$$;

-- The ids of a found page.
create function private.page_ids(page jsonb)
returns text[]
language plpgsql immutable
set search_path = ''
as $$
begin
  return array(select jsonb_array_elements_text(page -> 'ids'));
end
$$;

-- One page of a list as a client gets it.
create function private.list_page(
  list text, campaign_id uuid, workspace_id uuid, filter jsonb, sort text, direction text, cursor text, page_size int, with_total boolean, whole boolean
)
returns json
language plpgsql stable
set search_path = ''
as $$
declare
  page jsonb := private.find_page(list, campaign_id, workspace_id, filter, sort, direction, cursor, page_size, with_total);
  ids uuid[] := private.page_ids(page);
begin
  return private.show_page(page, case list
    when 'companies' then private.read_companies(ids, whole)
    when 'contacts' then private.read_contacts(ids, whole)
    else private.read_campaigns(ids)
  end);
end
$$;

-- One page of the companies of a campaign, or of a workspace: { rows, next_cursor, prev_cursor, total, total_is_capped }. Sorts: name, domain, created_at,
-- updated_at, research_status, contact_count, industry, country, of a workspace name and created_at; with `q` also relevance, which it then is unless told
-- otherwise. The first page has the total; `with_total: false` leaves it null where counting would take longer than finding the page (ask list_total).
-- Errors: bad_scope, bad_sort, bad_filter, bad_cursor, bad_page_size. A campaign or workspace of others is an empty list.
create function public.list_companies(
  campaign_id uuid default null, filter jsonb default '{}', sort text default null, direction text default null, cursor text default null, page_size int default 50,
  workspace_id uuid default null, with_total boolean default true
)
returns json
language plpgsql stable
set search_path = ''
as $$
begin
  return private.list_page('companies', campaign_id, workspace_id, filter, sort, direction, cursor, page_size, with_total, false);
end
$$;

-- One page of contacts, each with its company { id, name, domain }. As list_companies; sorts: name, title, email, created_at, updated_at.
create function public.list_contacts(
  campaign_id uuid default null, filter jsonb default '{}', sort text default null, direction text default null, cursor text default null, page_size int default 50,
  workspace_id uuid default null, with_total boolean default true
)
returns json
language plpgsql stable
set search_path = ''
as $$
begin
  return private.list_page('contacts', campaign_id, workspace_id, filter, sort, direction, cursor, page_size, with_total, false);
end
$$;

-- One page of the campaigns of a workspace, archived ones too: as list_companies. filter: { q: part of the name, state: [...] }; sorts: name, created_at,
-- updated_at, company_count, contact_count.
create function public.list_campaigns(
  workspace_id uuid, filter jsonb default '{}', sort text default null, direction text default null, cursor text default null, page_size int default 50
)
returns json
language plpgsql stable
set search_path = ''
as $$
begin
  return private.list_page('campaigns', null, workspace_id, filter, sort, direction, cursor, page_size, true, false);
end
$$;

-- How many rows of a list match: { total, total_is_capped }, counted up to 10,000, exact without a filter. Runs as its owner for the same reason as find_page.
-- Errors: bad_list, bad_scope, bad_filter.
create function public.list_total(list text, campaign_id uuid default null, filter jsonb default '{}', workspace_id uuid default null)
returns jsonb
language plpgsql stable security definer
set search_path = ''
set enable_seqscan = off -- rows are found by index or in its order, whatever their share of the table looks like
set enable_hashjoin = off
set enable_mergejoin = off
set max_parallel_workers_per_gather = 0
as $$
declare
  listing private.listing;
begin
  listing := private.open_list(list, campaign_id, workspace_id, filter, 'created_at', 'desc');
  return case when listing.workspace_id is null then '{"total": 0, "total_is_capped": false}' else private.count_rows(listing) end;
end
$$;

grant execute on function private.fail, private.brief_custom, private.read_companies, private.read_contacts, private.read_campaigns, private.show_page,
  private.page_ids, private.list_page to authenticated;
grant execute on function public.list_companies, public.list_contacts, public.list_campaigns, public.list_total to authenticated;
