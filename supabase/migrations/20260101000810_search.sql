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

-- Reads the names of up to `most` rows that changed in the campaign since they were read last. Returns how many rows it read. Rows of the last half minute
-- wait: a transaction that began before them may still commit.
create function private.read_campaign_lexemes(campaign_id uuid, most int)
returns int
language plpgsql
set search_path = ''
as $$
declare
  mark private.lexeme_marks;
  campaign public.campaigns;
  seen int;
  seen_contacts int;
  companies_until timestamptz;
  contacts_until timestamptz;
  words text[];
  more text[];
begin
  select * into mark from private.lexeme_marks m where m.campaign_id = read_campaign_lexemes.campaign_id for no key update skip locked;
  select * into campaign from public.campaigns c where c.id = mark.campaign_id;
  if campaign.id is null then
    return 0;
  end if;
  -- Rows of one transaction share their updated_at, so whole groups of it are read: `most` is where a batch may end, not where it must.
  select max(updated_at) into companies_until from (
    select updated_at from public.companies c
    where c.campaign_id = campaign.id and c.updated_at > mark.companies_read and c.updated_at < now() - interval '30 seconds' order by c.updated_at limit most
  ) as batch;
  select max(updated_at) into contacts_until from (
    select updated_at from public.contacts c
    where c.campaign_id = campaign.id and c.updated_at > mark.contacts_read and c.updated_at < now() - interval '30 seconds' order by c.updated_at limit most
  ) as batch;
  select array_agg(distinct l.lexeme), count(distinct c.id) into words, seen from public.companies c, unnest(ts_filter(c.search, '{a,b}')) as l
  where c.campaign_id = campaign.id and c.updated_at > mark.companies_read and c.updated_at <= companies_until;
  select array_agg(distinct l.lexeme), count(distinct c.id) into more, seen_contacts from public.contacts c, unnest(ts_filter(c.search, '{a,b}')) as l
  where c.campaign_id = campaign.id and c.updated_at > mark.contacts_read and c.updated_at <= contacts_until;
  insert into private.lexemes (workspace_id, word)
  select campaign.workspace_id, word from (select distinct word from unnest(words || more) as word where length(word) between 3 and 40) as found order by word
  on conflict do nothing;
  update private.lexeme_marks m
  set companies_read = coalesce(companies_until, m.companies_read), contacts_read = coalesce(contacts_until, m.contacts_read), checked_at = now()
  where m.campaign_id = campaign.id;
  return seen + seen_contacts;
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
  )
  select array(
    select m.word from measured m
    where length(corrections.word) between 4 and 40 and m.distance < case when length(corrections.word) < 6 then 2 else 3 end
    order by m.distance, m.word limit 8
  )
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
    word := trim(both '''' from rtrim(groups[place]::text, ':*'));
    if word ~ '^[[:alnum:]]{4,40}$' and not private.is_known_word(workspace_id, list, word, groups[place]) then
      meant := private.corrections(workspace_id, word);
      if meant <> '{}' then
        groups[place] := array_to_string(meant, ' | ')::tsquery;
      end if;
    end if;
  end loop;
  return groups;
end
$$;

-- Whether a name of the workspace, or a row of its list, has a word that begins so.
create function private.is_known_word(workspace_id uuid, list text, word text, query tsquery)
returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select from private.lexemes l
    where l.workspace_id = is_known_word.workspace_id and l.word >= is_known_word.word collate "C" and l.word < is_known_word.word || U&'\+10FFFF' collate "C"
  )
  or exists (select from public.companies c where c.workspace_id = is_known_word.workspace_id and c.search @@ query)
  or (list = 'contacts' and exists (select from public.contacts c where c.workspace_id = is_known_word.workspace_id and c.search @@ query))
$$;
