-- What the rows of a file of contacts become.

-- The contact fields of chunk rows, cleaned; the company (a row of clean_companies) is the row's own, else the domain of a work e-mail address.
create function private.clean_contacts(rows jsonb)
returns table (
  place bigint, row_number int, reason text, company jsonb, name text, first_name text, last_name text, title text, email text,
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
      private.clean_tags(e.value -> 'tags') as tags,
      case jsonb_typeof(e.value -> 'custom') when 'object' then e.value -> 'custom' else '{}' end as custom,
      private.clean_text(e.value #>> '{company,name}', 300) as company_name, private.clean_text(e.value #>> '{company,website}', 2000) as company_website
    from jsonb_array_elements(rows) with ordinality as e (value, place)
  ),
  placed as materialized (
    select f.*,
      coalesce(f.name, nullif(concat_ws(' ', f.first_name, f.last_name), ''), split_part(f.email, '@', 1)) as full_name,
      -- As text, the name without a website is not the website without a name.
      jsonb_build_object('name', f.company_name, 'website', case when f.company_name is null and f.company_website is null then private.work_domain(f.email)
        else f.company_website end)::text as company
    from fields f
  ),
  companies as materialized ( -- each once, however many of its people the chunk has
    select row_number() over (order by min(p.place)) as place, p.company from placed p group by p.company
  ),
  cleaned_companies as materialized (
    select o.company, c.reason, to_jsonb(c) as cleaned
    from private.clean_companies((select jsonb_agg(x.company::jsonb order by x.place) from companies x)) c
    join companies o on o.place = c.place
  )
  select p.place, p.row_number,
    case
      when p.full_name is null and p.linkedin_url is null then 'No name, e-mail address or LinkedIn profile.'
      when p.email is not null and p.email !~ '^[^@[:space:]]+@[^@[:space:]]+\.[^@[:space:]]+$' then concat_ws(' ', format('“%s” is not an e-mail address.', left(p.email, 100)),
        case when o.cleaned ->> 'website' is null and o.cleaned ->> 'name' is null then 'No company for this contact.' end)
      when o.cleaned ->> 'website' is null and o.cleaned ->> 'name' is null then 'No company for this contact.'
      when o.reason is not null then 'The company does not fit: ' || o.reason
      when pg_column_size(p.custom) > 500000 then 'The row is larger than 500 KB.'
    end,
    o.cleaned, left(coalesce(p.full_name, p.linkedin_url), 300), p.first_name, p.last_name, p.title, p.email, p.phone, p.linkedin_url, p.country,
    p.tags, p.custom
  from placed p
  join cleaned_companies o on o.company = p.company
$$;

-- Writes cleaned contacts (rows of clean_contacts as JSON) and the companies they need. Gives (created, updated). The campaign must be locked.
create function private.merge_contacts(campaign public.campaigns, import_id uuid, cleaned jsonb)
returns table (created int, updated int)
language plpgsql
set search_path = ''
as $$
declare
  companies jsonb;
begin
  select jsonb_agg(o.company) into companies
  from (select distinct x.value -> 'company' as company from jsonb_array_elements(cleaned) as x (value) where x.value ->> 'reason' is null) as o;
  perform private.merge_companies(campaign, import_id, companies);
  return query
  with places as materialized ( -- of each company in the chunk its row in the campaign
    select (k.company ->> 'place')::bigint as place, o.id
    from jsonb_array_elements(companies) as k (company)
    join public.companies o on o.campaign_id = campaign.id
      and o.dedupe_key = private.known_company_key(campaign.id, k.company ->> 'dedupe_key', k.company ->> 'name')
  )
  select m.created, m.updated from private.merge_people((
    select coalesce(jsonb_agg((x.value - 'company') || jsonb_build_object(
      'workspace_id', campaign.workspace_id, 'campaign_id', campaign.id, 'company_id', o.id, 'import_id', merge_contacts.import_id, 'source', 'import'
    )), '[]')
    from jsonb_array_elements(cleaned) as x (value)
    join places o on o.place = (x.value #>> '{company,place}')::bigint
    where x.value ->> 'reason' is null
  )) m;
end
$$;
