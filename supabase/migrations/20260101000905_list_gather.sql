-- The other way to find rows, where few match: all of them by index, then sorted; and the choice between the two.

-- Looks at the newest 300 rows; for contacts at the newest 300 companies too, because the contacts of one company often are neighbours.
create function private.sample_of(listing private.listing)
returns private.sample
language plpgsql stable
set search_path = ''
as $$
declare
  counts text;
  sample private.sample;
  of_contacts int[];
begin
  if listing.words = '{}' then
    return null;
  end if;
  select 'array[' || string_agg(format('count(*) filter (where c.search @@ $4[%s])', n), ', ' order by n) || ']::int[]' into counts
  from generate_series(1, cardinality(listing.words)) as n;
  execute format(
    'with newest as materialized (select c.* from %4$s where %5$s order by c.created_at desc, c.id desc limit 300)
    select count(*) filter (where %1$s%2$s), count(*) filter (where %1$s), %3$s from newest as c',
    listing.conditions, case listing.list when 'contacts' then ( -- each company is looked at once
      select string_agg(format(' and (c.search @@ $4[%1$s] or c.company_id in (
        select o.id from public.companies o where o.id = any (array(select n.company_id from newest as n)) and o.search @@ $4[%1$s]))', n), '' order by n)
      from generate_series(1, cardinality(listing.words)) as n
    ) else private.words_sql(listing) end,
    counts, listing.from_sql, listing.scope_sql || case when listing.sort = 'relevance' then listing.key_conditions else '' end
  ) into sample using listing.filter, listing.workspace_id, listing.campaign_id, listing.words;
  if listing.list = 'contacts' then
    of_contacts := sample.having_word;
    execute format('select %s from (select c.search from public.companies c where %s order by c.created_at desc, c.id desc limit 300) as c', counts, listing.scope_sql)
      into sample.by_company using listing.filter, listing.workspace_id, listing.campaign_id, listing.words;
    sample.having_word := array(select least(w.own + w.by_company, 300) from unnest(of_contacts, sample.by_company) with ordinality as w (own, by_company, n) order by w.n);
  end if;
  return sample;
end
$$;

-- What was typed as it was meant: a word that none of the newest rows has may be a typo. Takes the list's sample.
create function private.mean_words(listing private.listing)
returns private.listing
language plpgsql stable
set search_path = ''
as $$
declare
  typed tsquery[] := listing.words;
begin
  listing.sample := private.sample_of(listing);
  for n in 1 .. cardinality(typed) loop
    if (listing.sample).having_word[n] = 0 then
      listing.words[n] := private.meant_query(listing.workspace_id, typed[n]);
    end if;
  end loop;
  if listing.words <> typed then
    listing.sample := private.sample_of(listing);
  end if;
  return listing;
end
$$;

-- The share of rows that gathering would look at: those that have the rarest word, or match the filter if that is rarer.
create function private.rarest_share(sample private.sample)
returns float8
language plpgsql immutable
set search_path = ''
as $$
begin
  return least(sample.by_filter, (select min(n) from unnest(sample.having_word) as n)) / 300.0;
end
$$;

-- SQL of all rows that match, as (id, key, search), found by what is rare; `words` are $4.
create function private.gather_sql(listing private.listing)
returns text
language plpgsql immutable
set search_path = ''
as $$
declare
  selected text := format('select c.id, %s as key, %s as search from ', listing.key_sql, case when listing.sort = 'relevance' then 'c.search' else 'null::tsvector' end);
  of_company text := regexp_replace(listing.found_sql, '\mc\.', 'o.', 'g');
  flags text := case when listing.flags_are_common then '' else private.flag_conditions(listing.list, listing.filter) end;
  rarest int;
  hits int;
  by_company int;
  branches text;
begin
  select w.n, w.hits, sum(w.by_company) over () into rarest, hits, by_company
  from unnest((listing.sample).having_word, (listing.sample).by_company, listing.words) with ordinality as w (hits, by_company, word, n)
  order by w.hits, length(w.word::text) desc limit 1;
  if listing.words = '{}' then
    return format('%s %s where %s and %s', selected, listing.from_sql, listing.found_sql, listing.conditions || flags);
  end if;
  -- By the filter: words are tested on what it found, kept apart so that no index is looked through for them.
  if listing.conditions <> 'true' and hits > 0 and hits >= (listing.sample).by_filter then
    return format('%s (select c.* from %s where %s and %s offset 0) as c%s where true%s', selected, listing.from_sql, listing.found_sql, listing.conditions || flags,
      private.company_join(listing), private.words_sql(listing));
  end if;
  if listing.list <> 'contacts' then
    return format('%s %s where %s and %s%s', selected, listing.from_sql, listing.found_sql, listing.conditions || flags, private.words_sql(listing));
  end if;
  if by_company <= hits * 1.5 or listing.sample is null then
    -- Contacts that have all words themselves, and for each word the contacts of companies that have it while they do not; no contact is in two of these. The
    -- index is asked for the rarest word alone: testing its rows is sooner done than looking through all that begins like another.
    select string_agg(format(' union all %1$s (select o.id, o.workspace_id, o.search from public.companies o where %2$s and o.search @@ $4[%3$s] offset 0) as o
      cross join lateral (select c.* from public.contacts c where c.workspace_id = o.workspace_id and c.company_id = o.id offset 0) as c where %4$s and not c.search @@ $4[%3$s]%5$s',
      selected, of_company, n, listing.conditions, (
        select string_agg(case when i < n then format(' and c.search @@ $4[%s]', i) else format(' and (c.search @@ $4[%1$s] or o.search @@ $4[%1$s])', i) end, '')
        from generate_series(1, cardinality(listing.words)) as i where i <> n
      )), '' order by n)
    into branches from generate_series(1, cardinality(listing.words)) as n;
    return format('%s (select c.* from public.contacts c where %s and %s and c.search @@ $4[%s] offset 0) as c where true%s', selected, listing.found_sql,
      listing.conditions || flags, rarest, (select string_agg(format(' and c.search @@ $4[%s]', n), '') from generate_series(1, cardinality(listing.words)) as n where n <> rarest)
    ) || branches;
  end if;
  -- Contacts that have the rarest word, themselves or by their company, and of these those that have the others.
  return format(
    '%1$s (select c.* from public.contacts c where %2$s and %3$s and c.search @@ $4[%4$s] offset 0) as c join public.companies o on o.id = c.company_id where true%5$s
    union all
    %1$s (select o.id, o.workspace_id, o.search from public.companies o where %6$s and o.search @@ $4[%4$s] offset 0) as o
    cross join lateral (select c.* from public.contacts c where c.workspace_id = o.workspace_id and c.company_id = o.id offset 0) as c where %3$s and not c.search @@ $4[%4$s]%5$s',
    selected, listing.found_sql, listing.conditions || flags, rarest, private.words_sql(listing), of_company
  );
end
$$;

-- As walk, over all rows that match, and how many these are: { rows, total }.
create function private.gather(listing private.listing, place jsonb, backward boolean, most int)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  direction text := case when (listing.direction = 'asc') = backward then 'desc' else 'asc' end;
  comparison text := case when direction = 'asc' then '>' else '<' end;
  answer jsonb;
begin
  execute format(
    'with matching as materialized (%s)
    select jsonb_build_object(
      ''total'', (select count(*) from matching),
      ''rows'', (select coalesce(jsonb_agg(jsonb_build_array(id, key)), ''[]'') from (
        select id, key from matching where %s order by key is null%s, key %s, id %s limit $6
      ) as page)
    )',
    private.gather_sql(listing),
    case
      when place is null then 'true'
      when place ->> 'k' is not null then format('((key, id) %s (($5 ->> ''k'')::%s, ($5 ->> ''i'')::%s)%s)', comparison, listing.key_type,
        listing.id_type, case when not backward then ' or key is null' end)
      else format('((key is null and id %s ($5 ->> ''i'')::%s)%s)', comparison, listing.id_type, case when backward then ' or key is not null' end)
    end,
    case when backward then ' desc' end, direction, direction
  ) into answer using listing.filter, listing.workspace_id, listing.campaign_id, listing.words, place, most;
  return answer;
end
$$;

-- How many rows the list has without its filter: of companies, contacts and jobs the counters know. Those of campaigns that are archived, or on the way there
-- or back, do not count.
create function private.rows_in_scope(listing private.listing)
returns bigint
language plpgsql stable
set search_path = ''
as $$
declare
  rows_there bigint;
begin
  if listing.list = 'campaigns' then
    select count(*) into rows_there from public.campaigns o where o.workspace_id = listing.workspace_id;
  elsif listing.list = 'jobs' then
    select sum(k.jobs) into rows_there from public.research_run_counters k
    join public.research_runs r on r.id = k.run_id join public.campaigns o on o.id = r.campaign_id
    where k.run_id = listing.campaign_id and o.state = 'active';
  else
    select sum(case listing.list when 'companies' then o.company_count else o.contact_count end) into rows_there from public.campaigns o
    where o.workspace_id = listing.workspace_id and (listing.campaign_id is null or o.id = listing.campaign_id) and o.state = 'active';
  end if;
  return coalesce(rows_there, 0);
end
$$;

-- The rows of a page: { rows: [[id, key], …], total: how many match in all, where finding the page has told }.
create function private.find_rows(listing private.listing, place jsonb, backward boolean, most int)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  here jsonb := place;
  step int := 2 * most;
  passed int := 0;
  rows jsonb := '[]';
  walked jsonb;
  missing int;
  met int;
  scope bigint;
  further float8;
begin
  if listing.conditions = 'true' and listing.words = '{}' then
    return jsonb_build_object('rows', private.walk(listing, place, backward, most) -> 'rows');
  end if;
  listing.sample := coalesce(listing.sample, private.sample_of(listing));
  while not listing.filter ?| '{ids,company_id}' loop
    walked := private.walk(listing, here, backward, step);
    rows := rows || (walked -> 'rows');
    missing := most - jsonb_array_length(rows);
    if missing <= 0 or (walked ->> 'ended')::boolean then
      return jsonb_build_object('rows', private.first_rows(rows, most));
    end if;
    here := walked -> 'last';
    passed := passed + step;
    listing.flags_are_common := coalesce(listing.flags_are_common, listing.words = '{}' and (walked ->> 'flagged')::int * 4 > step);
    -- Rows to pass until the page is full, if they go on as those of the last step; worth it while that is fewer than all that match. Each step at least
    -- doubles what was passed, because the first few rows may mislead; a single one among them is followed by no more than that.
    met := jsonb_array_length(walked -> 'rows');
    exit when met = 0;
    further := 1.3 * missing * step / met;
    scope := coalesce(scope, private.rows_in_scope(listing));
    exit when further >= scope * (met::float8 / step);
    step := case when met = 1 then passed else greatest(passed, least(further, 4.0 * passed))::int end;
  end loop;
  return private.gather(listing, place, backward, most);
end
$$;
