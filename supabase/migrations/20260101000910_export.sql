-- What the export function reads, as the caller.

-- The names of the custom columns of the rows that an export would hold, in alphabetical order, at most 500.
create function private.custom_columns(list text, campaign_id uuid, filter jsonb, most_found int)
returns text[]
language plpgsql stable
set search_path = ''
as $$
declare
  shape private.list_shape := case list
    when 'companies' then private.company_shape(filter, 'created_at', false) else private.contact_shape(filter, 'created_at', false) end;
  hits uuid[] := case when private.prefix_query(filter ->> 'q') is not null then case list
    when 'companies' then private.search_companies(campaign_id, filter ->> 'q', most_found)
    else private.search_contacts(campaign_id, filter ->> 'q', most_found) end end;
  names text[];
begin
  execute format('select array(select distinct jsonb_object_keys(c.custom) from %s where %s order by 1 limit 500)', shape.from_sql, shape.conditions)
    into names using filter, campaign_id, hits;
  return names;
end
$$;
grant execute on function private.custom_columns to authenticated;
