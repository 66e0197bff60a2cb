-- Lists by relevance: a few hits that are called exactly what was typed; the newest hits, at most 1,000, ranked; then all older hits, newest first. Ranking more
-- would cost more than a page may take, and each hit is still met exactly once.

-- Rows that have what was typed for a name, or for their web address (companies) or e-mail address (contacts) if it may be one: the first hundred by each. The
-- statements are static, because planning them anew would take longer than they do; indexes of sorts serve them.
create function private.called_exactly(list text, workspace_id uuid, campaign_id uuid, typed text)
returns uuid[]
language plpgsql stable
set search_path = ''
as $$
declare
  campaign_ids uuid[] := array[called_exactly.campaign_id];
  typed_address text := case list when 'contacts' then case when typed like '%_@_%' then typed end
    else case when typed like '%_._%' then private.normalize_domain(private.typed_host(typed)) end end;
  found_rows uuid[];
begin
  if campaign_id is null and typed_address is not null then -- addresses of a whole workspace have no index
    campaign_ids := array(select s.id from public.campaigns s where s.workspace_id = called_exactly.workspace_id);
  end if;
  if list = 'contacts' and campaign_id is null then
    found_rows := array(select c.id from public.contacts c where c.workspace_id = called_exactly.workspace_id and lower(c.name) = typed order by c.id limit 100);
  elsif list = 'contacts' then
    found_rows := array(select c.id from public.contacts c where c.campaign_id = called_exactly.campaign_id and lower(c.name) = typed order by c.id limit 100);
  elsif campaign_id is null then
    found_rows := array(select c.id from public.companies c where c.workspace_id = called_exactly.workspace_id and lower(c.name) = typed order by c.id limit 100);
  else
    found_rows := array(select c.id from public.companies c where c.campaign_id = called_exactly.campaign_id and lower(c.name) = typed order by c.id limit 100);
  end if;
  if typed_address is null then
    return found_rows;
  elsif list = 'contacts' then
    return found_rows || array(
      select c.id from public.contacts c where c.campaign_id = any (campaign_ids) and lower(c.email) = typed_address and c.id <> all (found_rows) order by c.id limit 100);
  else
    return found_rows || array(
      select c.id from public.companies c where c.campaign_id = any (campaign_ids) and c.domain = typed_address and c.id <> all (found_rows) order by c.id limit 100);
  end if;
end
$$;

-- The newest hits that are called exactly what was typed, as [[id, key, score], …]; at most `most`. Most rows that begin alike would be in the way of ranking them.
create function private.find_exact(listing private.listing, most int)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  found_rows uuid[] := private.called_exactly(listing.list, listing.workspace_id, listing.campaign_id, lower(private.clean_text(listing.filter ->> 'q')));
  rows jsonb;
begin
  if found_rows = '{}' then
    return '[]';
  end if;
  execute format(
    'select coalesce(jsonb_agg(jsonb_build_array(r.id, r.created_at, 4)), ''[]'') from (
      select c.id, c.created_at from (select c.* from %s where c.id = any ($5) offset 0) as c%s where %s%s order by c.created_at desc, c.id desc limit $6
    ) as r', listing.from_sql, private.company_join(listing), listing.conditions, private.words_sql(listing)
  ) into rows using listing.filter, listing.workspace_id, listing.campaign_id, listing.words, found_rows, most;
  return rows;
end
$$;

-- SQL of the hits among the newest $7 rows, as (id, key, search).
create function private.newest_hits_sql(listing private.listing)
returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  return format('select id, key, search from (%s) as passed where fits', private.passed_sql(listing, null, false, false));
end
$$;

-- Ranks hits: `matching` is SQL of theirs as (id, key, search). The newest `at_most` of them are the block: { hits: how many are in it, first and last: the places of its
-- newest and oldest, total: how many match, rows: the best after `place` as [[id, key, score], …] }. A name that has all words scores 3, one with words that begin so 2.
create function private.rank(listing private.listing, matching text, place jsonb, most int, at_most int, budget int)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  all_words tsquery := private.all_words(listing.words);
  answer jsonb;
begin
  execute format(
    'with matching as materialized (%s),
    block as materialized (select * from matching order by key desc, id desc limit $6),
    scored as (
      select id, key, case when not names @@ $8 then 1 when names @@ $9 then 3 else 2 end as score
      from (select id, key, ts_filter(search, ''{a}'') as names from block offset 0) as named
    )
    select jsonb_build_object(
      ''hits'', (select count(*) from block),
      ''total'', (select count(*) from matching),
      ''first'', (select jsonb_build_object(''k'', key, ''i'', id) from block order by key desc, id desc limit 1),
      ''last'', (select jsonb_build_object(''k'', key, ''i'', id) from block order by key, id limit 1),
      ''rows'', (select coalesce(jsonb_agg(jsonb_build_array(id, key, score)), ''[]'') from (
        select * from scored where %s order by score desc, key desc, id desc limit $10
      ) as best)
    )',
    matching,
    case when place is null then 'true' else '(score, key, id) < (($5 ->> ''s'')::int, ($5 ->> ''k'')::timestamptz, ($5 ->> ''i'')::uuid)' end
  ) into answer using listing.filter, listing.workspace_id, listing.campaign_id, listing.words, place, at_most, budget, all_words,
    replace(all_words::text, ':*', '')::tsquery, most;
  return answer;
end
$$;

-- The list but for rows that came before.
create function private.without(listing private.listing, ids jsonb)
returns private.listing
language plpgsql immutable
set search_path = ''
as $$
begin
  if ids <> '[]' then
    listing.conditions := format('%s and c.id <> all (%L::uuid[])', listing.conditions, private.text_array(ids));
  end if;
  return listing;
end
$$;

-- The rows of a page by relevance, as find_rows. A place is { s, k, i } in the ranked block (score, created_at, id) or { k, i } after it; both carry how
-- the block was found, where it ends and begins, and which exact hits came before it: { block: { by: 'walk' | 'gather', all: whether nothing is after it, k, i,
-- first: { k, i }, exact: [id, …] } }. Gives also `block`, and `short` when
-- more rows may match than were looked for: of words that are each frequent and rarely together, a first page shows what the newest rows have.
create function private.find_relevant(listing private.listing, place jsonb, most int)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  block jsonb := place -> 'block';
  of_block private.listing;
  is_frequent boolean;
  hits int;
  short boolean := false;
  exact jsonb := '[]';
  ranked jsonb;
  rows jsonb;
begin
  listing.sample := coalesce(listing.sample, private.sample_of(listing));
  if block is null then
    exact := private.find_exact(listing, least(10, most - 1));
  end if;
  listing := private.without(listing, coalesce(block -> 'exact', jsonb_path_query_array(exact, '$[*][0]')));
  if block is null then
    -- Gathering takes a few microseconds a row, too long for typing if they are many. Then the newest rows are walked over, as many as should give a page of
    -- hits if all are like the sample.
    is_frequent := private.rarest_share(listing.sample) * private.rows_in_scope(listing) > case listing.list when 'companies' then 1000 else 2500 end;
    if is_frequent then
      ranked := private.rank(listing, private.newest_hits_sql(listing), null, most, 1000,
        greatest(1000, least(2500, ceil(1.3 * most * 300 / nullif((listing.sample).hits, 0))))::int);
    end if;
    hits := (ranked ->> 'hits')::int;
    if hits > 0 then
      block := ranked -> 'last' || '{"by": "walk", "all": false}' || jsonb_build_object('first', ranked -> 'first');
      ranked := ranked - 'total'; -- of the rows it passed
      short := hits + jsonb_array_length(exact) < most;
    else
      ranked := private.rank(listing, private.gather_sql(listing), null, most, 1000, null);
      block := coalesce(ranked -> 'last', '{}') || jsonb_build_object('by', 'gather', 'all', ranked -> 'total' = ranked -> 'hits', 'first', ranked -> 'first');
    end if;
    if exact <> '[]' then
      block := block || jsonb_build_object('exact', jsonb_path_query_array(exact, '$[*][0]'));
      ranked := ranked || jsonb_build_object('total', (ranked ->> 'total')::int + jsonb_array_length(exact));
    end if;
  elsif place ? 's' then
    -- What the block had when its first page was made: newer hits may have come since, none has left it for that.
    of_block := listing;
    of_block.key_conditions := listing.key_conditions || format(
      ' and (c.created_at, c.id) >= (%L::timestamptz, %L::uuid) and (c.created_at, c.id) <= (%L::timestamptz, %L::uuid)',
      block ->> 'k', block ->> 'i', block #>> '{first,k}', block #>> '{first,i}');
    of_block.conditions := listing.conditions || of_block.key_conditions;
    ranked := private.rank(listing, case block ->> 'by'
      when 'walk' then private.newest_hits_sql(of_block) else private.gather_sql(of_block) end, place, most, 10000, null);
  end if;
  rows := exact || coalesce(ranked -> 'rows', '[]');
  if jsonb_array_length(rows) < most and not (block ->> 'all')::boolean and not short then
    rows := rows || (private.find_rows(listing, case when ranked is null then place else block end, false, most - jsonb_array_length(rows)) -> 'rows');
  end if;
  return jsonb_build_object('rows', rows, 'total', ranked -> 'total', 'block', block, 'short', short);
end
$$;
