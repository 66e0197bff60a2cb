-- What the rows of a file of companies become: checked, de-duplicated and merged in a few statements.

-- The domain of an e-mail address unless it is a free mail provider's.
create function private.work_domain(email text)
returns text
language plpgsql immutable strict parallel safe
set search_path = ''
as $$
declare
  domain text;
begin
  if strpos(email, '@') = 0 then
    return null;
  end if;
  domain := private.normalize_domain(email);
  if domain <> all (array[
    'gmail.com', 'googlemail.com', 'outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'yahoo.com', 'ymail.com', 'icloud.com', 'me.com', 'aol.com',
    'gmx.com', 'gmx.de', 'gmx.net', 'web.de', 'mail.com', 'mail.ru', 'yandex.com', 'yandex.ru', 'proton.me', 'protonmail.com', 'qq.com', '163.com'
  ]) then
    return domain;
  end if;
  return null;
end
$$;

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
      when r.website ~ '^(mailto:)?[^/@]+@[^/@]+$' and private.work_domain(r.website) is null then format('“%s” is a personal e-mail address, not a web address.', left(r.website, 100))
      when r.website is not null and r.domain is null then format('“%s” is not a web address.', left(r.website, 100))
      when r.name is null and r.domain is null then 'No company name and no website.'
      when r.domain is null and private.normalize_text(r.name) is null then 'No company name and no website.'
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
      private.clean_tags(e.value -> 'tags') as tags,
      case jsonb_typeof(e.value -> 'custom') when 'object' then e.value -> 'custom' else '{}' end as custom
    from jsonb_array_elements(rows) with ordinality as e (value, place)
    offset 0 -- keeps each expression from being computed again wherever it is used
  ) as r
$$;

-- The key a company is known by in the campaign. One that has only a name is the company of that name there, if there is just one.
create function private.known_company_key(campaign_id uuid, key text, name text)
returns text
language sql stable
set search_path = ''
as $$
  select case when key not like 'n:%' then key else coalesce(
    (select c.dedupe_key from public.companies c where c.campaign_id = known_company_key.campaign_id and c.dedupe_key = key),
    (select min(c.dedupe_key) from public.companies c where c.campaign_id = known_company_key.campaign_id and lower(c.name) = lower(known_company_key.name)
      having count(*) = 1),
    key
  ) end
$$;

-- A company that is known by its name and renamed is known by the new one, unless another one is, or somebody adds companies right now: then by its id alone.
-- It never waits: whoever adds companies holds their campaign.
create function private.keep_company_key_true()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  key text := coalesce('d:' || new.domain, 'n:' || private.normalize_text(new.name));
begin
  if (new.dedupe_key = any (array['d:' || new.domain, 'n:' || private.normalize_text(new.name)])) is not true then
    perform from public.campaigns c where c.id = new.campaign_id for no key update skip locked;
    if not found or key is null or exists (select from public.companies c where c.campaign_id = new.campaign_id and c.dedupe_key = key) then
      key := 'id:' || new.id;
    end if;
    new.dedupe_key := key;
  end if;
  return new;
end
$$;
create trigger keep_key_true before update of name, domain on public.companies
  for each row when ((old.name, old.domain) is distinct from (new.name, new.domain)) execute function private.keep_company_key_true();

-- Writes the cleaned companies (rows of clean_companies as JSON) that have a domain, or those that have none. As merge_companies.
create function private.merge_companies_that(have_domain boolean, campaign public.campaigns, import_id uuid, cleaned jsonb)
returns table (created int, updated int)
language sql
set search_path = ''
as $$
  with merged as (
    select k.key as dedupe_key, min(r.place) as place,
      (array_agg(r.name order by coalesce(r.name = r.domain, false), r.place))[1] as name, min(r.domain) as domain,
      (array_agg(r.website order by r.place) filter (where r.website is not null))[1] as website,
      (array_agg(r.description order by r.place) filter (where r.description is not null))[1] as description,
      (array_agg(r.industry order by r.place) filter (where r.industry is not null))[1] as industry,
      (array_agg(r.country order by r.place) filter (where r.country is not null))[1] as country,
      (array_agg(r.address order by r.place) filter (where r.address is not null))[1] as address,
      (array_agg(r.phone order by r.place) filter (where r.phone is not null))[1] as phone,
      (array_agg(r.email order by r.place) filter (where r.email is not null))[1] as email,
      (array_agg(r.linkedin_url order by r.place) filter (where r.linkedin_url is not null))[1] as linkedin_url,
      (array_agg(r.employees order by r.place) filter (where r.employees is not null))[1] as employees,
      case when count(*) > 1 or cardinality(min(r.tags)) > 1 then private.all_tags(jsonb_agg(to_jsonb(r.tags) order by r.place)) else min(r.tags) end as tags,
      case when count(*) > 1 then private.all_custom(jsonb_agg(r.custom order by r.place)) else (array_agg(r.custom))[1] end as custom
    from jsonb_to_recordset(cleaned) as r (
      place bigint, reason text, dedupe_key text, name text, domain text, website text, description text, industry text, country text, address text,
      phone text, email text, linkedin_url text, employees text, tags text[], custom jsonb
    )
    cross join lateral (
      select case when have_domain then r.dedupe_key else private.known_company_key(campaign.id, r.dedupe_key, r.name) end as key
    ) as k
    where r.reason is null and (r.domain is not null) = have_domain
    group by k.key
  ),
  written as (
    insert into public.companies as c (
      workspace_id, campaign_id, import_id, dedupe_key, name, domain, website, description, industry, country, address, phone, email, linkedin_url,
      employees, tags, custom, created_at
    )
    select campaign.workspace_id, campaign.id, merge_companies_that.import_id, m.dedupe_key, m.name, m.domain, m.website, m.description, m.industry, m.country,
      m.address, m.phone, m.email, m.linkedin_url, m.employees, m.tags, m.custom,
      now() + m.place * interval '1 microsecond' -- keeps the file's order
    from merged m
    order by m.dedupe_key
    on conflict (campaign_id, dedupe_key) do update set
      name = case when c.name = c.domain then excluded.name else c.name end,
      website = coalesce(c.website, excluded.website), description = coalesce(c.description, excluded.description),
      industry = coalesce(c.industry, excluded.industry), country = coalesce(c.country, excluded.country),
      address = coalesce(c.address, excluded.address), phone = coalesce(c.phone, excluded.phone), email = coalesce(c.email, excluded.email),
      linkedin_url = coalesce(c.linkedin_url, excluded.linkedin_url), employees = coalesce(c.employees, excluded.employees),
      tags = private.merge_tags(c.tags, excluded.tags), custom = private.merge_custom(c.custom, excluded.custom)
    where (c.description is null and excluded.description is not null) or (c.industry is null and excluded.industry is not null)
      or (c.country is null and excluded.country is not null) or (c.address is null and excluded.address is not null)
      or (c.phone is null and excluded.phone is not null) or (c.email is null and excluded.email is not null)
      or (c.linkedin_url is null and excluded.linkedin_url is not null) or (c.employees is null and excluded.employees is not null)
      or (c.name = c.domain and c.name <> excluded.name) or (c.website is null and excluded.website is not null)
      or c.tags <> private.merge_tags(c.tags, excluded.tags) or c.custom <> private.merge_custom(c.custom, excluded.custom)
    returning (xmax = 0) as is_new
  )
  select count(*) filter (where is_new)::int, count(*) filter (where not is_new)::int from written
$$;

-- Writes cleaned companies: new ones are created, known ones get what they lack; what is there already is never overwritten, except a name that was made of
-- the domain. Several rows of one company count as one. Gives (created, updated). The campaign must be locked.
create function private.merge_companies(campaign public.campaigns, import_id uuid, cleaned jsonb)
returns table (created int, updated int)
language plpgsql
set search_path = ''
as $$
begin
  -- Those with a domain first: what has only a name may be one of them.
  select w.created, w.updated into created, updated from private.merge_companies_that(true, campaign, import_id, cleaned) w;
  select merge_companies.created + w.created, merge_companies.updated + w.updated into created, updated
  from private.merge_companies_that(false, campaign, import_id, cleaned) w;
  return next;
end
$$;
