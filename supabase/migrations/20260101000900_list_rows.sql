-- How a list finds the rows of a page. Text search, arrays and jsonb are not leakproof: under row-level security Postgres does not use their indexes. So these
-- functions run for a definer function that has checked the membership, give ids, and the caller reads the rows of these ids under the policies.
--
-- There are two ways to find rows. A walk follows the index of the sort and tests each row: good when many match. A gather takes all that match from the index
-- of what is looked for, and sorts: good when few match. Which of the two is decided by walking a little first; the planner is not asked, because it takes
-- words for independent and rows for evenly spread, and walks a million rows for ten.

-- A list as a caller asked for it. All SQL in it is made of texts of ours. In it $1 is the filter, $2 the workspace, $3 the campaign (of jobs, the run), $4
-- the search.
create type private.listing as (
  list text,
  workspace_id uuid,
  campaign_id uuid,
  filter jsonb,
  sort text,
  direction text,
  -- 'public.contacts c', and which of its rows belong to the campaign or workspace
  from_sql text,
  scope_sql text,
  -- 'true' when the filter has nothing but a search
  conditions text,
  key_sql text,
  key_type text,
  id_type text,
  has_nulls boolean,
  -- what was typed: a query for each word, all of them as one, and the same for whole words only
  words tsquery[],
  search tsquery,
  whole_words tsquery
);

-- Fills in what the sort means. Lists of a workspace have two orders: each costs an index on every import.
create function private.sort_list(listing private.listing)
returns private.listing
language plpgsql immutable
set search_path = ''
as $$
begin
  listing.has_nulls := false;
  listing.id_type := 'uuid';
  listing.key_type := 'text';
  if listing.list in ('companies', 'contacts') and listing.campaign_id is null and listing.sort not in ('created_at', 'name', 'relevance') then
    perform private.fail('bad_sort', 400, 'A list of a whole workspace is sorted by name or created_at.');
  end if;
  case listing.list || '.' || listing.sort
    when 'companies.name', 'contacts.name', 'campaigns.name' then listing.key_sql := 'lower(c.name)';
    when 'companies.created_at', 'contacts.created_at', 'campaigns.created_at' then listing.key_sql := 'c.created_at'; listing.key_type := 'timestamptz';
    when 'companies.relevance', 'contacts.relevance' then listing.key_sql := 'c.created_at'; listing.key_type := 'timestamptz';
    when 'companies.updated_at', 'contacts.updated_at', 'campaigns.updated_at' then listing.key_sql := 'c.updated_at'; listing.key_type := 'timestamptz';
    when 'companies.research_status' then listing.key_sql := 'c.research_status'; listing.key_type := 'public.research_status';
    when 'companies.contact_count', 'campaigns.contact_count' then listing.key_sql := 'c.contact_count'; listing.key_type := 'int';
    when 'campaigns.company_count' then listing.key_sql := 'c.company_count'; listing.key_type := 'int';
    when 'jobs.id' then listing.key_sql := 'c.id'; listing.key_type := 'bigint'; listing.id_type := 'bigint';
    when 'companies.domain' then listing.key_sql := 'c.domain'; listing.has_nulls := true;
    when 'companies.industry' then listing.key_sql := 'lower(c.industry)'; listing.has_nulls := true;
    when 'companies.country' then listing.key_sql := 'lower(c.country)'; listing.has_nulls := true;
    when 'contacts.title' then listing.key_sql := 'lower(c.title)'; listing.has_nulls := true;
    when 'contacts.email' then listing.key_sql := 'lower(c.email)'; listing.has_nulls := true;
    else perform private.fail('bad_sort', 400, 'This list cannot be sorted by this column.');
  end case;
  return listing;
end
$$;

-- Whether a row matches everything, as a condition that is tested row by row. Contacts are found by their company's words as well, word by word: "jane acme".
create function private.match_sql(listing private.listing)
returns text
language sql immutable
set search_path = ''
as $$
  select listing.conditions || case
    when listing.search is null then ''
    when listing.list <> 'contacts' then ' and c.search @@ $4'
    when cardinality(listing.words) = 1 then ' and (c.search @@ $4 or (select o.search @@ $4 from public.companies o where o.id = c.company_id))'
    else ' and (c.search @@ $4 or (select (c.search || o.search) @@ $4 from public.companies o where o.id = c.company_id))'
  end
$$;

-- How high a hit ranks: 3 when the name has all words, 2 when its words begin so, 1 otherwise.
create function private.score_sql(listing private.listing)
returns text
language sql immutable
set search_path = ''
as $$
  select case when listing.sort = 'relevance'
    then 'case when ts_filter(c.search, ''{a}'') @@ $7 then 3 when ts_filter(c.search, ''{a}'') @@ $4 then 2 else 1 end' else '0' end
$$;

-- The next rows after `place` ({ k: sort key, i: id }, null: from the start) in the order of the list, or before it when `backward`: [[id, key, score], …],
-- at most `most`, found among the next `budget` rows of each segment (null: all of them).
create function private.walk(listing private.listing, place jsonb, backward boolean, most int, budget int)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  direction text := case when (listing.direction = 'asc') = backward then 'desc' else 'asc' end;
  comparison text := case when direction = 'asc' then '>' else '<' end;
  -- Nulls come last, so going backward they come first.
  segments boolean[] := case when not listing.has_nulls then '{false}' when backward then '{true,false}' else '{false,true}' end;
  of_nulls boolean;
  found jsonb := '[]';
  more jsonb;
begin
  if listing.has_nulls and place is not null and (place ->> 'k' is null) <> backward then
    segments := segments[2:];
  end if;
  foreach of_nulls in array segments loop
    execute format(
      'select coalesce(jsonb_agg(jsonb_build_array(id, key, score)), ''[]'') from (
        select id, key, score from (
          select c.id, %s as key, %s as matches, %s as score from %s where %s%s%s order by %s c.id %s limit $9
        ) as passed where matches limit $6
      ) as matching',
      listing.key_sql, private.match_sql(listing), private.score_sql(listing), listing.from_sql, listing.scope_sql,
      case when listing.has_nulls then format(' and %s is %s null', listing.key_sql, case when not of_nulls then 'not' end) end,
      case
        when place is null or (place ->> 'k' is null) <> of_nulls then ''
        when of_nulls then format(' and c.id %s ($5 ->> ''i'')::%s', comparison, listing.id_type)
        else format(' and (%s, c.id) %s (($5 ->> ''k'')::%s, ($5 ->> ''i'')::%s)', listing.key_sql, comparison, listing.key_type, listing.id_type)
      end,
      case when not of_nulls then format('%s %s,', listing.key_sql, direction) end, direction
    ) into more using listing.filter, listing.workspace_id, listing.campaign_id, listing.search, place, most - jsonb_array_length(found), listing.whole_words, null, budget;
    found := found || more;
    exit when jsonb_array_length(found) >= most;
  end loop;
  return found;
end
$$;

-- How many of the newest 300 rows each word that was typed is in.
create function private.sample_words(listing private.listing)
returns int[]
language plpgsql stable
set search_path = ''
as $$
declare
  counts int[];
begin
  execute format(
    'select array_agg(hits order by n) from (
      select n, count(*) filter (where newest.search @@ word) as hits
      from (select c.search from %s where %s order by c.created_at desc, c.id desc limit 300) as newest, unnest($1) with ordinality as w (word, n)
      group by n
    ) as sample',
    listing.from_sql, listing.scope_sql
  ) into counts using listing.words, listing.workspace_id, listing.campaign_id;
  return coalesce(counts, array_fill(0, array[cardinality(listing.words)]));
end
$$;

-- SQL of all rows that match, as (id, key, score), found by an index on what is rare: $8 is the word to find them by.
create function private.gather_sql(listing private.listing, by_word boolean)
returns text
language sql immutable
set search_path = ''
as $$
  select case
    when listing.search is null then format('select c.id, %s as key, 0 as score from %s where %s and %s', listing.key_sql, listing.from_sql, listing.scope_sql, listing.conditions)
    -- Not for an index: coalesce hides it.
    when not by_word then format('select c.id, %s as key, %s as score from %s where %s and coalesce(%s, false)', listing.key_sql, private.score_sql(listing),
      listing.from_sql, listing.scope_sql || ' and ' || listing.conditions, private.match_sql(listing))
    when listing.list = 'companies' then format('select c.id, %s as key, %s as score from public.companies c where %s and %s and c.search @@ $8 and c.search @@ $4',
      listing.key_sql, private.score_sql(listing), listing.scope_sql, listing.conditions)
    else format(
      'select c.id, %1$s as key, %2$s as score from public.contacts c where %3$s and c.search @@ $8 and %4$s
      union
      select c.id, %1$s, %2$s from public.companies o join public.contacts c on c.workspace_id = o.workspace_id and c.company_id = o.id
      where %5$s and o.search @@ $8 and %4$s',
      listing.key_sql, private.score_sql(listing), listing.scope_sql, private.match_sql(listing), replace(listing.scope_sql, 'c.', 'o.'))
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
  counts int[];
  rarest int := 1;
  answer jsonb;
begin
  if cardinality(listing.words) > 1 or listing.conditions <> 'true' then
    counts := private.sample_words(listing);
    select n into rarest from unnest(counts, listing.words) with ordinality as w (hits, word, n) order by hits, length(word::text) desc limit 1;
  end if;
  execute format(
    'with matching as materialized (%s)
    select jsonb_build_object(
      ''total'', (select count(*) from matching),
      ''rows'', (select coalesce(jsonb_agg(jsonb_build_array(id, key, score)), ''[]'') from (
        select id, key, score from matching where %s order by key is null%s, key %s, id %s limit $6
      ) as page)
    )',
    private.gather_sql(listing, listing.conditions = 'true' or counts[rarest] < 30),
    case
      when place is null then 'true'
      when place ->> 'k' is not null then format('((key, id) %s (($5 ->> ''k'')::%s, ($5 ->> ''i'')::%s)%s)', comparison, listing.key_type,
        listing.id_type, case when not backward then ' or key is null' end)
      else format('((key is null and id %s ($5 ->> ''i'')::%s)%s)', comparison, listing.id_type, case when backward then ' or key is not null' end)
    end,
    case when backward then ' desc' end, direction, direction
  ) into answer using listing.filter, listing.workspace_id, listing.campaign_id, listing.search, place, most, listing.whole_words, listing.words[rarest];
  return answer;
end
$$;

-- How many rows the list has without its filter: of companies, contacts and jobs the counters know.
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
    select sum(k.jobs) into rows_there from public.research_run_counters k where k.run_id = listing.campaign_id;
  else
    select sum(case listing.list when 'companies' then o.company_count else o.contact_count end) into rows_there from public.campaigns o
    where o.workspace_id = listing.workspace_id and (listing.campaign_id is null or o.id = listing.campaign_id) and o.state <> 'archived';
  end if;
  return coalesce(rows_there, 0);
end
$$;

-- The rows of a page: { rows: [[id, key, score], …], total: how many match in all, where finding the page has told }.
create function private.find_rows(listing private.listing, place jsonb, backward boolean, most int)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  budget int := 12 * most;
  found jsonb;
  matched int;
  further float8;
begin
  if listing.conditions = 'true' and listing.search is null then
    return jsonb_build_object('rows', private.walk(listing, place, backward, most, null));
  end if;
  if not listing.filter ?| '{ids,company_id}' then
    found := private.walk(listing, place, backward, most, budget);
    matched := jsonb_array_length(found);
    if matched = most then
      return jsonb_build_object('rows', found);
    end if;
    -- Rows to pass until the page is full, if they go on as they began; worth it when that is fewer than all that match.
    further := most * budget / nullif(matched, 0);
    if further < private.rows_in_scope(listing) * (matched::float8 / budget) then
      found := private.walk(listing, place, backward, most, (2 * further)::int);
      if jsonb_array_length(found) = most then
        return jsonb_build_object('rows', found);
      end if;
    end if;
  end if;
  return private.gather(listing, place, backward, most);
end
$$;
