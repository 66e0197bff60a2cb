-- What research found becomes rows. What people typed or imported is never overwritten: research fills what is empty and keeps every value with its source.

-- One researched field as it is kept: { value, source, at }; a list also names the source of each item.
create function private.kept_value(found jsonb)
returns jsonb
language sql stable
set search_path = ''
as $$
  select case
    when found is null or found in ('[]', '{}') then null
    when jsonb_typeof(found) = 'array' then jsonb_build_object(
      'value', (select jsonb_agg(item -> 'value') from jsonb_array_elements(found) as item), 'source', found #> '{0,source}', 'items', found, 'at', now())
    else found || jsonb_build_object('at', now())
  end
$$;

-- The links of a company's profiles, kept like the other fields.
create function private.kept_social(found jsonb)
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('value', jsonb_object_agg(key, value -> 'value'), 'source', min(value ->> 'source'),
    'items', jsonb_agg(value || jsonb_build_object('network', key)), 'at', now())
  from jsonb_each(found)
  having count(*) > 0
$$;

-- Fields of a result that have no place of their own, as the custom columns they become: texts.
create function private.custom_texts(found jsonb)
returns jsonb
language sql immutable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(key, left(value #>> '{}', 10000)), '{}') from jsonb_each(found) where value <> 'null'
$$;

-- Stores the results of finished `financials` jobs: { field: { value, source } }.
create function private.store_financials(settled private.settled_job[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.companies c
  set financials = c.financials || (select coalesce(jsonb_object_agg(key, private.kept_value(value)), '{}') from jsonb_each(r.result -> 'fields'))
  from unnest(settled) as r
  where c.id = r.company_id and r.kind = 'done' and r.stage = 'financials' and r.result -> 'fields' <> '{}';
end
$$;

-- Stores the results of finished `company` jobs.
create function private.store_company_results(settled private.settled_job[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  if not exists (select from unnest(settled) as r where r.kind = 'done' and r.stage = 'company' and r.result <> '{}') then
    return;
  end if;
  update public.companies c
  set name = case when c.name = c.domain then coalesce(left(r.result #>> '{name,value}', 300), c.name) else c.name end,
    description = coalesce(c.description, left(r.result #>> '{description,value}', 5000)),
    industry = coalesce(c.industry, left((select string_agg(i ->> 'value', ', ') from jsonb_array_elements(r.result -> 'industry') as i), 500)),
    address = coalesce(c.address, left(r.result #>> '{address,value}', 1000)),
    phone = coalesce(c.phone, left(r.result #>> '{phones,0,value}', 100)),
    email = coalesce(c.email, left(r.result #>> '{emails,0,value}', 320)),
    linkedin_url = coalesce(c.linkedin_url, left(r.result #>> '{social,linkedin,value}', 2000)),
    custom = case when r.result ? 'custom' then private.merge_custom(c.custom, private.custom_texts(r.result -> 'custom')) else c.custom end,
    research = private.kept_finds(c.research, jsonb_build_object('name', nullif(c.name, c.domain), 'description', c.description, 'industry', c.industry,
      'address', c.address, 'phones', c.phone, 'emails', c.email, 'social', c.linkedin_url), jsonb_strip_nulls(jsonb_build_object(
      'name', private.kept_value(r.result -> 'name'), 'description', private.kept_value(r.result -> 'description'),
      'industry', private.kept_value(r.result -> 'industry'), 'address', private.kept_value(r.result -> 'address'),
      'phones', private.kept_value(r.result -> 'phones'), 'emails', private.kept_value(r.result -> 'emails'),
      'social', private.kept_social(r.result -> 'social'))))
  from unnest(settled) as r
  where c.id = r.company_id and r.kind = 'done' and r.stage = 'company';

  insert into public.portfolio_companies (workspace_id, campaign_id, company_id, name, domain, dedupe_key, source)
  select distinct on (r.company_id, key) r.workspace_id, r.campaign_id, r.company_id, left(p.name, 300), private.normalize_domain(p.domain), key, p.source
  from unnest(settled) as r
  cross join lateral jsonb_to_recordset(r.result -> 'portfolio') as p (name text, domain text, source text)
  cross join lateral (select coalesce('d:' || private.normalize_domain(p.domain), 'n:' || private.normalize_text(p.name)) as key) as k
  where r.kind = 'done' and r.stage = 'company' and key is not null
  order by r.company_id, key
  on conflict (company_id, dedupe_key) do nothing;
end
$$;

-- Stores the people that finished `contacts` jobs found. Someone known already gets what they lack.
create function private.store_contact_results(settled private.settled_job[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.merge_people((
    select coalesce(jsonb_agg(to_jsonb(f)), '[]') from (
      select row_number() over (order by r.company_id, p.place) as place, r.workspace_id, r.campaign_id, r.company_id, 'research' as source,
        left(v.name, 300) as name, left(v.first_name, 200) as first_name, left(v.last_name, 200) as last_name, left(v.title, 500) as title,
        left(v.email, 320) as email, left(v.phone, 100) as phone, left(v.linkedin_url, 2000) as linkedin_url,
        case when v.custom is not null then private.custom_texts(v.custom) end as custom,
        (
          select jsonb_object_agg(f.field, jsonb_build_object('value', f.value, 'source', v.source, 'at', now()))
          from (values ('name', v.name), ('title', v.title), ('email', v.email), ('phone', v.phone), ('linkedin_url', v.linkedin_url)) as f (field, value)
          where f.value is not null
        ) as research
      from unnest(settled) as r
      cross join lateral jsonb_array_elements(r.result -> 'contacts') with ordinality as p (value, place)
      cross join lateral jsonb_to_record(p.value) as v (
        name text, first_name text, last_name text, title text, email text, phone text, linkedin_url text, source text, custom jsonb
      )
      where r.kind = 'done' and r.stage = 'contacts'
    ) as f
  )) where exists (select from unnest(settled) as r where r.kind = 'done' and r.stage = 'contacts' and r.result <> '{}');
end
$$;
