-- Who is who at a company, and how people from a file or a website become contacts.

-- The path of a LinkedIn profile ("in/jane-doe"), or null.
create function private.linkedin_path(url text)
returns text
language plpgsql immutable strict parallel safe
set search_path = ''
as $$
begin
  return left(substring(lower(url) from 'linkedin\.[a-z.]+/(in/[^/?#]+)'), 300);
end
$$;

-- A contact whose e-mail address, profile or name is edited gives up a key that says the old one: somebody else may come with it. The key stays readable with
-- the row's id behind it, so that the person is still known in the file they came from (person_keys). Imports only fill in what is missing.
create function private.keep_contact_key_true()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if right(new.dedupe_key, 37) <> ' ' || new.id and (new.dedupe_key = any (array[
    'e:' || lower(new.email), 'l:' || private.linkedin_path(new.linkedin_url), 'n:' || private.normalize_text(new.name)
  ])) is not true then
    new.dedupe_key := new.dedupe_key || ' ' || new.id;
  end if;
  return new;
end
$$;
create trigger keep_key_true before update of name, email, linkedin_url on public.contacts
  for each row when ((old.name, old.email, old.linkedin_url) is distinct from (new.name, new.email, new.linkedin_url))
  execute function private.keep_contact_key_true();

-- For each person [{ place, company_id, name, email, linkedin_url }] the dedupe_key of the contact they are. People of one company are the same if they share
-- an e-mail address, else a LinkedIn profile, else the name while neither contradicts it; people of the list are told apart as if they came one by one.
-- Somebody with the name of a contact and the address or profile that it had before an edit is that contact.
create function private.person_keys(people jsonb)
returns table (place bigint, key text)
language sql stable
set search_path = ''
as $$
  with given as materialized (
    select p.place, p.company_id, lower(p.email) as email, private.linkedin_path(p.linkedin_url) as profile, private.normalize_text(p.name) as name
    from jsonb_to_recordset(people) as p (place bigint, company_id uuid, name text, email text, linkedin_url text)
  ),
  everyone as materialized (
    select null::bigint as place, c.company_id, c.dedupe_key as key, lower(c.email) as email, private.linkedin_path(c.linkedin_url) as profile,
      private.normalize_text(c.name) as name, row_number() over (order by c.created_at, c.id) as n
    from public.contacts c
    where c.company_id in (select g.company_id from given g)
    union all
    select g.place, g.company_id, coalesce('e:' || g.email, 'l:' || g.profile, 'n:' || g.name), g.email, g.profile, g.name, 1000000000 + g.place
    from given g
  ),
  edited as (
    select g.place, min(e.key) as key
    from everyone g
    join everyone e on e.company_id = g.company_id and e.name = g.name and left(e.key, -37) = g.key
    where g.place is not null and e.place is null and not exists (
      select from everyone x where x.place is null and x.company_id = g.company_id and x.name = g.name and (x.email = g.email or x.profile = g.profile)
    )
    group by g.place
  ),
  by_profile as (
    select e.*, coalesce(e.email, case when e.profile is not null then
      first_value(e.email) over (partition by e.company_id, e.profile order by e.email is null, e.n) end) as known_email
    from everyone e
  ),
  by_email as (
    select e.*, coalesce(e.profile, case when e.known_email is not null then
      first_value(e.profile) over (partition by e.company_id, e.known_email order by e.profile is null, e.n) end) as known_profile
    from by_profile e
  ),
  by_name as (
    select e.*,
      -- The first of this name that has an address and no profile, the first that has a profile and no address, the first that has either.
      first_value(e.known_email) over (w order by e.known_email is null or e.known_profile is not null, e.n) as free_email,
      first_value(case when e.known_email is null then e.known_profile end) over (w order by e.known_profile is null or e.known_email is not null, e.n) as free_profile,
      first_value(e.known_email) over (w order by e.known_email is null and e.known_profile is null, e.n) as any_email,
      first_value(e.known_profile) over (w order by e.known_email is null and e.known_profile is null, e.n) as any_profile,
      bool_or(e.known_email is not null and e.known_profile is null) over w as has_free_email
    from by_email e
    window w as (partition by e.company_id, e.name)
  ),
  identified as (
    select e.*,
      case
        when e.known_email is not null then 'e:' || e.known_email
        when e.known_profile is not null and e.known_profile = e.free_profile and e.has_free_email then 'e:' || e.free_email
        when e.known_profile is not null then 'l:' || e.known_profile
        when e.any_email is not null then 'e:' || e.any_email
        when e.any_profile is not null and e.any_profile = e.free_profile and e.has_free_email then 'e:' || e.free_email
        when e.any_profile is not null then 'l:' || e.any_profile
        else 'n:' || e.name
      end as person
    from by_name e
  )
  select i.place, coalesce(o.key, i.key) from (
    select e.place, first_value(e.key) over (partition by e.company_id, e.person order by e.place is not null, e.email is null, e.profile is null, e.n) as key
    from identified e
  ) as i
  left join edited o on o.place = i.place
  where i.place is not null and i.key is not null
$$;

-- Whether a value that is shown is that of a find { value, source, at }, or one of the values of a list.
create function private.is_of_find(shown text, find jsonb)
returns boolean
language sql immutable
set search_path = ''
as $$
  select bool_or(f.value = shown or length(shown) >= 100 and left(f.value, length(shown)) = shown) -- what is too long for its column is cut
  from (
    select find ->> 'value' where jsonb_typeof(find -> 'value') not in ('array', 'object')
    union all
    select v from jsonb_array_elements_text(case jsonb_typeof(find -> 'value') when 'array' then find -> 'value' else '[]' end) as v
    union all
    select string_agg(v, ', ') from jsonb_array_elements_text(case jsonb_typeof(find -> 'value') when 'array' then find -> 'value' else '[]' end) as v
    union all
    select v.value from jsonb_each_text(case jsonb_typeof(find -> 'value') when 'object' then find -> 'value' else '{}' end) as v
  ) as f (value)
$$;

-- What is kept of what research finds { field: { value, source, at } }, beside what it found before: what is shown { field: text } as an earlier find keeps the page
-- it stands on.
create function private.kept_finds(research jsonb, shown jsonb, finds jsonb)
returns jsonb
language sql immutable
set search_path = ''
as $$
  select research || coalesce(jsonb_object_agg(f.key, f.value) filter (
    where coalesce(private.is_of_find(shown ->> f.key, f.value), true) or not coalesce(private.is_of_find(shown ->> f.key, research -> f.key), false)
  ), '{}')
  from jsonb_each(finds) as f
$$;

-- What is shown of a contact where research finds something. A name that was made of the e-mail address is replaced, and so is nothing that stays.
create function private.shown_finds(contact public.contacts)
returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_build_object('name', nullif(contact.name, split_part(contact.email, '@', 1)), 'title', contact.title, 'email', contact.email, 'phone', contact.phone,
    'linkedin_url', contact.linkedin_url)
$$;

-- Writes people, several of one person as one: [{ place, workspace_id, campaign_id, company_id, source, name, … }]. New ones are created, known ones get
-- what they lack; what is there is never overwritten, except a name that was made of the e-mail address. Gives (created, updated). The campaign must be locked.
create function private.merge_people(people jsonb)
returns table (created int, updated int)
language sql
set search_path = ''
as $$
  with merged as (
    select p.workspace_id, p.campaign_id, p.company_id, p.source, p.import_id, k.key, min(p.place) as place,
      (array_agg(p.name order by coalesce(p.name = split_part(p.email, '@', 1), false), p.place))[1] as name,
      (array_agg(p.first_name order by p.place) filter (where p.first_name is not null))[1] as first_name,
      (array_agg(p.last_name order by p.place) filter (where p.last_name is not null))[1] as last_name,
      (array_agg(p.title order by p.place) filter (where p.title is not null))[1] as title,
      (array_agg(p.email order by p.place) filter (where p.email is not null))[1] as email,
      (array_agg(p.phone order by p.place) filter (where p.phone is not null))[1] as phone,
      (array_agg(p.linkedin_url order by p.place) filter (where p.linkedin_url is not null))[1] as linkedin_url,
      (array_agg(p.country order by p.place) filter (where p.country is not null))[1] as country,
      case when count(*) > 1 or cardinality(min(p.tags)) > 1 then private.all_tags(jsonb_agg(to_jsonb(coalesce(p.tags, '{}')) order by p.place))
        else coalesce(min(p.tags), '{}') end as tags,
      case when count(*) > 1 then private.all_custom(jsonb_agg(coalesce(p.custom, '{}') order by p.place)) else coalesce((array_agg(p.custom))[1], '{}') end as custom,
      case when count(*) > 1 then private.all_custom(jsonb_agg(coalesce(p.research, '{}') order by p.place)) else coalesce((array_agg(p.research))[1], '{}') end as research
    from jsonb_to_recordset(people) as p (
      place bigint, workspace_id uuid, campaign_id uuid, company_id uuid, import_id uuid, source public.contact_source, name text, first_name text,
      last_name text, title text, email text, phone text, linkedin_url text, country text, tags text[], custom jsonb, research jsonb
    )
    join private.person_keys(people) k on k.place = p.place
    group by p.workspace_id, p.campaign_id, p.company_id, p.source, p.import_id, k.key
  ),
  written as (
    insert into public.contacts as c (
      workspace_id, campaign_id, company_id, import_id, dedupe_key, source, name, first_name, last_name, title, email, phone, linkedin_url, country, tags,
      custom, research, created_at
    )
    select m.workspace_id, m.campaign_id, m.company_id, m.import_id, m.key, m.source, m.name, m.first_name, m.last_name, m.title, m.email, m.phone,
      m.linkedin_url, m.country, m.tags, m.custom, m.research, now() + m.place * interval '1 microsecond' -- keeps the given order
    from merged m
    order by m.company_id, m.key
    on conflict (company_id, dedupe_key) do update set
      name = case when c.name = split_part(c.email, '@', 1) then excluded.name else c.name end,
      first_name = coalesce(c.first_name, excluded.first_name), last_name = coalesce(c.last_name, excluded.last_name),
      title = coalesce(c.title, excluded.title), email = coalesce(c.email, excluded.email), phone = coalesce(c.phone, excluded.phone),
      linkedin_url = coalesce(c.linkedin_url, excluded.linkedin_url), country = coalesce(c.country, excluded.country),
      tags = private.merge_tags(c.tags, excluded.tags), custom = private.merge_custom(c.custom, excluded.custom),
      research = case when excluded.research = '{}' then c.research else private.kept_finds(c.research, private.shown_finds(c), excluded.research) end
    where (c.title is null and excluded.title is not null) or (c.email is null and excluded.email is not null)
      or (c.phone is null and excluded.phone is not null) or (c.linkedin_url is null and excluded.linkedin_url is not null)
      or (c.country is null and excluded.country is not null) or (c.first_name is null and excluded.first_name is not null)
      or (c.last_name is null and excluded.last_name is not null) or (c.name = split_part(c.email, '@', 1) and c.name <> excluded.name)
      or c.tags <> private.merge_tags(c.tags, excluded.tags) or c.custom <> private.merge_custom(c.custom, excluded.custom)
      or excluded.research <> '{}'
    returning (xmax = 0) as is_new
  )
  select count(*) filter (where is_new)::int, count(*) filter (where not is_new)::int from written
$$;
