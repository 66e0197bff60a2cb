-- Lists by relevance: the newest hits, at most 1,000, ranked; then all older hits, newest first. Ranking more would cost more than a page may take, and each
-- hit is still met exactly once.

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
  hits jsonb;
  ranked jsonb;
  after jsonb;
  found jsonb;
  total int;
  sample private.sample;
  -- Rows to pass for a block that fills a page.
  budget float8;
begin
  if block is null then
    sample := private.sample_of(listing);
    budget := greatest(1500, 1.5 * most * 600 / nullif(sample.matching, 0));
    -- Gathering costs several times as much a row as passing one.
    if budget < 4.0 * private.rows_in_scope(listing) * sample.matching / 600 then
      hits := private.walk(listing, null, false, 1000, budget::int, sample);
    end if;
    if jsonb_array_length(hits) >= most then
      block := '{"by": "walk", "all": false}';
    else
      found := private.gather(listing, null, false, 1000, sample);
      hits := found -> 'rows';
      total := (found ->> 'total')::int;
      block := jsonb_build_object('by', 'gather', 'all', total <= 1000);
    end if;
    block := block || jsonb_build_object('k', hits -> -1 -> 1, 'i', hits -> -1 -> 0);
  elsif place ? 's' then
    -- Down to where the block ended when its first page was made: newer hits may have come since, none has left it for that.
    of_block.conditions := format('%s and (c.created_at, c.id) >= (%L::timestamptz, %L::uuid)', listing.conditions, block ->> 'k', block ->> 'i');
    hits := case when block ->> 'by' = 'walk' then private.walk(of_block, null, false, 10000, null) else private.gather(of_block, null, false, 10000) -> 'rows' end;
  end if;
  if hits is not null then
    select coalesce(jsonb_agg(hit order by score desc, created_at desc, id desc), '[]') into ranked from (
      select hit, (hit ->> 2)::int as score, (hit ->> 1)::timestamptz as created_at, (hit ->> 0)::uuid as id from jsonb_array_elements(hits) as h (hit)
      where place is null or ((hit ->> 2)::int, (hit ->> 1)::timestamptz, (hit ->> 0)::uuid)
        < ((place ->> 's')::int, (place ->> 'k')::timestamptz, (place ->> 'i')::uuid)
      order by 2 desc, 3 desc, 4 desc limit most
    ) as best;
    after := block;
  else
    ranked := '[]';
    after := place;
  end if;
  if jsonb_array_length(ranked) < most and not (block ->> 'all')::boolean then
    select ranked || coalesce(jsonb_agg(entry - 2), '[]') into ranked
    from jsonb_array_elements(private.find_rows(listing, after, false, most - jsonb_array_length(ranked)) -> 'rows') as r (entry);
  end if;
  return jsonb_build_object('rows', ranked, 'total', total, 'block', block);
end
$$;
