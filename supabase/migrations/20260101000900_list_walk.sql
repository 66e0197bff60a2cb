-- How a list finds the rows of a page. Text search, arrays and jsonb are not leakproof: under row-level security Postgres does not use their indexes. So these
-- functions run for a definer function that has checked the membership, give ids, and the caller reads the rows of these ids under the policies.
--
-- There are two ways to find rows. A walk follows the index of the sort and tests each row: good when many match. A gather takes all that match from the index
-- of what is looked for, and sorts: good when few match. Which of the two is decided by walking a little first; the planner is not asked, because it takes
-- conditions for independent and rows for evenly spread, and walks a million rows for ten.

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
  id_type text,
  has_nulls boolean,
  -- what was typed: a query for each word; empty when there is no search
  words tsquery[]
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
  return (
    select coalesce(string_agg(format(
      case listing.list when 'contacts' then ' and (c.search @@ $4[%1$s] or o.search @@ $4[%1$s])' else ' and c.search @@ $4[%1$s]' end, n
    ), '' order by n), '')
    from generate_series(1, cardinality(listing.words)) as n
  );
end
$$;

-- SQL of the rows after `place` in the order of the list, or before it when `backward`, of one segment: those without nulls in the sort column or those with.
-- $5 is the place { k: sort key, i: id }.
create function private.ahead_sql(listing private.listing, place jsonb, backward boolean, of_nulls boolean)
returns text
language plpgsql immutable
set search_path = ''
as $$
declare
  direction text := case when (listing.direction = 'asc') = backward then 'desc' else 'asc' end;
  comparison text := case when direction = 'asc' then '>' else '<' end;
begin
  return format('select c.*, %1$s as key from %2$s where %3$s%4$s%5$s order by key %6$s, id %6$s', -- by key also where all are null: only so the index gives the order
    listing.key_sql, listing.from_sql, listing.scope_sql,
    case when listing.has_nulls then format(' and %s is %s null', listing.key_sql, case when not of_nulls then 'not' end) end,
    case
      when place is null or (place ->> 'k' is null) <> of_nulls then ''
      when of_nulls then format(' and c.id %s ($5 ->> ''i'')::%s', comparison, listing.id_type)
      else format(' and (%s, c.id) %s (($5 ->> ''k'')::%s, ($5 ->> ''i'')::%s)', listing.key_sql, comparison, listing.key_type, listing.id_type)
    end,
    direction
  );
end
$$;

-- SQL of those of the next $7 rows that match, at most $6, as (id, key, search); `ahead` is ahead_sql.
create function private.walk_sql(listing private.listing, ahead text)
returns text
language plpgsql immutable
set search_path = ''
as $$
declare
  ordered text := substring(ahead from ' order by key [a-z]+, id [a-z]+$');
begin
  if listing.list <> 'contacts' or listing.words = '{}' then
    return format('select c.id, c.key%s from (%s limit $7) as c where %s%s%s limit $6', case when listing.words <> '{}' then ', c.search' end, ahead,
      listing.conditions, private.words_sql(listing), ordered);
  end if;
  -- Contacts of one company often are neighbours: each company is looked at once, and only if its contact does not have the word.
  return format(
    'with passed as materialized (select c.id, c.company_id, c.key, c.search, %s as fits from (%s limit $7) as c)
    select c.id, c.key, c.search from passed as c where fits%s%s limit $6',
    listing.conditions, ahead, (
      select string_agg(format(' and (c.search @@ $4[%1$s] or c.company_id in (
        select f.id from public.companies f where f.id = any (array(select p.company_id from passed as p)) and f.search @@ $4[%1$s]
      ))', n), '' order by n) from generate_series(1, cardinality(listing.words)) as n
    ), ordered);
end
$$;

-- The next rows after `place` (null: from the start) in the order of the list, or before it when `backward`: [[id, key], …], at most `most`, found among the
-- next `budget` rows of each segment. Fewer than `most` may mean that the budget was used up.
create function private.walk(listing private.listing, place jsonb, backward boolean, most int, budget int)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  -- Nulls come last, so going backward they come first.
  segments boolean[] := case when not listing.has_nulls then '{false}' when backward then '{true,false}' else '{false,true}' end;
  -- Without conditions a walk that is not full has come to the end.
  only_passes boolean := listing.conditions = 'true' and listing.words = '{}';
  of_nulls boolean;
  ahead text;
  stopped_short boolean;
  found jsonb := '[]';
  more jsonb;
begin
  if listing.has_nulls and place is not null and (place ->> 'k' is null) <> backward then
    segments := segments[2:];
  end if;
  foreach of_nulls in array segments loop
    ahead := private.ahead_sql(listing, place, backward, of_nulls);
    execute format('select coalesce(jsonb_agg(jsonb_build_array(id, key)), ''[]'') from (%s) as matching', private.walk_sql(listing, ahead))
      into more using listing.filter, listing.workspace_id, listing.campaign_id, listing.words, place, most - jsonb_array_length(found), budget;
    found := found || more;
    exit when jsonb_array_length(found) >= most;
    if of_nulls is distinct from segments[cardinality(segments)] and not only_passes then
      execute format('select exists (%s offset $7 limit 1)', ahead) into stopped_short
        using listing.filter, listing.workspace_id, listing.campaign_id, listing.words, place, null, budget;
      exit when stopped_short; -- what is next is in this segment still
    end if;
  end loop;
  return found;
end
$$;
