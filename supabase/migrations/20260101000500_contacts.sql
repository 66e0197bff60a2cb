-- People at a company.

create type public.contact_source as enum ('import', 'research', 'manual');

create table public.contacts (
  id uuid primary key default private.new_id(),
  workspace_id uuid not null,
  campaign_id uuid not null,
  company_id uuid not null,
  name text not null check (length(name) between 1 and 300),
  first_name text check (length(first_name) <= 200),
  last_name text check (length(last_name) <= 200),
  title text check (length(title) <= 500),
  seniority text check (length(seniority) <= 100),
  email text check (length(email) <= 320),
  phone text check (length(phone) <= 100),
  linkedin_url text check (length(linkedin_url) <= 2000),
  country text check (length(country) <= 200),
  owner_id uuid,
  tags text[] not null default '{}' check (tags = '{}' or private.are_tags(tags)),
  do_not_contact boolean not null default false,
  source public.contact_source not null default 'manual',
  -- The e-mail address, else the LinkedIn path, else the normalised name: what makes two rows of a company the same person. Kept true by people.sql.
  dedupe_key text not null,
  research jsonb not null default '{}',
  custom jsonb not null default '{}' check (jsonb_typeof(custom) = 'object' and pg_column_size(custom) <= 1000000),
  import_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  search tsvector not null generated always as (
    private.search_document(name, title, email)
  ) stored,
  foreign key (workspace_id, company_id) references public.companies (workspace_id, id) on delete cascade,
  foreign key (workspace_id, campaign_id) references public.campaigns (workspace_id, id) on delete cascade,
  foreign key (workspace_id, owner_id) references private.assignees (workspace_id, user_id) on delete set null (owner_id),
  unique (company_id, dedupe_key),
  unique (workspace_id, id)
);
create index contacts_company_fk_idx on public.contacts (workspace_id, company_id);
create index contacts_owner_fk_idx on public.contacts (workspace_id, owner_id) where owner_id is not null;
create index contacts_import_id_idx on public.contacts (import_id) where import_id is not null;
-- As those of companies.
create index contacts_created_at_idx on public.contacts (workspace_id, campaign_id, created_at, id);
create index contacts_updated_at_idx on public.contacts (campaign_id, updated_at, id);
create index contacts_name_idx on public.contacts (campaign_id, lower(name), id);
create index contacts_title_idx on public.contacts (campaign_id, lower(title), id);
create index contacts_email_idx on public.contacts (campaign_id, lower(email), id);
create index contacts_workspace_created_at_idx on public.contacts (workspace_id, created_at, id);
create index contacts_workspace_name_idx on public.contacts (workspace_id, lower(name), id) include (name);
create index contacts_workspace_updated_at_idx on public.contacts (workspace_id, updated_at);
create index contacts_find_idx on public.contacts using gin (
  campaign_id, workspace_id, search, tags, country, seniority, (coalesce(owner_id, '00000000-0000-0000-0000-000000000000'::uuid)),
  (array[(email is null)::int, (phone is null)::int + 2, (linkedin_url is null)::int + 4, do_not_contact::int + 6]), custom jsonb_path_ops,
  lower(title) extensions.gin_trgm_ops
) with (gin_pending_list_limit = 256);

create trigger touch before update on public.contacts for each row execute function private.touch();

-- What a title says of somebody's place in the company: Owner, Founder, C-level, Partner, VP, Director, Head, Manager, Senior or Junior; null where it does not.
create function private.seniority_of(title text)
returns text
language plpgsql immutable strict parallel safe
set search_path = ''
as $$
declare
  words text := ' ' || private.search_words(title) || ' ';
begin
  return case
    when words ~ ' (owner|proprietor|inhaber|inhaberin|proprietaire|propietario|propietaria|titolare|eigenaar) ' then 'Owner'
    when words ~ ' (founder|cofounder|grunder|grunderin|fondateur|fondatrice|cofondateur|cofondatrice|fundador|fundadora|cofundador|fondatore|oprichter) ' then 'Founder'
    when words ~ ' (vp|svp|evp|avp|vice president|vizeprasident|vizeprasidentin) ' then 'VP'
    when words ~ ' (c[efotimpr]o|ciso|chro|cxo|chief|president|managing director|geschaftsfuhrer|geschaftsfuhrerin|vorstand|pdg|prasident|prasidentin|prezes) ' then 'C-level'
    when words ~ ' (managing|general|equity|founding) partner ' or words = ' partner ' then 'Partner'
    when words ~ ' (director|direktor|direktorin|directeur|directrice|directora|direttore|direttrice|diretor|diretora) ' then 'Director'
    when words ~ ' (head|leiter|leiterin|leitung|responsable|responsabile|hoofd) ' then 'Head'
    when words ~ ' (manager|managerin|supervisor|team lead|gerente|gestionnaire) ' then 'Manager'
    when words ~ ' (senior|sr|principal|staff) ' then 'Senior'
    when words ~ ' (junior|jr|intern|trainee|apprentice|praktikant|praktikantin|werkstudent|werkstudentin|auszubildende|auszubildender|stagiaire) ' then 'Junior'
  end;
end
$$;

-- Whoever edits a title computes it.
grant execute on function private.seniority_of to authenticated, service_role;

-- Fills in the seniority that the title tells, unless somebody has said otherwise. Rows that come back from the archive stay as they were.
create function private.fill_seniority()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' then
    if new.seniority is not distinct from private.seniority_of(old.title) then
      new.seniority := private.seniority_of(new.title);
    end if;
  elsif new.seniority is null and new.title is not null then
    if not private.is_moving(new.campaign_id) then
      new.seniority := private.seniority_of(new.title);
    end if;
  end if;
  return new;
end
$$;
create trigger fill_seniority before insert or update of title on public.contacts for each row execute function private.fill_seniority();

alter table public.contacts enable row level security;

create policy "members read contacts" on public.contacts for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));
create policy "members edit contacts" on public.contacts for update to authenticated
  using (workspace_id = any (array(select private.my_workspaces('member'))));

grant select on public.contacts to authenticated;
grant update (name, first_name, last_name, title, email, phone, linkedin_url, country, owner_id, tags, do_not_contact, custom)
  on public.contacts to authenticated;
grant all on public.contacts to service_role;
