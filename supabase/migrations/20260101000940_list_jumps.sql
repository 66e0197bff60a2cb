-- Jumping into the middle of a list.

-- The position of the row `skipped` rows after the first, or of the last row; null in an empty list.
create function private.place_of(listing private.listing, skipped bigint)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  place jsonb;
  passed bigint := 0;
  of_nulls boolean;
begin
  foreach of_nulls in array case when listing.has_nulls then '{false,true}'::boolean[] else '{false}' end loop
    execute format(
      'select jsonb_build_object(''k'', key, ''i'', id) from (
        select %1$s as key, c.id from %2$s where %3$s%4$s and %5$s order by %6$s c.id %7$s offset $6 limit 1
      ) as here',
      case when of_nulls then 'null' else listing.key_sql end, listing.from_sql || private.company_join(listing), listing.scope_sql,
      case when listing.has_nulls then format(' and %s is %s null', listing.key_sql, case when not of_nulls then 'not' end) end, listing.conditions || private.words_sql(listing),
      case when not of_nulls then format('%s %s,', listing.key_sql, listing.direction) end, listing.direction
    ) into place using listing.filter, listing.workspace_id, listing.campaign_id, listing.words, null, skipped - passed;
    exit when place is not null or of_nulls;
    execute format('select count(*) from %s where %s%s and %s', listing.from_sql || private.company_join(listing), listing.scope_sql,
      case when listing.has_nulls then format(' and %s is not null', listing.key_sql) end, listing.conditions || private.words_sql(listing)
    ) into passed using listing.filter, listing.workspace_id, listing.campaign_id, listing.words;
  end loop;
  if place is null then
    place := private.find_rows(listing, null, true, 1) #> '{rows,0}';
    place := case when place is not null then jsonb_build_object('k', place -> 1, 'i', place -> 0) end;
  end if;
  return place;
end
$$;

-- The place in a list after which row `row` (from 0) is the first: { cursor }, null for the beginning, or past the end where the list has fewer rows. For
-- dragging a scrollbar: one pass over the index, by far dearer than a page, never for going from page to page. Not by relevance. Runs as its owner for the
-- same reason as find_page. Errors: bad_list, bad_scope, bad_sort, bad_filter, bad_row.
create function public.list_place(
  list text, "row" bigint, campaign_id uuid default null, filter jsonb default '{}', sort text default 'created_at', direction text default 'desc',
  workspace_id uuid default null
)
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
  place jsonb;
begin
  if "row" is null or "row" not between 0 and 100000000 then
    perform private.fail('bad_row', 400, 'The row must be a number from 0 to 100,000,000.');
  end if;
  listing := private.open_list(list, campaign_id, workspace_id, filter, sort, direction);
  if listing.sort = 'relevance' then
    perform private.fail('bad_sort', 400, 'A list by relevance has no places to jump to.');
  end if;
  if listing.workspace_id is not null and "row" > 0 then
    place := private.place_of(listing, "row" - 1);
  end if;
  return jsonb_build_object('cursor', case when place is not null then private.write_cursor(listing, place) end);
end
$$;
grant execute on function public.list_place to authenticated;
