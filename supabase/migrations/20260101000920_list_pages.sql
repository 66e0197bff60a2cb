-- Pages of lists: whose rows they are, where they begin, how many rows there are.

-- Signs cursors, so that one that was changed is refused. Made with the database; nobody may read it.
create table private.cursor_key (
  key bytea not null default extensions.gen_random_bytes(32)
);
insert into private.cursor_key default values;
alter table private.cursor_key enable row level security;

-- The signature of a cursor's content in this list: the same content is worth nothing in another list, scope, filter, sort or direction.
create function private.sign_cursor(listing private.listing, content bytea)
returns bytea
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select substr(extensions.hmac(convert_to(concat_ws('|', listing.list, listing.workspace_id, listing.campaign_id, listing.filter, listing.sort, listing.direction, ''), 'utf8')
      || content, k.key, 'sha256'), 1, 16)
    from private.cursor_key k
  );
end
$$;

-- A place in a list as clients see it: opaque text. `place` is as walk takes it, with `back: true` for the page before it.
create function private.write_cursor(listing private.listing, place jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  content bytea := convert_to((place || '{"v": 2}')::text, 'utf8');
begin
  return translate(encode(private.sign_cursor(listing, content) || content, 'base64'), e'\n', '');
end
$$;

-- The place that write_cursor wrote. Errors: bad_cursor.
create function private.read_cursor(listing private.listing, cursor text)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  content bytea;
  place jsonb;
begin
  if length(cursor) between 30 and 20000 and cursor ~ '^[A-Za-z0-9+/]+=*$' and length(cursor) % 4 = 0 then
    content := decode(cursor, 'base64');
    if substr(content, 1, 16) = private.sign_cursor(listing, substr(content, 17)) then
      place := convert_from(substr(content, 17), 'utf8')::jsonb;
    end if;
  end if;
  if place ->> 'v' is distinct from '2' then
    perform private.fail('bad_cursor', 400, 'This page marker does not belong to this list. Start from the first page.');
  end if;
  return place;
end
$$;

-- How many rows match, counted up to 10,000: { total, total_is_capped }. All rows of a campaign or workspace are known from its counters.
create function private.count_rows(listing private.listing)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  total bigint;
begin
  if listing.conditions = 'true' and listing.words = '{}' then
    return jsonb_build_object('total', private.rows_in_scope(listing), 'total_is_capped', false);
  end if;
  listing.sample := coalesce(listing.sample, private.sample_of(listing));
  if not listing.filter ?| '{ids,company_id}' and jsonb_array_length(private.walk(listing, null, false, 1000) -> 'rows') >= 20 then
    execute format('select count(*) from (select from %s%s where %s and %s%s limit 10001) as matching', listing.from_sql, private.company_join(listing),
      listing.scope_sql, listing.conditions, private.words_sql(listing)) into total using listing.filter, listing.workspace_id, listing.campaign_id, listing.words;
  else
    total := (private.gather(listing, null, false, 0) ->> 'total')::bigint;
  end if;
  return jsonb_build_object('total', least(total, 10000), 'total_is_capped', total > 10000);
end
$$;

-- The cursor after (or before) a found row; for a page without rows the list's beginning (or its end).
create function private.cursor_at(listing private.listing, entry jsonb, backward boolean, block jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  return private.write_cursor(listing, jsonb_strip_nulls(jsonb_build_object(
    'back', case when backward then true end, 'block', block, 'w', case when listing.words <> '{}' then to_jsonb(listing.words::text[]) end, 's', case when listing.sort = 'relevance' then entry -> 2 end
  )) || case when entry is null then '{}' else jsonb_build_object('k', entry -> 1, 'i', entry -> 0) end);
end
$$;

-- The ids of a page in order and what goes with them: { ids, next_cursor, prev_cursor, total, total_is_capped }. Errors: bad_page_size, bad_cursor.
create function private.page_of(listing private.listing, cursor text, page_size int, with_total boolean)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  place jsonb;
  backward boolean;
  found jsonb;
  page jsonb;
  has_more boolean;
  counted jsonb := '{"total": null, "total_is_capped": false}';
begin
  if page_size is null or page_size not between 1 and 200 then
    perform private.fail('bad_page_size', 400, 'A page has 1 to 200 rows.');
  end if;
  if listing.workspace_id is null then
    return '{"ids": [], "next_cursor": null, "prev_cursor": null, "total": 0, "total_is_capped": false}';
  end if;
  place := case when cursor is not null then private.read_cursor(listing, cursor) end;
  if place ? 'w' then
    listing.words := array(select w from jsonb_array_elements_text(place -> 'w') as w)::tsquery[]; -- as they were read for the first page
    listing.sample := null;
  end if;
  backward := coalesce((place ->> 'back')::boolean, false);
  found := case when listing.sort = 'relevance' then private.find_relevant(listing, place, page_size + 1)
    else private.find_rows(listing, case when place ? 'i' then place end, backward, page_size + 1) end;
  page := found -> 'rows';
  has_more := jsonb_array_length(page) > page_size or coalesce((found ->> 'short')::boolean, false);
  page := private.first_rows(page, page_size);
  if backward then
    page := (select coalesce(jsonb_agg(entry order by n desc), '[]') from jsonb_array_elements(page) with ordinality as p (entry, n));
  end if;
  if place is null then
    if found ->> 'total' is not null then
      counted := jsonb_build_object('total', least((found ->> 'total')::int, 10000), 'total_is_capped', (found ->> 'total')::int > 10000);
    elsif with_total or (listing.conditions = 'true' and listing.words = '{}') then
      counted := private.count_rows(listing);
    end if;
  end if;
  return counted || jsonb_build_object(
    'ids', jsonb_path_query_array(page, '$[*][0]'),
    'next_cursor', case when has_more or backward then private.cursor_at(listing, page -> -1, false, found -> 'block') end,
    'prev_cursor', case when place is not null and listing.sort <> 'relevance' and (has_more or not backward)
      then private.cursor_at(listing, page -> 0, true, null) end
  );
end
$$;
