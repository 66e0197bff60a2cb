-- Search and filters. Text search operators are not leakproof: under row-level security their indexes are not used. So a definer function checks
-- membership first and returns the ids that match, and the list (running as the caller) joins them. See docs/decisions.

-- "jörg mül" -> 'jorg':* & 'mul':*. Null when the text has no letter or digit.
create function private.prefix_query(input text)
returns tsquery
language sql immutable parallel safe
set search_path = ''
as $$
  select string_agg(format('%s:*', quote_literal(word)), ' & ')::tsquery
  from (
    select word from string_to_table(private.search_words(left(input, 200)), ' ') with ordinality as words (word, place)
    order by place limit 10
  ) as words
$$;
grant execute on function private.prefix_query to authenticated;

-- The newest companies of the campaign that match the words, at most `most`. Strangers get nothing.
create function private.search_companies(campaign_id uuid, words text, most int)
returns uuid[]
language sql stable security definer
set search_path = ''
as $$
  with hits as materialized (
    select c.id, c.created_at from public.companies c
    where c.campaign_id = search_companies.campaign_id
      and exists (
        select from public.campaigns o
        where o.id = search_companies.campaign_id and o.workspace_id = any (array(select private.my_workspaces()))
      )
      and c.search @@ private.prefix_query(words)
  )
  select array(select id from hits order by created_at desc, id limit most)
$$;
grant execute on function private.search_companies to authenticated;

-- The newest contacts of the campaign that match the words, by themselves or by their company, at most `most`. Strangers get nothing.
create function private.search_contacts(campaign_id uuid, words text, most int)
returns uuid[]
language sql stable security definer
set search_path = ''
as $$
  with allowed as (
    select o.id from public.campaigns o
    where o.id = search_contacts.campaign_id and o.workspace_id = any (array(select private.my_workspaces()))
  ),
  hits as materialized (
    select c.id, c.created_at from public.contacts c
    where c.campaign_id = search_contacts.campaign_id and exists (select from allowed) and c.search @@ private.prefix_query(words)
    union
    select c.id, c.created_at from public.companies o join public.contacts c on c.company_id = o.id
    where o.campaign_id = search_contacts.campaign_id and exists (select from allowed) and o.search @@ private.prefix_query(words)
  )
  select array(select id from hits order by created_at desc, id limit most)
$$;
grant execute on function private.search_contacts to authenticated;

-- Refuses a filter that is not an object or names something a list does not know.
create function private.check_filter(filter jsonb, known text[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  unknown text;
begin
  if jsonb_typeof(filter) is distinct from 'object' or pg_column_size(filter) > 100000 then
    perform private.fail('bad_filter', 400, 'The filter must be an object of at most 100 KB.');
  end if;
  select key into unknown from jsonb_object_keys(filter) as key where key <> all (known) limit 1;
  if unknown is not null then
    perform private.fail('bad_filter', 400, format('The filter "%s" does not exist.', left(unknown, 50)));
  end if;
end
$$;
grant execute on function private.check_filter to authenticated;

-- SQL conditions on companies `c` for a filter passed as $1. Only code of ours becomes SQL; every value stays in $1. `q` is left to the caller.
create function private.company_conditions(filter jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  conditions text[] := '{true}';
begin
  perform private.check_filter(filter, '{q,status,has_email,has_website,tags,owner_id,country,import_id,ids}');
  if filter ? 'status' then
    conditions := conditions || 'c.research_status::text = any (private.text_array($1 -> ''status''))'::text;
  end if;
  if filter ? 'has_email' then
    conditions := conditions || '(c.email is not null) = ($1 ->> ''has_email'')::boolean'::text;
  end if;
  if filter ? 'has_website' then
    conditions := conditions || '(c.domain is not null) = ($1 ->> ''has_website'')::boolean'::text;
  end if;
  if filter ? 'tags' then
    conditions := conditions || 'c.tags @> private.text_array($1 -> ''tags'')'::text;
  end if;
  if filter ? 'country' then
    conditions := conditions || 'c.country = any (private.text_array($1 -> ''country''))'::text;
  end if;
  if filter ? 'owner_id' then
    conditions := conditions || 'c.owner_id = ($1 ->> ''owner_id'')::uuid'::text;
  end if;
  if filter ? 'import_id' then
    conditions := conditions || 'c.import_id = ($1 ->> ''import_id'')::uuid'::text;
  end if;
  if filter ? 'ids' then
    conditions := conditions || 'c.id = any (private.text_array($1 -> ''ids'')::uuid[])'::text;
  end if;
  return array_to_string(conditions, ' and ');
end
$$;
grant execute on function private.company_conditions, private.text_array to authenticated;

-- The same for contacts `c`.
create function private.contact_conditions(filter jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  conditions text[] := '{true}';
begin
  perform private.check_filter(filter, '{q,company_id,has_email,has_phone,has_linkedin,title,tags,owner_id,do_not_contact,import_id,ids}');
  if filter ? 'company_id' then
    conditions := conditions || 'c.company_id = ($1 ->> ''company_id'')::uuid'::text;
  end if;
  if filter ? 'has_email' then
    conditions := conditions || '(c.email is not null) = ($1 ->> ''has_email'')::boolean'::text;
  end if;
  if filter ? 'has_phone' then
    conditions := conditions || '(c.phone is not null) = ($1 ->> ''has_phone'')::boolean'::text;
  end if;
  if filter ? 'has_linkedin' then
    conditions := conditions || '(c.linkedin_url is not null) = ($1 ->> ''has_linkedin'')::boolean'::text;
  end if;
  if filter ? 'title' then
    conditions := conditions || 'position(lower($1 ->> ''title'') in lower(c.title)) > 0'::text;
  end if;
  if filter ? 'tags' then
    conditions := conditions || 'c.tags @> private.text_array($1 -> ''tags'')'::text;
  end if;
  if filter ? 'owner_id' then
    conditions := conditions || 'c.owner_id = ($1 ->> ''owner_id'')::uuid'::text;
  end if;
  if filter ? 'do_not_contact' then
    conditions := conditions || 'c.do_not_contact = ($1 ->> ''do_not_contact'')::boolean'::text;
  end if;
  if filter ? 'import_id' then
    conditions := conditions || 'c.import_id = ($1 ->> ''import_id'')::uuid'::text;
  end if;
  if filter ? 'ids' then
    conditions := conditions || 'c.id = any (private.text_array($1 -> ''ids'')::uuid[])'::text;
  end if;
  return array_to_string(conditions, ' and ');
end
$$;
grant execute on function private.contact_conditions to authenticated;
-- Whoever writes a name computes its search words.
grant execute on function private.normalize_text, private.search_words to authenticated, service_role;
