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

-- Stores the results of finished `company` jobs: accepted: [{ company_id, kind, stage, result }].
create function private.store_company_results(accepted jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from public.companies c
  where c.id in (select (a ->> 'company_id')::uuid from jsonb_array_elements(accepted) as a) order by c.id for no key update;
  update public.companies c
  set name = case when c.name = c.domain then coalesce(left(r.result #>> '{name,value}', 300), c.name) else c.name end,
    description = coalesce(c.description, left(r.result #>> '{description,value}', 5000)),
    industry = coalesce(c.industry, left((select string_agg(i ->> 'value', ', ') from jsonb_array_elements(r.result -> 'industry') as i), 500)),
    address = coalesce(c.address, left(r.result #>> '{address,value}', 1000)),
    phone = coalesce(c.phone, left(r.result #>> '{phones,0,value}', 100)),
    email = coalesce(c.email, left(r.result #>> '{emails,0,value}', 320)),
    linkedin_url = coalesce(c.linkedin_url, left(r.result #>> '{social,linkedin,value}', 2000)),
    research = c.research || jsonb_strip_nulls(jsonb_build_object(
      'name', private.kept_value(r.result -> 'name'), 'description', private.kept_value(r.result -> 'description'),
      'industry', private.kept_value(r.result -> 'industry'), 'address', private.kept_value(r.result -> 'address'),
      'phones', private.kept_value(r.result -> 'phones'), 'emails', private.kept_value(r.result -> 'emails'),
      'social', private.kept_social(r.result -> 'social')))
  from jsonb_to_recordset(accepted) as r (company_id uuid, kind text, stage text, result jsonb)
  where c.id = r.company_id and r.kind = 'done' and r.stage = 'company';

  insert into public.portfolio_companies (workspace_id, campaign_id, company_id, name, domain, dedupe_key, source)
  select distinct on (r.company_id, key) r.workspace_id, r.campaign_id, r.company_id, left(p.name, 300), private.normalize_domain(p.domain), key, p.source
  from jsonb_to_recordset(accepted) as r (workspace_id uuid, campaign_id uuid, company_id uuid, kind text, stage text, result jsonb)
  cross join lateral jsonb_to_recordset(r.result -> 'portfolio') as p (name text, domain text, source text)
  cross join lateral (select coalesce('d:' || private.normalize_domain(p.domain), 'n:' || private.normalize_text(p.name)) as key) as k
  where r.kind = 'done' and r.stage = 'company' and key is not null
  order by r.company_id, key
  on conflict (company_id, dedupe_key) do nothing;
end
$$;

-- Stores the people that finished `contacts` jobs found. Someone known already (same person by name, with no other e-mail address) gets what they lack.
create function private.store_contact_results(accepted jsonb)
returns void
language sql
set search_path = ''
as $$
  insert into public.contacts as c (
    workspace_id, campaign_id, company_id, dedupe_key, source, name, first_name, last_name, title, email, phone, linkedin_url, research
  )
  select distinct on (r.company_id, key) r.workspace_id, r.campaign_id, r.company_id, key, 'research'::public.contact_source, left(p.name, 300),
    left(p.first_name, 200), left(p.last_name, 200), left(p.title, 500), left(p.email, 320), left(p.phone, 100), left(p.linkedin_url, 2000),
    (
      select jsonb_object_agg(f.field, jsonb_build_object('value', f.value, 'source', p.source, 'at', now()))
      from (values ('name', p.name), ('title', p.title), ('email', p.email), ('phone', p.phone), ('linkedin_url', p.linkedin_url)) as f (field, value)
      where f.value is not null
    )
  from jsonb_to_recordset(accepted) as r (workspace_id uuid, campaign_id uuid, company_id uuid, kind text, stage text, result jsonb)
  cross join lateral jsonb_to_recordset(r.result -> 'contacts') as p (
    name text, first_name text, last_name text, title text, email text, phone text, linkedin_url text, source text
  )
  cross join lateral (select private.known_contact_key(r.company_id, private.contact_key(p.email, p.linkedin_url, p.name), p.name, p.email) as key) as k
  where r.kind = 'done' and r.stage = 'contacts' and key is not null
  order by r.company_id, key
  on conflict (company_id, dedupe_key) do update set
    first_name = coalesce(c.first_name, excluded.first_name), last_name = coalesce(c.last_name, excluded.last_name),
    title = coalesce(c.title, excluded.title), email = coalesce(c.email, excluded.email), phone = coalesce(c.phone, excluded.phone),
    linkedin_url = coalesce(c.linkedin_url, excluded.linkedin_url), research = c.research || excluded.research
$$;
