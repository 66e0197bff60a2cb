-- Text as search sees it. What rows are found by and what people type go through the same functions, so that they meet. They are plpgsql because an SQL
-- function that calls another one plans it anew for every row.

-- Chinese, Japanese and Korean put no spaces between words: each run of their characters becomes overlapping pairs and its last character, so that any part
-- of a name finds it. 山田製作所 is 山田 田製 製作 作所 所.
create function private.pair_characters(words text)
returns text
language sql immutable strict parallel safe
set search_path = ''
as $$
  select string_agg(case
    when kind and next_kind then letter || next_letter || ' '
    when kind or next_kind then letter || ' '
    else letter
  end, '' order by place)
  from (
    select letter, place, kind, lead(letter) over w as next_letter, coalesce(lead(kind) over w, false) as next_kind
    from (
      select letter, place, letter ~ '[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]' as kind
      from string_to_table(words, null) with ordinality as t (letter, place)
    ) as letters
    window w as (order by place)
  ) as pairs
$$;

-- The words of folded text: only letters, digits and single spaces, none longer than a tsvector holds. Null when there is none.
create function private.split_words(folded text)
returns text
language plpgsql immutable strict parallel safe
set search_path = ''
as $$
declare
  words text := btrim(regexp_replace(folded, '[^[:alnum:]]+', ' ', 'g'));
begin
  if octet_length(words) > length(words) and words ~ '[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]' then
    words := btrim(regexp_replace(private.pair_characters(words), ' +', ' ', 'g'));
  end if;
  if length(words) > 100 then
    words := regexp_replace(words, '(\S{100})(?=\S)', '\1 ', 'g');
  end if;
  return nullif(words, '');
end
$$;

-- The words of a text as search compares them. Null when there is none.
create function private.search_words(input text)
returns text
language plpgsql immutable strict parallel safe
set search_path = ''
as $$
begin
  return private.split_words(private.fold_text(input));
end
$$;

-- What a text is found by: its words, and what has punctuation inside also as one, so that "Coca-Cola" is found by cocacola and jane.doe@… by janedoe. That of
-- addresses gets the mark "=" from seven letters on: nearly every address is a word of its own, and the words that begin with "jane" should stay few to look
-- through. Shorter ones, as of bp.com, are few.
create function private.findable_words(input text, mark text default '')
returns text
language plpgsql immutable strict parallel safe
set search_path = ''
as $$
declare
  folded text := private.fold_text(input);
  words text := private.split_words(folded);
  whole text;
begin
  if folded !~ '[[:alnum:]][^[:alnum:]\s]+[[:alnum:]]' then
    return words;
  end if;
  if strpos(folded, ' ') = 0 then
    whole := private.split_words(regexp_replace(folded, '[^[:alnum:]]+', '', 'g'));
    words := concat(words, ' ', case when length(whole) > 6 then mark end, whole);
  else
    words := concat(words, ' ', array_to_string(array(
      select distinct case when length(parts) > 6 then mark else '' end || parts
      from string_to_table(folded, ' ') as typed
      cross join lateral (select private.split_words(regexp_replace(typed, '[^[:alnum:]]+', '', 'g')) as parts) as p
      where typed ~ '[[:alnum:]][^[:alnum:]\s]+[[:alnum:]]'
    ), ' '));
  end if;
  return words;
end
$$;

-- What a row is found by: its name, which ranks highest (weight A), words that describe it (B), and the rest, as addresses.
create function private.search_document(name text, description text, rest text)
returns tsvector
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return concat_ws(' ', replace(private.findable_words(name), ' ', ':1A ') || ':1A', replace(private.findable_words(description), ' ', ':1B ') || ':1B',
    private.findable_words(rest, '='))::tsvector;
end
$$;

-- Of a web address in folded text its host, without "www.", as companies have it, whole or as far as it is typed; anything else as it is.
create function private.typed_host(typed text)
returns text
language plpgsql immutable strict parallel safe
set search_path = ''
as $$
begin
  if typed !~ '^https?:|^www\.|/' then
    return typed;
  end if;
  return regexp_replace(regexp_replace(typed, '^(https?:/{0,2})?(www\.(?=.))?', ''), '^([^/?#@:]+\.[[:alpha:]][^/?#@:.]+)(:\d*)?([/?#].*)?$', '\1');
end
$$;

-- What was typed, as one query for each of its first ten words: each matches from its beginning, one with punctuation in parts or as a whole.
-- 'jörg coca-co' -> { 'jorg':*, 'coca':* & 'co':* | 'cocaco':* }; of seven letters and more also among the addresses: 'janedoe':* | '=janedoe':*
create function private.search_groups(input text)
returns tsquery[]
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  if input is null then
    return '{}';
  end if;
  return (
    select coalesce(array_agg(concat_ws(' | ',
      replace(words, ' ', ':* & ') || ':*',
      case when words like '% %' and whole not like '% %' then whole || ':*' end,
      case when length(whole) > 6 and whole not like '% %' then '''=' || whole || ''':*' end
    )::tsquery order by place), '{}')
    from (
      select t.place, private.split_words(h.host) as words, private.split_words(regexp_replace(h.host, '[^[:alnum:]]+', '', 'g')) as whole
      from string_to_table(regexp_replace(private.fold_text(left(input, 500)), '\s+', ' ', 'g'), ' ') with ordinality as t (typed, place)
      cross join lateral private.typed_host(t.typed) as h (host)
    ) as typed
    where words is not null and place <= 10
  );
end
$$;

-- Several queries as one that asks for all of them. Null when there is none.
create function private.all_words(words tsquery[])
returns tsquery
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  if words = '{}' then
    return null;
  end if;
  return (
    select string_agg('(' || word::text || ')', ' & ')::tsquery from unnest(words) as word
  );
end
$$;

-- All of what was typed as one query. Null when it has no letter or digit.
create function private.prefix_query(input text)
returns tsquery
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return private.all_words(private.search_groups(input));
end
$$;

-- Whoever writes a name computes what it is found by.
grant execute on function private.fold_text, private.pair_characters, private.split_words, private.search_words, private.findable_words,
  private.search_document to authenticated, service_role;
