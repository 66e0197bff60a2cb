-- Companies of a campaign, what research found about each with its source, and their investments.

create type public.research_status as enum ('new', 'queued', 'researching', 'completed', 'failed');

create table public.companies (
  id uuid primary key default private.new_id(),
  workspace_id uuid not null,
  campaign_id uuid not null,
  name text not null check (length(name) between 1 and 300),
  domain text check (length(domain) <= 253),
  website text check (length(website) <= 2000),
  -- The normalised domain, else the normalised name: what makes two rows the same company.
  dedupe_key text not null,
  description text check (length(description) <= 5000),
  industry text check (length(industry) <= 500),
  country text check (length(country) <= 200),
  address text check (length(address) <= 1000),
  phone text check (length(phone) <= 100),
  email text check (length(email) <= 320),
  linkedin_url text check (length(linkedin_url) <= 2000),
  employees text check (length(employees) <= 100),
  owner_id uuid,
  tags text[] not null default '{}' check (tags = '{}' or private.are_tags(tags)),
  research_status public.research_status not null default 'new',
  contact_count int not null default 0,
  portfolio_count int not null default 0,
  -- field -> { value, source, at }: what research read and on which page.
  research jsonb not null default '{}',
  -- The same for its figures: revenue, funding, whatever the provider knows.
  financials jsonb not null default '{}',
  -- Columns of an imported file that have no field of their own.
  custom jsonb not null default '{}' check (jsonb_typeof(custom) = 'object' and pg_column_size(custom) <= 1000000),
  import_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  researched_at timestamptz,
  search tsvector not null generated always as (
    private.search_document(name, coalesce(industry, '') || ' ' || coalesce(country, ''), coalesce(domain || ' ' || email, domain, email))
  ) stored,
  foreign key (workspace_id, campaign_id) references public.campaigns (workspace_id, id) on delete cascade,
  foreign key (workspace_id, owner_id) references private.assignees (workspace_id, user_id) on delete set null (owner_id),
  unique (campaign_id, dedupe_key),
  unique (workspace_id, id)
);
create index companies_owner_fk_idx on public.companies (workspace_id, owner_id) where owner_id is not null;
create index companies_import_id_idx on public.companies (import_id) where import_id is not null;
-- One index for each sortable column: it serves both directions, nulls are a segment of their own. The first also is the campaign's foreign key's.
create index companies_created_at_idx on public.companies (workspace_id, campaign_id, created_at, id);
create index companies_updated_at_idx on public.companies (campaign_id, updated_at, id);
create index companies_name_idx on public.companies (campaign_id, lower(name), id);
create index companies_domain_idx on public.companies (campaign_id, domain, id);
create index companies_research_status_idx on public.companies (campaign_id, research_status, id);
create index companies_contact_count_idx on public.companies (campaign_id, contact_count, id);
create index companies_industry_idx on public.companies (campaign_id, lower(industry), id);
create index companies_country_idx on public.companies (campaign_id, lower(country), id);
-- Lists of a whole workspace have these two orders only. The second holds the name as well, so that jumping to a place reads the index alone.
create index companies_workspace_created_at_idx on public.companies (workspace_id, created_at, id);
create index companies_workspace_name_idx on public.companies (workspace_id, lower(name), id) include (name);
create index companies_workspace_updated_at_idx on public.companies (workspace_id, updated_at); -- for filters
-- One index finds rows by whatever is rare: words, and all that lists filter by. Its keys are intersected inside the index, so a tag that is common elsewhere
-- and rare here costs what it is here; and one index costs an import less than one for each filter.
-- The list of entries that are still to be sorted in is kept short (256 kB), because each search reads it; measured, that costs an import nothing.
create index companies_find_idx on public.companies using gin (
  campaign_id, workspace_id, search, tags, country, employees, (coalesce(owner_id, '00000000-0000-0000-0000-000000000000'::uuid)),
  (array[(email is null)::int, (domain is null)::int + 2]), custom jsonb_path_ops
) with (gin_pending_list_limit = 256);

create trigger touch before update on public.companies for each row execute function private.touch();

create table public.portfolio_companies (
  id uuid primary key default private.new_id(),
  workspace_id uuid not null,
  campaign_id uuid not null,
  company_id uuid not null,
  name text not null check (length(name) between 1 and 300),
  domain text check (length(domain) <= 253),
  dedupe_key text not null,
  invested_on date,
  round text check (length(round) <= 100),
  source text check (length(source) <= 2000),
  created_at timestamptz not null default now(),
  foreign key (workspace_id, company_id) references public.companies (workspace_id, id) on delete cascade,
  foreign key (workspace_id, campaign_id) references public.campaigns (workspace_id, id) on delete cascade,
  unique (company_id, dedupe_key)
);
create index portfolio_companies_company_fk_idx on public.portfolio_companies (workspace_id, company_id);
create index portfolio_companies_campaign_fk_idx on public.portfolio_companies (workspace_id, campaign_id, id);

alter table public.companies enable row level security;
alter table public.portfolio_companies enable row level security;

create policy "members read companies" on public.companies for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));
create policy "members edit companies" on public.companies for update to authenticated
  using (workspace_id = any (array(select private.my_workspaces('member'))));
create policy "members read portfolio companies" on public.portfolio_companies for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));

grant select on public.companies, public.portfolio_companies to authenticated;
grant update (name, website, description, industry, country, address, phone, email, linkedin_url, employees, owner_id, tags, custom)
  on public.companies to authenticated;
grant all on public.companies, public.portfolio_companies to service_role;
