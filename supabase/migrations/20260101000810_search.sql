-- Search: what was typed becomes text-search queries; a word that nothing begins with is taken for a typo of words that exist.

-- The words of names, titles, industries and countries in each workspace, for typos. Read from the rows in the background: an import does not wait for it, and
-- a word may be missing here for a minute, which costs no more than a suggestion. Words whose rows are gone stay: whether a word exists is asked of the rows.
create table private.lexemes (
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  word text not null collate "C",
  primary key (workspace_id, word)
);
create index lexemes_word_idx on private.lexemes using gin (workspace_id, word extensions.gin_trgm_ops);
alter table private.lexemes enable row level security;

-- Until when the names of a campaign's rows have been read into lexemes.
create table private.lexeme_marks (
  campaign_id uuid primary key references public.campaigns (id) on delete cascade,
  companies_read timestamptz not null default '-infinity',
  contacts_read timestamptz not null default '-infinity'
);
alter table private.lexeme_marks enable row level security;

-- A time before which nothing is added to any row's updated_at any more, which is the time its transaction began: all that began before have ended. At least
-- `margin` ago, for whoever may not see the transactions of others, and at most an hour: who holds one open for longer must not stop everything.
create function private.settled_until(margin interval)
returns timestamptz
language sql
set search_path = ''
as $$
  select greatest(least(now() - margin, min(a.xact_start)), now() - interval '1 hour')
  from pg_stat_activity a
  where a.pid <> pg_backend_pid() and a.backend_type not in ('autovacuum worker', 'walsender')
$$;

-- Notes the words of rows of a campaign that changed after `since` and before `settled`, at most about `most` of them, the earliest first. Returns how many
-- rows it read, and until when; rows of one transaction share their updated_at and are read together.
create function private.read_words(
  list text, campaign public.campaigns, since timestamptz, settled timestamptz, most int, out seen int, out until timestamptz
)
language plpgsql
set search_path = ''
as $$
begin
  execute format('select max(updated_at), count(*) from (
    select updated_at from public.%I where campaign_id = $1 and updated_at > $2 and updated_at < $3 order by updated_at limit $4
  ) as batch', list) into until, seen using campaign.id, since, settled, most;
  if seen = 0 then
    return;
  end if;
  insert into private.lexemes (workspace_id, word)
  select campaign.workspace_id, stat.word
  from ts_stat(format('select search from public.%I where campaign_id = %L and updated_at > %L and updated_at <= %L', list, campaign.id, since, until), 'ab') as stat
  where stat.word ~ '^[^=]{3,40}$'
  order by stat.word
  on conflict do nothing;
end
$$;

-- Reads the names of a campaign's rows that changed since they were read last and before `settled`, about `most` of each list. Returns how many rows it read.
-- One transaction at a time (read_lexemes).
create function private.read_campaign_lexemes(campaign_id uuid, settled timestamptz, most int)
returns int
language plpgsql
set search_path = ''
as $$
declare
  mark private.lexeme_marks;
  campaign public.campaigns;
  companies record;
  contacts record;
begin
  select * into mark from private.lexeme_marks m where m.campaign_id = read_campaign_lexemes.campaign_id;
  select * into campaign from public.campaigns c where c.id = mark.campaign_id;
  if campaign.id is null then
    return 0;
  end if;
  companies := private.read_words('companies', campaign, mark.companies_read, settled, most);
  contacts := private.read_words('contacts', campaign, mark.contacts_read, settled, most);
  update private.lexeme_marks m
  set companies_read = coalesce(companies.until, m.companies_read), contacts_read = coalesce(contacts.until, m.contacts_read)
  where m.campaign_id = campaign.id and num_nonnulls(companies.until, contacts.until) > 0;
  return companies.seen + contacts.seen;
end
$$;

-- Reads names that are new or changed since, up to about `most` rows; those of the last `margin` wait. Campaigns come in any order: keeping turns would write
-- for each of them whenever there is nothing to read. Reads nothing while another transaction does.
create function private.read_lexemes(most int default 50000, margin interval default '30 seconds')
returns int
language plpgsql
set search_path = ''
as $$
declare
  settled timestamptz := private.settled_until(margin);
  waiting uuid;
  seen int := 0;
begin
  if not pg_try_advisory_xact_lock(hashtext('private.read_lexemes')) then
    return 0;
  end if;
  insert into private.lexeme_marks (campaign_id)
  select c.id from public.campaigns c where c.state = 'active' and not exists (select from private.lexeme_marks m where m.campaign_id = c.id)
  on conflict do nothing;
  for waiting in select m.campaign_id from private.lexeme_marks m order by random() limit 1000 loop
    seen := seen + private.read_campaign_lexemes(waiting, settled, most - seen);
    exit when seen >= most;
  end loop;
  return seen;
end
$$;

select cron.schedule('lexemes', '20 seconds', 'select private.read_lexemes()');

-- Words of the workspace that `word` may have been meant to be, or to begin: the nearest eight, by letters that differ. Words of up to three letters are not
-- corrected, longer ones by a letter, from six letters on by two.
create function private.corrections(workspace_id uuid, word text)
returns text[]
language sql stable
set search_path = ''
set plan_cache_mode = force_custom_plan -- one plan does not fit rare and frequent words
set enable_seqscan = off
as $$
  with candidates as (
    select l.word from private.lexemes l where l.workspace_id = corrections.workspace_id and l.word operator(extensions.%) corrections.word
    union
    -- Trigrams of short or unfinished words have little in common with what was meant; their first two letters have.
    (select l.word from private.lexemes l
    where l.workspace_id = corrections.workspace_id and l.word >= left(corrections.word, 2) collate "C"
      and l.word < left(corrections.word, 2) || U&'\+10FFFF' collate "C"
    limit 5000)
  ),
  measured as (
    select c.word, least(
      extensions.levenshtein_less_equal(corrections.word, c.word, 2),
      extensions.levenshtein_less_equal(corrections.word, left(c.word, length(corrections.word)), 2) + 0.5
    ) as distance
    from candidates c
    union
    -- Two letters in the wrong order count as one that differs.
    select l.word, 1 from private.lexemes l
    where l.workspace_id = corrections.workspace_id and l.word = any (array(
      select overlay(corrections.word placing reverse(substr(corrections.word, n, 2)) from n for 2) from generate_series(1, length(corrections.word) - 1) as n
    ))
  )
  select array(
    select m.word from measured m
    where length(corrections.word) between 4 and 40 and m.distance < case when length(corrections.word) < 6 then 2 else 3 end
    group by m.word order by min(m.distance), m.word limit 8
  )
$$;

-- Whether a row of the workspace is found by a word, asked of the index alone: quick for what is rare. Only scans of it that stop at the first row are left
-- to the planner, who would rather look through rows in some order.
create function private.is_indexed_word(workspace_id uuid, query tsquery)
returns boolean
language plpgsql stable
set search_path = ''
set plan_cache_mode = force_custom_plan -- one plan does not fit workspaces of any size
set enable_seqscan = off
set enable_indexscan = off
set enable_indexonlyscan = off
as $$
begin
  return exists (select from public.companies c where c.workspace_id = is_indexed_word.workspace_id and c.search @@ query)
    or exists (select from public.contacts c where c.workspace_id = is_indexed_word.workspace_id and c.search @@ query);
end
$$;

-- As is_indexed_word, for words of any frequency; what a person is called is no typo among companies either. What is frequent is met among the newest
-- contacts, or among a hundred rows by name, which are of any age: the index, which gathers all rows that have a word before the first is seen, is asked for
-- what is rare.
create function private.is_known_word(workspace_id uuid, query tsquery)
returns boolean
language plpgsql stable
set search_path = ''
set plan_cache_mode = force_custom_plan -- one plan does not fit workspaces of any size
set enable_seqscan = off
as $$
begin
  return exists (
    select from (
      select c.search from public.contacts c where c.workspace_id = is_known_word.workspace_id order by c.created_at desc, c.id desc limit 300
    ) as newest where newest.search @@ query
  )
  or exists (
    select from (
      select c.search from public.companies c
      where c.workspace_id = is_known_word.workspace_id and lower(c.name) >= 'm' order by lower(c.name), c.id limit 100
    ) as named where named.search @@ query
  )
  or exists (
    select from (
      select c.search from public.contacts c
      where c.workspace_id = is_known_word.workspace_id and lower(c.name) >= 'm' order by lower(c.name), c.id limit 100
    ) as named where named.search @@ query
  )
  or private.is_indexed_word(workspace_id, query);
end
$$;

-- A word's query, or, if no row of the workspace is found by it, that of the words it may have been meant to be.
create function private.meant_query(workspace_id uuid, query tsquery)
returns tsquery
language plpgsql stable
set search_path = ''
as $$
declare
  word text := substring(query::text from '^''([[:alnum:]]{4,40})'':\*( \| ''=[[:alnum:]]+'':\*)?$'); -- null for what has punctuation inside
  meant text[];
begin
  if word is null or private.is_known_word(workspace_id, query) then
    return meant_query.query;
  end if;
  meant := private.corrections(workspace_id, word);
  return case when meant = '{}' then meant_query.query else array_to_string(meant, ' | ')::tsquery end;
end
$$;

-- A query for each word that was typed, in the sense of meant_query.
create function private.search_groups(workspace_id uuid, typed text)
returns tsquery[]
language sql stable
set search_path = ''
as $$
  select coalesce(array_agg(private.meant_query(workspace_id, w.query) order by w.n), '{}')
  from unnest(private.search_groups(typed)) with ordinality as w (query, n)
$$;
