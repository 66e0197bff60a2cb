-- Lists by relevance: the newest hits, at most 1,000, ranked; then all older hits, newest first. Ranking more would cost more than a page may take, and each
-- hit is still met exactly once.

-- Ranks hits: `matching` is SQL of theirs as (id, key, search). The newest `at_most` of them are the block: { hits: how many are in it, last: the place of its
-- oldest, total: how many match, rows: the best after `place` as [[id, key, score], …] }. A name that has all words scores 3, one with words that begin so 2.
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

-- The rows of a page by relevance, as find_rows. A place is { s, k, i } in the ranked block (score, created_at, id) or { k, i } after it; both carry how
-- the block was found and where it ends: { block: { by: 'walk' | 'gather', all: whether nothing is after it, k, i } }. Gives also `block`.
create function private.find_relevant(listing private.listing, place jsonb, most int)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  block jsonb := place -> 'block';
  of_block private.listing := listing;
  passed constant int := 1000;
  further float8;
  hits int;
  ranked jsonb;
  rows jsonb;
begin
  if block is null then
    ranked := private.rank(listing, private.walk_sql(listing, private.ahead_sql(listing, null, false, false)), null, most, 1000, passed);
    hits := (ranked ->> 'hits')::int;
    -- Rows to pass until there are a page of hits, if they go on as they began. Gathering costs several times as much a row.
    further := 1.3 * most * passed / nullif(hits, 0);
    if hits < most and further < 4.0 * private.rows_in_scope(listing) * hits / passed then
      ranked := private.rank(listing, private.walk_sql(listing, private.ahead_sql(listing, null, false, false)), null, most, 1000, further::int);
      hits := (ranked ->> 'hits')::int;
    end if;
    if hits >= most then
      block := ranked -> 'last' || '{"by": "walk", "all": false}';
      ranked := ranked - 'total'; -- of the rows it passed
    else
      ranked := private.rank(listing, private.gather_sql(listing, private.sample_of(listing)), null, most, 1000, null);
      block := coalesce(ranked -> 'last', '{}') || jsonb_build_object('by', 'gather', 'all', ranked -> 'total' = ranked -> 'hits');
    end if;
  elsif place ? 's' then
    -- Down to where the block ended when its first page was made: newer hits may have come since, none has left it for that.
    of_block.conditions := format('%s and (c.created_at, c.id) >= (%L::timestamptz, %L::uuid)', listing.conditions, block ->> 'k', block ->> 'i');
    ranked := private.rank(listing, case block ->> 'by'
      when 'walk' then private.walk_sql(of_block, private.ahead_sql(of_block, null, false, false))
      else private.gather_sql(of_block, private.sample_of(listing)) end, place, most, 10000, null);
  end if;
  rows := coalesce(ranked -> 'rows', '[]');
  if jsonb_array_length(rows) < most and not (block ->> 'all')::boolean then
    rows := rows || (private.find_rows(listing, case when ranked is null then place else block end, false, most - jsonb_array_length(rows)) -> 'rows');
  end if;
  return jsonb_build_object('rows', rows, 'total', ranked -> 'total', 'block', block);
end
$$;
