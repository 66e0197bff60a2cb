-- How a list finds the rows of a page. Text search, arrays and jsonb are not leakproof: under row-level security Postgres does not use their indexes. So these
-- functions run for a definer function that has checked the membership, give ids, and the caller reads the rows of these ids under the policies.
--
-- There are two ways to find rows. A walk follows the index of the sort and tests each row: good when many match. A gather takes all that match from the index
-- of what is looked for, and sorts: good when few match. Which of the two is decided by walking a little first; the planner is not asked, because it takes
-- conditions for independent and rows for evenly spread, and walks a million rows for ten.

-- What the newest 300 rows tell of a search: how many of them match, how many do but for the words, how many have each word (a contact also by its company),
-- and how many have it by the company.
create type private.sample as (hits int, by_filter int, having_word int[], by_company int[]);

-- A list as a caller asked for it. All SQL in it is made of texts of ours. In it $1 is the filter, $2 the workspace, $3 the campaign (of jobs, the run), $4
-- the words.
create type private.listing as (
  list text,
  workspace_id uuid,
  campaign_id uuid,
  filter jsonb,
  sort text,
  direction text,
  -- 'public.contacts c', and which of its rows are the list's: for the indexes of sorts, and for the one that finds what is rare
  from_sql text,
  scope_sql text,
  found_sql text,
  -- 'true' when the filter has nothing but a search
  conditions text,
  key_sql text,
  key_type text,
  -- what the filter says of the sort column: a walk then passes only such rows
  key_conditions text,
  id_type text,
  has_nulls boolean,
  -- what was typed: a query for each word; empty when there is no search
  words tsquery[],
  -- of a search, where one was taken
  sample private.sample,
  -- whether most rows pass the filter's yes-or-no conditions, so that looking them up costs more than testing them
  flags_are_common boolean
);

-- Fills in what the sort means. Lists of a workspace have two orders: each costs an index on every import.
create function private.sort_list(listing private.listing)
returns private.listing
language plpgsql immutable
set search_path = ''
as $$
begin
  listing.words := coalesce(listing.words, '{}');
  listing.has_nulls := false;
  listing.id_type := 'uuid';
  listing.key_type := 'text';
  listing.key_conditions := concat(
    case when listing.sort = 'country' and listing.filter ? 'country'
      then ' and lower(c.country) = any (array(select lower(v) from unnest(private.text_array($1 -> ''country'')) as v))' end,
    case when listing.sort = 'research_status' and listing.filter ? 'status'
      then ' and c.research_status = any (private.text_array($1 -> ''status'')::public.research_status[])' end,
    case when listing.sort in ('created_at', 'relevance') and listing.filter ? 'created_after' then ' and c.created_at >= ($1 ->> ''created_after'')::timestamptz' end,
    case when listing.sort in ('created_at', 'relevance') and listing.filter ? 'created_before' then ' and c.created_at < ($1 ->> ''created_before'')::timestamptz' end,
    case when listing.sort = 'updated_at' and listing.filter ? 'updated_after' then ' and c.updated_at >= ($1 ->> ''updated_after'')::timestamptz' end,
    case when listing.sort = 'updated_at' and listing.filter ? 'updated_before' then ' and c.updated_at < ($1 ->> ''updated_before'')::timestamptz' end
  );
  if listing.direction not in ('asc', 'desc') then
    perform private.fail('bad_sort', 400, 'The direction is asc or desc.');
  end if;
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

-- The join that words_sql needs.
create function private.company_join(listing private.listing)
returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  return case when listing.list = 'contacts' and listing.words <> '{}' then ' join public.companies o on o.id = c.company_id' else '' end;
end
$$;

-- A condition on a row `c`, of contacts with its company `o`: each word is in it, of a contact in it or in its company: "jane acme".
create function private.words_sql(listing private.listing)
returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  return case when listing.words <> '{}' then (
    select string_agg(format(
      case listing.list when 'contacts' then ' and (c.search @@ $4[%1$s] or o.search @@ $4[%1$s])' else ' and c.search @@ $4[%1$s]' end, n
    ), '' order by n)
    from generate_series(1, cardinality(listing.words)) as n
  ) else '' end;
end
$$;

-- SQL of the rows after `place` in the order of the list, or before it when `backward`, of one segment: those without nulls in the sort column or those with.
-- $5 is the place { k: sort key, i: id }; `selected` are columns, the id among them, besides the key.
create function private.ahead_sql(listing private.listing, place jsonb, backward boolean, of_nulls boolean, selected text default 'c.*')
returns text
language plpgsql immutable
set search_path = ''
as $$
declare
  direction text := case when (listing.direction = 'asc') = backward then 'desc' else 'asc' end;
  comparison text := case when direction = 'asc' then '>' else '<' end;
begin
  return format('select %7$s, %1$s as key from %2$s where %3$s%4$s%5$s order by key %6$s, id %6$s', -- by key also where all are null: only so the index gives the order
    listing.key_sql, listing.from_sql, listing.scope_sql || listing.key_conditions,
    case when listing.has_nulls then format(' and %s is %s null', listing.key_sql, case when not of_nulls then 'not' end) end,
    case
      when place is null or (place ->> 'k' is null) <> of_nulls then ''
      when of_nulls then format(' and c.id %s ($5 ->> ''i'')::%s', comparison, listing.id_type)
      else format(' and (%s, c.id) %s (($5 ->> ''k'')::%s, ($5 ->> ''i'')::%s)', listing.key_sql, comparison, listing.key_type, listing.id_type)
    end,
    direction, selected
  );
end
$$;

-- SQL of the next $7 rows (ahead_sql) as (id, key, search, fits, flagged): whether each matches, and whether it passes the yes-or-no conditions.
create function private.passed_sql(listing private.listing, place jsonb, backward boolean, of_nulls boolean)
returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  if listing.list <> 'contacts' or listing.words = '{}' then
    return private.ahead_sql(listing, place, backward, of_nulls, format('c.id, %s as search, %s%s as fits, true%s as flagged',
      case when listing.words = '{}' then 'null::tsvector' else 'c.search' end, listing.conditions, private.words_sql(listing),
      private.flag_conditions(listing.list, listing.filter))) || ' limit $7';
  end if;
  -- Contacts of one company often are neighbours: each company is looked at once, and only if its contact does not have the word. A word that no company in
  -- the sample has is looked up instead.
  return format(
    'with passed as materialized (select c.id, c.company_id, c.key, c.search, %s as fits from (%s limit $7) as c)
    select c.id, c.key, c.search, c.fits%s as fits, null::boolean as flagged from passed as c',
    listing.conditions, private.ahead_sql(listing, place, backward, of_nulls), (
      select string_agg(format(' and (c.search @@ $4[%s] or c.company_id in (select f.id from public.companies f where %s and f.search @@ $4[%s]))', n,
        case (listing.sample).by_company[n] when 0 then regexp_replace(listing.found_sql, '\mc\.', 'f.', 'g')
          else 'f.id = any (array(select p.company_id from passed as p where p.fits))' end, n), '' order by n)
      from generate_series(1, cardinality(listing.words)) as n
    ));
end
$$;

-- Walks over the next `budget` rows after `place` (null: from the start) in the order of the list, or before it when `backward`: { rows: those that match as
-- [[id, key], …], passed: how many it walked over, flagged: how many of these pass the yes-or-no conditions, last: the place of the last of them, ended:
-- whether there are no more }.
create function private.walk(listing private.listing, place jsonb, backward boolean, budget int)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  -- Nulls come last, so going backward they come first.
  segments boolean[] := case when not listing.has_nulls then '{false}' when backward then '{true,false}' else '{false,true}' end;
  of_nulls boolean;
  rows jsonb := '[]';
  passed int := 0;
  flagged int := 0;
  last jsonb := place;
  more jsonb;
  passed_here int;
  flagged_here int;
  last_here jsonb;
begin
  if listing.has_nulls and place is not null and (place ->> 'k' is null) <> backward then
    segments := segments[2:];
  end if;
  foreach of_nulls in array segments loop
    execute format(
      'select coalesce(jsonb_agg(jsonb_build_array(id, key)) filter (where fits), ''[]''), count(*), count(*) filter (where flagged),
        jsonb_build_object(''k'', (array_agg(key))[count(*)::int], ''i'', (array_agg(id))[count(*)::int])
      from (%s) as passed', private.passed_sql(listing, place, backward, of_nulls)
    ) into more, passed_here, flagged_here, last_here using listing.filter, listing.workspace_id, listing.campaign_id, listing.words, place, null, budget - passed;
    rows := rows || more;
    passed := passed + passed_here;
    flagged := flagged + flagged_here;
    last := case when passed_here > 0 then last_here else last end;
    exit when passed >= budget;
  end loop;
  return jsonb_build_object('rows', rows, 'passed', passed, 'flagged', flagged, 'last', last, 'ended', passed < budget);
end
$$;

-- The first `most` of found rows.
create function private.first_rows(rows jsonb, most int)
returns jsonb
language plpgsql immutable
set search_path = ''
as $$
begin
  return case when jsonb_array_length(rows) <= most then rows
    else jsonb_path_query_array(rows, '$[0 to $last]', jsonb_build_object('last', most - 1)) end;
end
$$;
