-- What lists may be narrowed by. A filter is checked first, each value for its type and size; then it becomes SQL conditions made of texts of ours alone,
-- its values stay in a parameter.

-- Refuses a filter that is not an object or names something that is not known here.
create function private.check_filter(filter jsonb, known text[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  unknown text;
begin
  if jsonb_typeof(filter) is distinct from 'object' or pg_column_size(filter) > 200000 then
    perform private.fail('bad_filter', 400, 'The filter must be an object of at most 200 KB.');
  end if;
  select key into unknown from jsonb_object_keys(filter) as key where key <> all (known) limit 1;
  if unknown is not null then
    perform private.fail('bad_filter', 400, format('The filter "%s" does not exist.', left(unknown, 50)));
  end if;
end
$$;

-- Whether a value of a filter is of the kind: one of those below, or the name of an enum type for a list of its values.
create function private.is_of_kind(value jsonb, kind text)
returns boolean
language plpgsql immutable
set search_path = ''
as $$
declare
  type text := jsonb_typeof(value);
  given text := value #>> '{}';
  element text;
begin
  case kind
    when 'text' then return type = 'string' and length(given) <= 500;
    when 'boolean' then return type = 'boolean';
    when 'uuid' then return type = 'string' and length(given) <= 40 and pg_input_is_valid(given, 'uuid');
    when 'uuid or null' then return type = 'null' or (type = 'string' and length(given) <= 40 and pg_input_is_valid(given, 'uuid'));
    when 'time' then return type = 'string' and length(given) <= 40 and given ~ '^\d{4}-\d\d-\d\d' and pg_input_is_valid(given, 'timestamptz');
    when 'cells' then return type = 'object' and (
      select count(*) <= 5 and bool_and(jsonb_typeof(cell.value) = 'string' and length(cell.value #>> '{}') <= 500) from jsonb_each(value) as cell
    );
    else
      if type <> 'array' or jsonb_array_length(value) > (case kind when 'uuids' then 2500 else 100 end) or jsonb_path_exists(value, '$[*] ? (@.type() != "string")') then
        return false;
      end if;
      for element in select jsonb_array_elements_text(value) loop
        if length(element) > 500 or (kind <> 'texts' and not pg_input_is_valid(element, case kind when 'uuids' then 'uuid' else kind end)) then
          return false;
        end if;
      end loop;
      return true;
  end case;
end
$$;

-- Refuses a filter with a key that is not in `kinds` (key -> kind) or a value that is not of its kind.
create function private.check_values(filter jsonb, kinds jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  wrong text;
begin
  if filter = '{}' then
    return;
  end if;
  perform private.check_filter(filter, array(select jsonb_object_keys(kinds)));
  select key into wrong from jsonb_each(filter) where not private.is_of_kind(value, kinds ->> key) limit 1;
  if wrong is not null then
    perform private.fail('bad_filter', 400, format('The filter "%s" takes %s.', wrong, case kinds ->> wrong
      when 'text' then 'a text of at most 500 characters' when 'boolean' then 'true or false' when 'uuid' then 'an id' when 'uuid or null' then 'an id or null'
      when 'time' then 'a date or time like 2026-01-31T12:00:00Z' when 'texts' then 'a list of at most 100 texts'
      when 'uuids' then 'a list of at most 2,500 ids'
      when 'cells' then 'an object of at most five columns, each with a text' else 'a list of the states there are' end));
  end if;
end
$$;

-- Whether a column has a value. Null when it does not matter.
create function private.null_condition(name text, wanted jsonb)
returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  return case wanted when 'true' then name || ' is not null' when 'false' then name || ' is null' end;
end
$$;

-- What companies and contacts have in common. Null when there is nothing of it.
create function private.common_conditions(filter jsonb)
returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  return nullif(concat_ws(' and ',
    case when filter ->> 'q' ~ '\S' and private.search_groups(filter ->> 'q') = '{}' then 'false' end, -- no row has what has no letter or digit
    private.null_condition('c.email', filter -> 'has_email'),
    case when filter -> 'tags' <> '[]' then 'c.tags @> private.text_array($1 -> ''tags'')' end,
    case when filter ? 'owner_id' then 'coalesce(c.owner_id, ''00000000-0000-0000-0000-000000000000''::uuid)
      = coalesce(($1 ->> ''owner_id'')::uuid, ''00000000-0000-0000-0000-000000000000''::uuid)' end,
    case when filter ? 'custom' then 'c.custom @> ($1 -> ''custom'')' end,
    case when filter ? 'import_id' then 'c.import_id = ($1 ->> ''import_id'')::uuid' end,
    case when filter ? 'ids' then 'c.id = any (private.text_array($1 -> ''ids'')::uuid[])' end,
    case when filter ? 'created_after' then 'c.created_at >= ($1 ->> ''created_after'')::timestamptz' end,
    case when filter ? 'created_before' then 'c.created_at < ($1 ->> ''created_before'')::timestamptz' end,
    case when filter ? 'updated_after' then 'c.updated_at >= ($1 ->> ''updated_after'')::timestamptz' end,
    case when filter ? 'updated_before' then 'c.updated_at < ($1 ->> ''updated_before'')::timestamptz' end
  ), '');
end
$$;

-- A title that contains the text. One or two characters are the beginning of a word instead: "it" is not meant to find architects, and no index knows
-- parts that short.
create function private.title_condition(title text)
returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  return case
    when length(title) > 2 then 'lower(c.title) like ''%'' || replace(replace(replace(lower($1 ->> ''title''), ''\'', ''\\''), ''%'', ''\%''), ''_'', ''\_'') || ''%'''
    when private.search_words(title) is not null then 'c.search @@ private.prefix_query($1 ->> ''title'')
      and '' '' || private.search_words(c.title) like ''% '' || private.search_words($1 ->> ''title'') || ''%'''
    when title is not null then 'strpos(lower(c.title), lower($1 ->> ''title'')) > 0'
  end;
end
$$;

-- Conditions on companies `c` for a filter passed as $1; `q` is left to search. Errors: bad_filter.
create function private.company_conditions(filter jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.check_values(filter, '{
    "q": "text", "status": "public.research_status", "has_email": "boolean", "has_website": "boolean", "tags": "texts", "owner_id": "uuid or null", "country": "texts",
    "size": "texts", "created_after": "time", "created_before": "time", "updated_after": "time", "updated_before": "time", "import_id": "uuid", "ids": "uuids",
    "custom": "cells"
  }');
  return concat_ws(' and ', 'true',
    case when filter ? 'status' then 'c.research_status = any (private.text_array($1 -> ''status'')::public.research_status[])' end,
    case when filter ? 'country' then 'c.country = any (private.text_array($1 -> ''country''))' end,
    case when filter ? 'size' then 'c.employees = any (private.text_array($1 -> ''size''))' end,
    private.null_condition('c.domain', filter -> 'has_website'),
    private.common_conditions(filter)
  );
end
$$;

-- The same for contacts `c`.
create function private.contact_conditions(filter jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.check_values(filter, '{
    "q": "text", "company_id": "uuid", "has_email": "boolean", "has_phone": "boolean", "has_linkedin": "boolean", "title": "text", "seniority": "texts",
    "country": "texts", "tags": "texts", "owner_id": "uuid or null", "do_not_contact": "boolean", "created_after": "time", "created_before": "time",
    "updated_after": "time", "updated_before": "time", "import_id": "uuid", "ids": "uuids", "custom": "cells"
  }');
  return concat_ws(' and ', 'true',
    case when filter ? 'company_id' then 'c.company_id = ($1 ->> ''company_id'')::uuid' end,
    case when filter ? 'seniority' then 'c.seniority = any (private.text_array($1 -> ''seniority''))' end,
    case when filter ? 'country' then 'c.country = any (private.text_array($1 -> ''country''))' end,
    private.title_condition(filter ->> 'title'),
    private.null_condition('c.phone', filter -> 'has_phone'),
    private.null_condition('c.linkedin_url', filter -> 'has_linkedin'),
    case filter -> 'do_not_contact' when 'true' then 'c.do_not_contact' when 'false' then 'not c.do_not_contact' end,
    private.common_conditions(filter)
  );
end
$$;

-- The same for campaigns `c`; their names are few enough to be looked through.
create function private.campaign_conditions(filter jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.check_values(filter, '{"q": "text", "state": "public.campaign_state"}');
  return concat_ws(' and ', 'true',
    case when filter ? 'state' then 'c.state = any (private.text_array($1 -> ''state'')::public.campaign_state[])' end,
    case when private.search_words(filter ->> 'q') is not null then
      'not exists (select from string_to_table(private.search_words($1 ->> ''q''), '' '') as w (word) where strpos(coalesce(private.search_words(c.name), ''''), word) = 0)'
      when filter ->> 'q' ~ '\S' then 'false' end
  );
end
$$;

-- The conditions of a checked filter that are yes or no, as the index that finds rows has them: beside the plain ones, of which no index knows. Begins with
-- " and"; empty when there is none.
create function private.flag_conditions(list text, filter jsonb)
returns text
language plpgsql immutable
set search_path = ''
as $$
declare
  flags text := concat_ws(',', 0 + (not (filter ->> 'has_email')::boolean)::int,
    case list when 'companies' then 2 + (not (filter ->> 'has_website')::boolean)::int else 2 + (not (filter ->> 'has_phone')::boolean)::int end,
    4 + (not (filter ->> 'has_linkedin')::boolean)::int, 6 + (filter ->> 'do_not_contact')::boolean::int);
begin
  return case when flags = '' or list not in ('companies', 'contacts') then '' else ' and ' || case list
    when 'companies' then 'array[(c.email is null)::int, (c.domain is null)::int + 2]'
    else 'array[(c.email is null)::int, (c.phone is null)::int + 2, (c.linkedin_url is null)::int + 4, c.do_not_contact::int + 6]'
  end || ' @> ''{' || flags || '}''' end;
end
$$;
