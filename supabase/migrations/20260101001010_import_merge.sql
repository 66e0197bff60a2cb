-- What a chunk's rows become: checked, de-duplicated and merged in a few statements.

-- The company fields of chunk rows, cleaned, with the reason why a row does not fit (null: it does).
create function private.clean_companies(rows jsonb)
returns table (
  place bigint, row_number int, reason text, dedupe_key text, name text, domain text, website text, description text, industry text, country text,
  address text, phone text, email text, linkedin_url text, employees text, tags text[], custom jsonb
)
language sql stable
set search_path = ''
as $$
  select r.place, r.row_number,
    case
      when r.website is not null and r.domain is null then format('“%s” is not a web address.', left(r.website, 100))
      when r.name is null and r.domain is null then 'No company name and no website.'
      when private.normalize_text(coalesce(r.domain, r.name)) is null then 'No company name and no website.'
      when pg_column_size(r.custom) > 500000 then 'The row is larger than 500 KB.'
    end,
    coalesce('d:' || r.domain, 'n:' || private.normalize_text(r.name)), coalesce(r.name, r.domain), r.domain, coalesce(r.website, r.domain), r.description, r.industry, r.country,
    r.address, r.phone, r.email, r.linkedin_url, r.employees, r.tags, r.custom
  from (
    select e.place, coalesce((e.value ->> 'row')::int, e.place::int) as row_number,
      private.clean_text(e.value ->> 'name', 300) as name,
      private.clean_text(e.value ->> 'website', 2000) as website,
      private.normalize_domain(private.clean_text(coalesce(e.value ->> 'domain', e.value ->> 'website'), 2000)) as domain,
      private.clean_lines(e.value ->> 'description', 5000) as description,
      private.clean_text(e.value ->> 'industry', 500) as industry,
      private.clean_text(e.value ->> 'country', 200) as country,
      private.clean_lines(e.value ->> 'address', 1000) as address,
      private.clean_text(e.value ->> 'phone', 100) as phone,
      private.clean_text(e.value ->> 'email', 320) as email,
      private.clean_text(e.value ->> 'linkedin_url', 2000) as linkedin_url,
      private.clean_text(e.value ->> 'employees', 100) as employees,
      private.text_array(e.value -> 'tags') as tags,
      case jsonb_typeof(e.value -> 'custom') when 'object' then e.value -> 'custom' else '{}' end as custom
    from jsonb_array_elements(rows) with ordinality as e (value, place)
    offset 0 -- keeps each expression from being computed again wherever it is used
  ) as r
$$;

-- Writes cleaned companies (rows of clean_companies as JSON): new ones are created, known ones get what they lack; what is there already is never overwritten. Several rows of one
-- company count as one. Gives (created, updated). The campaign must be locked.
create function private.merge_companies(campaign public.campaigns, import_id uuid, cleaned jsonb)
returns table (created int, updated int)
language sql
set search_path = ''
as $$
  with merged as (
    select r.dedupe_key, min(r.place) as place,
      (array_agg(r.name order by r.place))[1] as name, min(r.domain) as domain,
      (array_agg(r.website order by r.place) filter (where r.website is not null))[1] as website,
      (array_agg(r.description order by r.place) filter (where r.description is not null))[1] as description,
      (array_agg(r.industry order by r.place) filter (where r.industry is not null))[1] as industry,
      (array_agg(r.country order by r.place) filter (where r.country is not null))[1] as country,
      (array_agg(r.address order by r.place) filter (where r.address is not null))[1] as address,
      (array_agg(r.phone order by r.place) filter (where r.phone is not null))[1] as phone,
      (array_agg(r.email order by r.place) filter (where r.email is not null))[1] as email,
      (array_agg(r.linkedin_url order by r.place) filter (where r.linkedin_url is not null))[1] as linkedin_url,
      (array_agg(r.employees order by r.place) filter (where r.employees is not null))[1] as employees,
      private.text_array((array_agg(to_jsonb(r.tags) order by r.place) filter (where r.tags <> '{}'))[1]) as tags,
      coalesce((array_agg(r.custom order by r.place) filter (where r.custom <> '{}'))[1], '{}') as custom
    from jsonb_to_recordset(cleaned) as r (
      place bigint, reason text, dedupe_key text, name text, domain text, website text, description text, industry text, country text, address text,
      phone text, email text, linkedin_url text, employees text, tags text[], custom jsonb
    )
    where r.reason is null
    group by r.dedupe_key
  ),
  written as (
    insert into public.companies as c (
      workspace_id, campaign_id, import_id, dedupe_key, name, domain, website, description, industry, country, address, phone, email, linkedin_url,
      employees, tags, custom, created_at
    )
    select campaign.workspace_id, campaign.id, merge_companies.import_id, m.dedupe_key, m.name, m.domain, m.website, m.description, m.industry, m.country,
      m.address, m.phone, m.email, m.linkedin_url, m.employees, m.tags, m.custom,
      now() + m.place * interval '1 microsecond' -- keeps the file's order
    from merged m
    order by m.dedupe_key
    on conflict (campaign_id, dedupe_key) do update set
      website = coalesce(c.website, excluded.website), description = coalesce(c.description, excluded.description),
      industry = coalesce(c.industry, excluded.industry), country = coalesce(c.country, excluded.country),
      address = coalesce(c.address, excluded.address), phone = coalesce(c.phone, excluded.phone), email = coalesce(c.email, excluded.email),
      linkedin_url = coalesce(c.linkedin_url, excluded.linkedin_url), employees = coalesce(c.employees, excluded.employees),
      tags = array(select distinct unnest(c.tags || excluded.tags)), custom = excluded.custom || c.custom
    where (c.description is null and excluded.description is not null) or (c.industry is null and excluded.industry is not null)
      or (c.country is null and excluded.country is not null) or (c.address is null and excluded.address is not null)
      or (c.phone is null and excluded.phone is not null) or (c.email is null and excluded.email is not null)
      or (c.linkedin_url is null and excluded.linkedin_url is not null) or (c.employees is null and excluded.employees is not null)
      or not c.tags @> excluded.tags or not c.custom ?& array(select jsonb_object_keys(excluded.custom))
    returning (xmax = 0) as is_new
  )
  select count(*) filter (where is_new)::int, count(*) filter (where not is_new)::int from written
$$;

-- The domain of an e-mail address unless it is a free mail provider's.
create function private.work_domain(email text)
returns text
language sql immutable strict parallel safe
set search_path = ''
as $$
  select domain from (select private.normalize_domain(email) as domain) as d
  where position('@' in email) > 0 and domain <> all (array[
    'gmail.com', 'googlemail.com', 'outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'yahoo.com', 'ymail.com', 'icloud.com', 'me.com', 'aol.com',
    'gmx.com', 'gmx.de', 'gmx.net', 'web.de', 'mail.com', 'mail.ru', 'yandex.com', 'yandex.ru', 'proton.me', 'protonmail.com', 'qq.com', '163.com'
  ])
$$;

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
  join lateral private.clean_companies(jsonb_build_array(p.company)) c on true
$$;

-- Writes cleaned contacts (rows of clean_contacts as JSON) and the companies they need. Gives (created, updated). The campaign must be locked.
create function private.merge_contacts(campaign public.campaigns, import_id uuid, cleaned jsonb)
returns table (created int, updated int)
language plpgsql
set search_path = ''
as $$
begin
  perform private.merge_companies(campaign, import_id, (
    select jsonb_agg(to_jsonb(c) || jsonb_build_object('place', x.value -> 'place'))
    from jsonb_array_elements(cleaned) as x (value)
    cross join lateral private.clean_companies(jsonb_build_array(x.value -> 'company')) as c
    where x.value ->> 'reason' is null
  ));
  return query
  with contacts as (
    select distinct on (o.id, k.key) o.id as company_id, k.key, r.*
    from jsonb_to_recordset(cleaned) as r (
      place bigint, reason text, company_key text, name text, first_name text, last_name text, title text, email text, phone text, linkedin_url text, country text,
      tags text[], custom jsonb
    )
    join public.companies o on o.campaign_id = campaign.id and o.dedupe_key = r.company_key
    cross join lateral (
      select private.known_contact_key(o.id, private.contact_key(r.email, r.linkedin_url, r.name), r.name, r.email) as key
    ) as k
    where r.reason is null
    order by o.id, k.key, r.place
  ),
  written as (
    insert into public.contacts as c (
      workspace_id, campaign_id, company_id, import_id, dedupe_key, source, name, first_name, last_name, title, email, phone, linkedin_url, country, tags,
      custom, created_at
    )
    select campaign.workspace_id, campaign.id, x.company_id, merge_contacts.import_id, x.key, 'import', x.name, x.first_name, x.last_name, x.title, x.email,
      x.phone, x.linkedin_url, x.country, x.tags, x.custom, now() + x.place * interval '1 microsecond'
    from contacts x
    order by x.company_id, x.key
    on conflict (company_id, dedupe_key) do update set
      first_name = coalesce(c.first_name, excluded.first_name), last_name = coalesce(c.last_name, excluded.last_name),
      title = coalesce(c.title, excluded.title), email = coalesce(c.email, excluded.email), phone = coalesce(c.phone, excluded.phone),
      linkedin_url = coalesce(c.linkedin_url, excluded.linkedin_url), country = coalesce(c.country, excluded.country),
      tags = array(select distinct unnest(c.tags || excluded.tags)), custom = excluded.custom || c.custom
    where (c.title is null and excluded.title is not null) or (c.email is null and excluded.email is not null)
      or (c.phone is null and excluded.phone is not null) or (c.linkedin_url is null and excluded.linkedin_url is not null)
      or (c.country is null and excluded.country is not null) or (c.first_name is null and excluded.first_name is not null)
      or (c.last_name is null and excluded.last_name is not null)
      or not c.tags @> excluded.tags or not c.custom ?& array(select jsonb_object_keys(excluded.custom))
    returning (xmax = 0) as is_new
  )
  select count(*) filter (where is_new)::int, count(*) filter (where not is_new)::int from written;
end
$$;
