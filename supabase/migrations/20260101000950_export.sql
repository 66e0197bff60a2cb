-- What the export function reads, as the caller.

-- The names of the custom columns of the rows that an export would hold, in alphabetical order, at most 500. Runs as its owner as find_page does; open_list
-- checks the caller's membership. Errors as lists.
create function private.custom_columns(list text, campaign_id uuid, filter jsonb)
returns text[]
language plpgsql stable security definer
set search_path = ''
as $$
declare
  listing private.listing := private.open_list(list, campaign_id, null, filter, 'created_at', 'desc');
  names text[];
begin
  execute format('select array(select distinct jsonb_object_keys(c.custom) from %s%s where %s and %s%s order by 1 limit 500)', listing.from_sql,
    private.company_join(listing), listing.scope_sql, listing.conditions, private.words_sql(listing))
    into names using listing.filter, listing.workspace_id, listing.campaign_id, listing.words;
  return names;
end
$$;
grant execute on function private.custom_columns to authenticated;
