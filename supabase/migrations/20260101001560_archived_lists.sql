-- Reading an archived campaign.

-- One page of the archived companies or contacts of a campaign, the newest first: { rows, next_cursor, total }, rows as in list_companies and list_contacts.
-- Runs as its owner because cursors are signed; it checks membership. Errors: not_found, bad_list, bad_cursor, bad_page_size.
create function public.list_archived(campaign_id uuid, list text, cursor text default null, page_size int default 50)
returns jsonb
language plpgsql stable security definer
set search_path = ''
as $$
declare
  campaign public.campaigns := private.open_campaign(list_archived.campaign_id, 'viewer');
  listing private.listing;
  place jsonb;
  rows jsonb;
  last_row jsonb;
begin
  if list is null or list not in ('companies', 'contacts') then
    perform private.fail('bad_list', 400, 'The list is companies or contacts.');
  elsif page_size is null or page_size not between 1 and 200 then
    perform private.fail('bad_page_size', 400, 'A page has 1 to 200 rows.');
  end if;
  listing.list := 'archived_' || list;
  listing.workspace_id := campaign.workspace_id;
  listing.campaign_id := campaign.id;
  place := case when cursor is not null then private.read_cursor(listing, cursor) end;
  execute format(
    'select coalesce(jsonb_agg(r.shown order by r.place) filter (where r.place <= $4), ''[]''),
      (jsonb_agg(jsonb_build_object(''k'', r.created_at, ''i'', r.id)) filter (where r.place = $4 and r.has_more)) -> 0
    from (
      select c.id, c.created_at, to_jsonb(c) - ''{search,dedupe_key,research}''::text[] || jsonb_build_object(''custom'', private.brief_custom(c.custom))%1$s as shown,
        row_number() over w as place, count(*) over () > $4 as has_more
      from (
        select * from public.%2$I t
        where t.workspace_id = $1 and t.campaign_id = $2
          and ($3::jsonb is null or (t.created_at, t.id) < (($3 ->> ''k'')::timestamptz, ($3 ->> ''i'')::uuid))
        order by t.created_at desc, t.id desc limit $4 + 1
      ) as c window w as (order by c.created_at desc, c.id desc)
    ) as r',
    case list when 'contacts' then ' || jsonb_build_object(''company'', (
      select jsonb_build_object(''id'', o.id, ''name'', o.name, ''domain'', o.domain) from public.archived_companies o where o.id = c.company_id
    ))' end, listing.list
  ) into rows, last_row using campaign.workspace_id, campaign.id, place, page_size;
  return jsonb_build_object('rows', rows, 'next_cursor', case when last_row is not null then private.write_cursor(listing, last_row) end,
    'total', case when campaign.state = 'active' then 0 when list = 'companies' then campaign.company_count else campaign.contact_count end);
end
$$;
grant execute on function public.list_archived to authenticated;
