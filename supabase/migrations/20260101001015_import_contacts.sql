-- What the rows of a file of contacts become.

-- The contact fields of chunk rows, cleaned; the company is the row's own, else the domain of a work e-mail address.
create function private.clean_contacts(rows jsonb)
returns table (
  place bigint, row_number int, reason text, company jsonb, company_key text, name text, first_name text, last_name text, title text, email text,
  phone text, linkedin_url text, country text, tags text[], custom jsonb
)
language sql stable
set search_path = ''
as $$
  with fields as materialized ( -- materialised, so that no expression is computed again wherever it is used
    select e.place, coalesce((e.value ->> 'row')::int, e.place::int) as row_number,
      private.clean_text(e.value ->> 'first_name', 200) as first_name, private.clean_text(e.value ->> 'last_name', 200) as last_name,
      private.clean_text(e.value ->> 'name', 300) as name, private.clean_text(e.value ->> 'title', 500) as title,
      private.clean_text(e.value ->> 'email', 320) as email, private.clean_text(e.value ->> 'phone', 100) as phone,
      private.clean_text(e.value ->> 'linkedin_url', 2000) as linkedin_url, private.clean_text(e.value ->> 'country', 200) as country,
      private.text_array(e.value -> 'tags') as tags,
      case jsonb_typeof(e.value -> 'custom') when 'object' then e.value -> 'custom' else '{}' end as custom,
      private.clean_text(e.value #>> '{company,name}', 300) as company_name, private.clean_text(e.value #>> '{company,website}', 2000) as company_website
    from jsonb_array_elements(rows) with ordinality as e (value, place)
  ),
  placed as materialized (
    select f.*,
      coalesce(f.name, nullif(concat_ws(' ', f.first_name, f.last_name), ''), split_part(f.email, '@', 1)) as full_name,
      case when coalesce(f.company_name, f.company_website) is not null
        then jsonb_build_object('row', f.row_number, 'name', f.company_name, 'website', f.company_website)
        else jsonb_build_object('row', f.row_number, 'website', private.work_domain(f.email)) end as company
    from fields f
  )
  select p.place, p.row_number,
    case
      when p.full_name is null and p.linkedin_url is null then 'No name, e-mail address or LinkedIn profile.'
      when p.email is not null and p.email !~ '^[^@[:space:]]+@[^@[:space:]]+\.[^@[:space:]]+$' then format('“%s” is not an e-mail address.', left(p.email, 100))
      when p.company ->> 'website' is null and p.company ->> 'name' is null then 'No company for this contact.'
      when c.reason is not null then 'The company does not fit: ' || c.reason
      when pg_column_size(p.custom) > 500000 then 'The row is larger than 500 KB.'
    end,
    p.company, c.dedupe_key, left(coalesce(p.full_name, p.linkedin_url), 300), p.first_name, p.last_name, p.title, p.email, p.phone, p.linkedin_url, p.country,
    p.tags, p.custom
  from placed p
  join private.clean_companies((select jsonb_agg(x.company order by x.place) from placed x)) c on c.place = p.place
$$;

-- Writes cleaned contacts (rows of clean_contacts as JSON) and the companies they need. Gives (created, updated). The campaign must be locked.
create function private.merge_contacts(campaign public.campaigns, import_id uuid, cleaned jsonb)
returns table (created int, updated int)
language plpgsql
set search_path = ''
as $$
begin
  perform private.merge_companies(campaign, import_id, (
    select jsonb_agg(to_jsonb(c))
    from private.clean_companies((select jsonb_agg(x.value -> 'company') from jsonb_array_elements(cleaned) as x (value) where x.value ->> 'reason' is null)) as c
  ));
  return query
  with people as materialized (
    select x.value, private.known_company_key(campaign.id, x.value ->> 'company_key', x.value #>> '{company,name}') as company_key
    from jsonb_array_elements(cleaned) as x (value)
    where x.value ->> 'reason' is null
  )
  select m.created, m.updated from private.merge_people((
    select coalesce(jsonb_agg(p.value || jsonb_build_object(
      'workspace_id', campaign.workspace_id, 'campaign_id', campaign.id, 'company_id', o.id, 'import_id', merge_contacts.import_id, 'source', 'import'
    )), '[]')
    from people p
    join public.companies o on o.campaign_id = campaign.id and o.dedupe_key = p.company_key
  )) m;
end
$$;
