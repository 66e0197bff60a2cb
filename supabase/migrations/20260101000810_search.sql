-- Search: what was typed becomes text-search queries; a word that nothing begins with is taken for a typo of words that exist.

-- The words of names, titles, industries and countries in each workspace, for typos. Read from the rows in the background: an import does not wait for it, and a word may be missing here for
-- a minute, which costs no more than a suggestion.
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
  contacts_read timestamptz not null default '-infinity',
  checked_at timestamptz not null default '-infinity'
);
create index lexeme_marks_checked_at_idx on private.lexeme_marks (checked_at);
alter table private.lexeme_marks enable row level security;

-- Notes the words of rows of a campaign that changed after `since`, at most about `most` of them, the earliest first. Returns how many rows it read, and until
-- when; rows of one transaction share their updated_at and are read together. Those of the last half minute wait: a transaction that began before them may
-- still commit.
create function private.read_words(list text, campaign public.campaigns, since timestamptz, most int, out seen int, out until timestamptz)
language plpgsql
set search_path = ''
as $$
begin
  execute format('select max(updated_at), count(*) from (
    select updated_at from public.%I where campaign_id = $1 and updated_at > $2 and updated_at < now() - interval ''30 seconds'' order by updated_at limit $3
  ) as batch', list) into until, seen using campaign.id, since, most;
  insert into private.lexemes (workspace_id, word)
  select campaign.workspace_id, stat.word
  from ts_stat(format('select search from public.%I where campaign_id = %L and updated_at > %L and updated_at <= %L', list, campaign.id, since, until), 'ab') as stat
  where stat.word ~ '^[^=]{3,40}$'
  order by stat.word
  on conflict do nothing;
end
$$;

-- Reads the names of a campaign's rows that changed since they were read last, about `most` of each list. Returns how many rows it read.
create function private.read_campaign_lexemes(campaign_id uuid, most int)
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
  select * into mark from private.lexeme_marks m where m.campaign_id = read_campaign_lexemes.campaign_id for no key update skip locked;
  select * into campaign from public.campaigns c where c.id = mark.campaign_id;
  if campaign.id is null then
    return 0;
  end if;
  companies := private.read_words('companies', campaign, mark.companies_read, most);
  contacts := private.read_words('contacts', campaign, mark.contacts_read, most);
  update private.lexeme_marks m
  set companies_read = coalesce(companies.until, m.companies_read), contacts_read = coalesce(contacts.until, m.contacts_read), checked_at = now()
  where m.campaign_id = campaign.id;
  return companies.seen + contacts.seen;
end
$$;

-- Reads names that are new or changed, up to about `most` rows, campaigns that waited longest first.
create function private.read_lexemes(most int default 50000)
returns int
language plpgsql
set search_path = ''
as $$
declare
  waiting uuid;
  seen int := 0;
begin
  insert into private.lexeme_marks (campaign_id)
  select c.id from public.campaigns c where c.state = 'active' and not exists (select from private.lexeme_marks m where m.campaign_id = c.id)
  on conflict do nothing;
  for waiting in select m.campaign_id from private.lexeme_marks m order by m.checked_at limit 1000 loop
    seen := seen + private.read_campaign_lexemes(waiting, most - seen);
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

-- Whether a name of the workspace, or a row of its list, has a word that begins so. Frequent words are met among the lexemes or the newest rows; only then is
-- the index of all rows asked, which is quick for what is rare.
create function private.is_known_word(workspace_id uuid, list text, word text, query tsquery)
returns boolean
language plpgsql stable
set search_path = ''
set plan_cache_mode = force_custom_plan -- one plan does not fit rare and frequent words
set enable_seqscan = off
as $$
begin
  return exists (
    select from private.lexemes l
    where l.workspace_id = is_known_word.workspace_id and l.word >= is_known_word.word collate "C" and l.word < is_known_word.word || U&'\+10FFFF' collate "C"
  )
  or exists (
    select from (
      select c.search from public.companies c where c.workspace_id = is_known_word.workspace_id order by c.created_at desc, c.id desc limit 300
    ) as newest where newest.search @@ query
  )
  or (list = 'contacts' and exists (
    select from (
      select c.search from public.contacts c where c.workspace_id = is_known_word.workspace_id order by c.created_at desc, c.id desc limit 300
    ) as newest where newest.search @@ query
  ))
  or (with hits as materialized (select from public.companies c where c.workspace_id = is_known_word.workspace_id and c.search @@ query) select count(*) > 0 from hits)
  or (list = 'contacts' and (
    with hits as materialized (select from public.contacts c where c.workspace_id = is_known_word.workspace_id and c.search @@ query) select count(*) > 0 from hits
  ));
end
$$;

-- A query for each word that was typed. A word that no name and no row of the workspace's list begins with becomes the words it may have been meant to be.
create function private.search_groups(workspace_id uuid, list text, typed text)
returns tsquery[]
language plpgsql stable
set search_path = ''
as $$
declare
  groups tsquery[] := private.search_groups(typed);
  word text;
  meant text[];
begin
  for place in 1 .. cardinality(groups) loop
    word := substring(groups[place]::text from '^''([[:alnum:]]{4,40})'':\*( \| ''=[[:alnum:]]+'':\*)?$'); -- null for what has punctuation inside
    if word is not null and not private.is_known_word(workspace_id, list, word, groups[place]) then
      meant := private.corrections(workspace_id, word);
      if meant <> '{}' then
        groups[place] := array_to_string(meant, ' | ')::tsquery;
      end if;
    end if;
  end loop;
  return groups;
end
$$;
