-- Lists are keyset pages on (sort column, id), as the caller, under row-level security. Nulls come last in both directions, as a segment of their own,
-- so that one index serves a column both ways. Cursors are opaque and versioned; one that fits another list, campaign, sort or filter is refused.

-- What a page is a page of. All text in it comes from the functions below, never from a request.
create type private.list_shape as (
  list text,
  from_sql text,
  row_sql text,
  conditions text,
  sort_sql text,
  sort_type text
);

-- One page: { rows, next_cursor }. In the shape's SQL $1 is the filter, $2 the parent's id and $3 the ids that search found (null: no search).
create function private.keyset_page(
  shape private.list_shape, parent_id uuid, filter jsonb, hits uuid[], sort text, direction text, cursor text, page_size int
)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  comparison text := case direction when 'asc' then '>' else '<' end;
  fingerprint text := md5(concat_ws('|', shape.list, parent_id, filter::text, sort, direction));
  place jsonb;
  page jsonb := '[]';
  rest jsonb;
  last_row jsonb;
begin
  if direction is null or direction not in ('asc', 'desc') then
    perform private.fail('bad_sort', 400, 'The direction must be asc or desc.');
  end if;
  if cursor is not null then
    begin
      place := convert_from(decode(cursor, 'base64'), 'utf8')::jsonb;
      if place ->> 'v' is distinct from '1' or place ->> 'f' is distinct from fingerprint then
        raise invalid_parameter_value;
      end if;
      perform (place ->> 'i')::uuid;
      execute format('select ($1 ->> ''k'')::%s', shape.sort_type) using place;
    exception when data_exception then
      perform private.fail('bad_cursor', 400, 'This page marker does not belong to this list. Start from the first page.');
    end;
  end if;
  if place is null or place ->> 'k' is not null then
    execute format(
      'select coalesce(jsonb_agg(to_jsonb(r)), ''[]'') from (select %s, %s as _key, c.id as _id from %s where %s and %s is not null%s order by %s %s, c.id %s limit $4 + 1) as r',
      shape.row_sql, shape.sort_sql, shape.from_sql, shape.conditions, shape.sort_sql,
      case when place is not null then format(' and (%s, c.id) %s (($5 ->> ''k'')::%s, ($5 ->> ''i'')::uuid)', shape.sort_sql, comparison, shape.sort_type) end,
      shape.sort_sql, direction, direction
    ) into page using filter, parent_id, hits, page_size, place;
  end if;
  if jsonb_array_length(page) <= page_size then
    execute format(
      'select coalesce(jsonb_agg(to_jsonb(r)), ''[]'') from (select %s, null as _key, c.id as _id from %s where %s and %s is null%s order by c.id %s limit $4 + 1 - $6) as r',
      shape.row_sql, shape.from_sql, shape.conditions, shape.sort_sql,
      case when place ->> 'k' is null and place is not null then format(' and c.id %s ($5 ->> ''i'')::uuid', comparison) end,
      direction
    ) into rest using filter, parent_id, hits, page_size, place, jsonb_array_length(page);
    page := page || rest;
  end if;
  if jsonb_array_length(page) > page_size then
    page := page - page_size;
    last_row := page -> -1;
  end if;
  return jsonb_build_object(
    'rows', (select coalesce(jsonb_agg(element - '_key' - '_id' order by n), '[]') from jsonb_array_elements(page) with ordinality as e (element, n)),
    'next_cursor', case when last_row is not null then replace(encode(convert_to(jsonb_build_object(
      'v', 1, 'f', fingerprint, 'k', last_row -> '_key', 'i', last_row -> '_id'
    )::text, 'utf8'), 'base64'), e'\n', '') end
  );
end
$$;

-- How many rows match, counted up to 10,000: { total, total_is_capped }. Parameters as in keyset_page.
create function private.capped_total(shape private.list_shape, parent_id uuid, filter jsonb, hits uuid[])
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  total int;
begin
  execute format('select count(*) from (select from %s where %s limit 10001) as matching', shape.from_sql, shape.conditions)
    into total using filter, parent_id, hits;
  return jsonb_build_object('total', least(total, 10000), 'total_is_capped', total > 10000);
end
$$;

-- The shape of a list of companies. `whole` rows carry research and custom too.
create function private.company_shape(filter jsonb, sort text, whole boolean)
returns private.list_shape
language plpgsql stable
set search_path = ''
as $$
declare
  shape private.list_shape;
begin
  shape.list := 'companies';
  shape.from_sql := 'public.companies c';
  shape.row_sql := 'c.id, c.workspace_id, c.campaign_id, c.name, c.domain, c.website, c.description, c.industry, c.country, c.address, c.phone, c.email,
    c.linkedin_url, c.employees, c.owner_id, c.tags, c.research_status, c.contact_count, c.portfolio_count, c.import_id, c.created_at, c.updated_at, c.researched_at'
    || case when whole then ', c.research, c.custom' else '' end;
  shape.conditions := 'c.campaign_id = $2 and ' || private.company_conditions(filter)
    || case when filter ? 'q' then ' and ($3::uuid[] is null or c.id = any ($3))' else '' end;
  case sort
    when 'name' then shape.sort_sql := 'lower(c.name)'; shape.sort_type := 'text';
    when 'domain' then shape.sort_sql := 'c.domain'; shape.sort_type := 'text';
    when 'industry' then shape.sort_sql := 'lower(c.industry)'; shape.sort_type := 'text';
    when 'country' then shape.sort_sql := 'lower(c.country)'; shape.sort_type := 'text';
    when 'research_status' then shape.sort_sql := 'c.research_status'; shape.sort_type := 'public.research_status';
    when 'contact_count' then shape.sort_sql := 'c.contact_count'; shape.sort_type := 'int';
    when 'created_at' then shape.sort_sql := 'c.created_at'; shape.sort_type := 'timestamptz';
    when 'updated_at' then shape.sort_sql := 'c.updated_at'; shape.sort_type := 'timestamptz';
    else perform private.fail('bad_sort', 400, 'Companies cannot be sorted by this column.');
  end case;
  return shape;
end
$$;

-- The same for contacts.
create function private.contact_shape(filter jsonb, sort text, whole boolean)
returns private.list_shape
language plpgsql stable
set search_path = ''
as $$
declare
  shape private.list_shape;
begin
  shape.list := 'contacts';
  shape.from_sql := 'public.contacts c';
  shape.row_sql := 'c.id, c.workspace_id, c.campaign_id, c.company_id, c.name, c.first_name, c.last_name, c.title, c.seniority, c.email, c.phone, c.linkedin_url,
    c.country, c.owner_id, c.tags, c.do_not_contact, c.source, c.import_id, c.created_at, c.updated_at,
    (select jsonb_build_object(''id'', o.id, ''name'', o.name, ''domain'', o.domain) from public.companies o where o.id = c.company_id) as company'
    || case when whole then ', c.research, c.custom' else '' end;
  shape.conditions := 'c.campaign_id = $2 and ' || private.contact_conditions(filter)
    || case when filter ? 'q' then ' and ($3::uuid[] is null or c.id = any ($3))' else '' end;
  case sort
    when 'name' then shape.sort_sql := 'lower(c.name)'; shape.sort_type := 'text';
    when 'title' then shape.sort_sql := 'lower(c.title)'; shape.sort_type := 'text';
    when 'email' then shape.sort_sql := 'lower(c.email)'; shape.sort_type := 'text';
    when 'created_at' then shape.sort_sql := 'c.created_at'; shape.sort_type := 'timestamptz';
    when 'updated_at' then shape.sort_sql := 'c.updated_at'; shape.sort_type := 'timestamptz';
    else perform private.fail('bad_sort', 400, 'Contacts cannot be sorted by this column.');
  end case;
  return shape;
end
$$;

-- Wrong types inside a filter ("has_email": "maybe", "owner_id": "x") surface as data errors: told as a bad filter.
create function private.list_page(
  list text, campaign_id uuid, filter jsonb, sort text, direction text, cursor text, page_size int, whole boolean, most_found int
)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  shape private.list_shape;
  hits uuid[];
  total jsonb := jsonb_build_object('total', null, 'total_is_capped', false);
  counted int;
begin
  if private.prefix_query(filter ->> 'q') is not null then
    hits := case list
      when 'companies' then private.search_companies(campaign_id, filter ->> 'q', most_found)
      else private.search_contacts(campaign_id, filter ->> 'q', most_found)
    end;
  end if;
  begin
    shape := case list when 'companies' then private.company_shape(filter, sort, whole) else private.contact_shape(filter, sort, whole) end;
    if cursor is null then
      if filter = '{}' then
        select case list when 'companies' then o.company_count else o.contact_count end into counted
        from public.campaigns o where o.id = list_page.campaign_id;
        total := jsonb_build_object('total', coalesce(counted, 0), 'total_is_capped', false);
      else
        total := private.capped_total(shape, campaign_id, filter, hits);
        if cardinality(hits) >= most_found then
          total := total || '{"total_is_capped": true}';
        end if;
      end if;
    end if;
    return total || private.keyset_page(shape, campaign_id, filter, hits, sort, direction, cursor, page_size);
  exception when data_exception then
    perform private.fail('bad_filter', 400, 'A value of the filter has the wrong type.');
  end;
  return null;
end
$$;

-- One page of a campaign's companies: { rows, next_cursor, total, total_is_capped }. `total` is only counted for the first page.
-- Errors: bad_sort, bad_filter, bad_cursor, bad_page_size. A campaign of others is an empty list.
create function public.list_companies(
  campaign_id uuid, filter jsonb default '{}', sort text default 'created_at', direction text default 'desc', cursor text default null, page_size int default 50
)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  if page_size is null or page_size not between 1 and 200 then
    perform private.fail('bad_page_size', 400, 'A page has 1 to 200 rows.');
  end if;
  return private.list_page('companies', campaign_id, filter, sort, direction, cursor, page_size, false, 1000);
end
$$;

-- One page of a campaign's contacts, each with its company { id, name, domain }. As list_companies.
create function public.list_contacts(
  campaign_id uuid, filter jsonb default '{}', sort text default 'created_at', direction text default 'desc', cursor text default null, page_size int default 50
)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  if page_size is null or page_size not between 1 and 200 then
    perform private.fail('bad_page_size', 400, 'A page has 1 to 200 rows.');
  end if;
  return private.list_page('contacts', campaign_id, filter, sort, direction, cursor, page_size, false, 1000);
end
$$;

grant execute on function private.fail, private.keyset_page, private.capped_total, private.company_shape, private.contact_shape, private.list_page
  to authenticated;
grant execute on function public.list_companies, public.list_contacts to authenticated;
