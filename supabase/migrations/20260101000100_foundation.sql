-- What every other file stands on: schemas, extensions, closed defaults, text helpers, one error shape.

create schema if not exists private;
comment on schema private is 'Helpers and machinery. Never exposed by the API.';

create extension if not exists pgcrypto with schema extensions;
create extension if not exists unaccent with schema extensions;
create extension if not exists btree_gin with schema extensions;
create extension if not exists pg_trgm with schema extensions;
create extension if not exists fuzzystrmatch with schema extensions;

do $$
begin
  if exists (select from pg_available_extensions where name = 'pg_cron') then
    create extension if not exists pg_cron;
  end if;
  if exists (select from pg_available_extensions where name = 'pg_net') then
    create extension if not exists pg_net with schema extensions;
  end if;
end
$$;

-- Nothing is open unless a migration says so.
alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public revoke all on sequences from anon, authenticated;
alter default privileges in schema public revoke execute on functions from anon, authenticated, service_role;
alter default privileges revoke execute on functions from public;

grant usage on schema private to authenticated, service_role;

-- Raises an error a person can read. `code` is stable for programs (it travels as the hint); `status` is the HTTP status.
create function private.fail(code text, status int, message text, details text default null)
returns void
language plpgsql
set search_path = ''
as $$
begin
  raise exception using errcode = 'PT' || status, message = fail.message, hint = fail.code, detail = coalesce(fail.details, '');
end
$$;

-- The id of a row in a table that grows with the work: a UUID of version 7 (RFC 9562, 5.7), the milliseconds of now, their fraction in 1/4096, 62 random bits.
-- What came together lies together in every index that holds it, so the ten millionth row costs what the first did. Postgres 18 has it as uuidv7().
create function private.new_id()
returns uuid
language plpgsql volatile parallel safe
set search_path = ''
as $$
declare
  microseconds bigint := extract(epoch from clock_timestamp()) * 1000000;
  first_half bigint := ((microseconds / 1000) << 16) | (7 << 12) | (microseconds % 1000 * 4096 / 1000);
begin
  return encode(overlay(uuid_send(gen_random_uuid()) placing int8send(first_half) from 1), 'hex')::uuid;
end
$$;
grant execute on function private.new_id to authenticated, service_role; -- a default runs as whoever adds the row

-- The functions on texts below run for every cell of an import. They are plpgsql, whose plans are kept for the session, where an SQL function with settings is
-- planned anew by every query and, inside another function, by every call; and they look for work before doing it.

-- Lower case, without accents and presentation forms, each letter written in one way; nothing else changes.
create function private.fold_text(input text)
returns text
language plpgsql immutable strict parallel safe
set search_path = ''
as $$
begin
  if octet_length(input) = length(input) then -- ASCII
    return lower(input);
  end if;
  if input is not nfkc normalized then -- asking is half the work of doing it
    input := normalize(input, nfkc);
  end if;
  return translate(lower(extensions.unaccent('extensions.unaccent'::regdictionary, input)), 'ς', 'σ');
end
$$;

-- As fold_text, with one space between words and none around. Null when nothing is left.
create function private.normalize_text(input text)
returns text
language plpgsql immutable strict parallel safe
set search_path = ''
as $$
declare
  plain text := private.fold_text(input);
begin
  if plain ~ '^(?:\S+ )*\S+$' then
    return plain;
  end if;
  return nullif(btrim(regexp_replace(plain, '\s+', ' ', 'g')), '');
end
$$;

-- A cell as people meant it: control characters become spaces, ends are trimmed, at most `longest` characters. Null when empty.
create function private.clean_text(input text, longest int default 500)
returns text
language plpgsql immutable strict parallel safe
set search_path = ''
as $$
begin
  if input ~ '^(?:[^\x01-\x1f\x7f\s]+ )*[^\x01-\x1f\x7f\s]+$' then
    return left(input, longest);
  end if;
  return nullif(left(btrim(regexp_replace(input, '[\x01-\x1f\x7f\s]+', ' ', 'g')), longest), '');
end
$$;

-- As clean_text, for texts of several lines: the line breaks stay, empty lines do not.
create function private.clean_lines(input text, longest int)
returns text
language plpgsql immutable strict parallel safe
set search_path = ''
as $$
begin
  if strpos(input, chr(10)) = 0 then
    return private.clean_text(input, longest);
  end if;
  return nullif(left(btrim(regexp_replace(
    regexp_replace(input, '[\x01-\x09\x0b-\x20\x7f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+', ' ', 'g'),
    ' ?\n[ \n]*', chr(10), 'g'), ' ' || chr(10)), longest), '');
end
$$;

-- The host of a URL, e-mail address or bare domain, lower case, without "www." and a trailing dot. Null when it is no public
-- host name. International names are expected in their ASCII form (xn--…), as every URL parser writes them.
create function private.normalize_domain(input text)
returns text
language plpgsql immutable strict parallel safe
set search_path = ''
as $$
declare
  host text := lower(btrim(input));
begin
  if host ~ '[/:?#@]' then
    host := regexp_replace(host, '^(mailto:|[a-z][a-z0-9+.-]*://|//)', '');
    host := split_part(split_part(split_part(host, '/', 1), '?', 1), '#', 1);
    host := regexp_replace(regexp_replace(host, '^.*@', ''), '(:\d+)?$', '');
  end if;
  if host ~ '^www|\.$' then
    host := regexp_replace(host, '^www\d?\.(?=.+\.[^.])|\.$', '', 'g');
  end if;
  if length(host) <= 253 and host ~ '^[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?\.([a-z]{2,}|xn--[a-z0-9-]+)$' and host !~ '\.[.-]|-\.|[a-z0-9_-]{64}' then
    return host;
  end if;
  return null;
end
$$;

-- The strings of a JSON array; other elements and other JSON give nothing.
create function private.text_array(input jsonb)
returns text[]
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  if jsonb_typeof(input) = 'array' and input <> '[]' then
    return array(select element #>> '{}' from jsonb_array_elements(input) as element where jsonb_typeof(element) = 'string');
  end if;
  return '{}';
end
$$;

-- The tags of a row of a file: cleaned, each once, at most 200 of at most 500 characters.
create function private.clean_tags(input jsonb)
returns text[]
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  if jsonb_typeof(input) = 'array' and input <> '[]' then
    return array(
      select c.tag from jsonb_array_elements(input) with ordinality as t (tag, place)
      cross join lateral private.clean_text(t.tag #>> '{}', 500) as c (tag)
      where jsonb_typeof(t.tag) = 'string' and c.tag is not null
      group by c.tag order by min(t.place) limit 200
    );
  end if;
  return '{}';
end
$$;

-- Whether it is a plain list of at most 200 tags with at most 500 characters each: an index holds no longer ones.
create function private.are_tags(tags text[])
returns boolean
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return cardinality(tags) = 0 or (
    array_ndims(tags) = 1 and cardinality(tags) <= 200
    and not exists (select from unnest(tags) as tag where tag is null or length(tag) > 500)
  );
end
$$;
grant execute on function private.are_tags to authenticated, service_role;

-- Both lists, each tag once, in the order they came; the first 200.
create function private.merge_tags(known text[], more text[])
returns text[]
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  if known @> more then
    return known;
  end if;
  return array(
    select tag from unnest(known || more) with ordinality as t (tag, place) where tag is not null group by tag order by min(place) limit 200
  );
end
$$;

-- Both objects; of a key that both have the known value stays. More than a row can hold (1 MB) is left out whole.
create function private.merge_custom(known jsonb, more jsonb)
returns jsonb
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  if more = '{}' or known @> more or known ?& array(select jsonb_object_keys(more)) or pg_column_size(more || known) > 1000000 then
    return known;
  end if;
  return more || known;
end
$$;

-- merge_tags over a JSON array of lists, in its order; the first 200.
create function private.all_tags(lists jsonb)
returns text[]
language sql immutable parallel safe
set search_path = ''
as $$
  select coalesce(array_agg(tag order by first), '{}') from (
    select tag, min(array[n, place]) as first
    from jsonb_array_elements(lists) with ordinality as l (list, n), jsonb_array_elements_text(list) with ordinality as t (tag, place)
    where tag is not null group by tag
    order by first limit 200
  ) as tags
$$;

-- merge_custom over a JSON array of objects, in its order: of each key the first value. More than a row can hold leaves the first object alone.
create function private.all_custom(objects jsonb)
returns jsonb
language sql immutable parallel safe
set search_path = ''
as $$
  select case when pg_column_size(whole) > 1000000 then objects -> 0 else whole end
  from (
    select case when jsonb_array_length(objects) = 1 then objects -> 0 else (
      select coalesce(jsonb_object_agg(key, value order by n desc), '{}')
      from jsonb_array_elements(objects) with ordinality as o (object, n), jsonb_each(object)
    ) end as whole
    offset 0 -- computed once
  ) as merged
$$;

-- Sets updated_at on every change of a row.
create function private.touch()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at := now();
  return new;
end
$$;
