-- Cold storage: the rows of archived campaigns, out of every index that lists use. Each table has the columns of its live one, in the same order; what is
-- generated there is plain here. One index each, in the order in which rows are moved and read.

create table public.archived_companies (
  like public.companies,
  primary key (workspace_id, campaign_id, created_at, id),
  foreign key (workspace_id, campaign_id) references public.campaigns (workspace_id, id) on delete cascade
);

create table public.archived_contacts (
  like public.contacts,
  primary key (workspace_id, campaign_id, created_at, id),
  foreign key (workspace_id, campaign_id) references public.campaigns (workspace_id, id) on delete cascade
);

create table public.archived_portfolio_companies (
  like public.portfolio_companies,
  primary key (workspace_id, campaign_id, id),
  foreign key (workspace_id, campaign_id) references public.campaigns (workspace_id, id) on delete cascade
);

create table public.archived_jobs (
  like public.research_jobs,
  primary key (workspace_id, campaign_id, id),
  unique (workspace_id, id),
  foreign key (workspace_id, campaign_id) references public.campaigns (workspace_id, id) on delete cascade
);

create table public.archived_attempts (
  like public.research_attempts,
  primary key (workspace_id, job_id, id),
  foreign key (workspace_id) references public.workspaces (id) on delete cascade,
  -- Deferred, because attempts leave before their job and come back after it.
  foreign key (workspace_id, job_id) references public.archived_jobs (workspace_id, id) deferrable initially deferred
);

-- Who archived a campaign and when, and what went: proof that all of it came back. Stays after the campaign is restored.
create table public.archived_campaigns (
  workspace_id uuid not null,
  campaign_id uuid not null,
  -- The campaign as it was.
  campaign jsonb not null,
  -- table -> { rows, hash, columns }; the hash is the sum over the rows of a hash of their columns, so it is independent of their order.
  tables jsonb not null default '{}',
  -- The same of the rows that came back.
  restored_tables jsonb not null default '{}',
  -- Null while it is under way, and when nobody did it: the campaign was idle.
  archived_by uuid references auth.users (id) on delete set null,
  archived_at timestamptz,
  restored_by uuid references auth.users (id) on delete set null,
  restored_at timestamptz,
  primary key (workspace_id, campaign_id),
  foreign key (workspace_id, campaign_id) references public.campaigns (workspace_id, id) on delete cascade
);
-- The company of an archived contact.
create index archived_companies_id_idx on public.archived_companies (id);
create index archived_campaigns_archived_by_idx on public.archived_campaigns (archived_by);
create index archived_campaigns_restored_by_idx on public.archived_campaigns (restored_by);

alter table public.archived_companies enable row level security;
alter table public.archived_contacts enable row level security;
alter table public.archived_portfolio_companies enable row level security;
alter table public.archived_jobs enable row level security;
alter table public.archived_attempts enable row level security;
alter table public.archived_campaigns enable row level security;

create policy "members read archived companies" on public.archived_companies for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));
create policy "members read archived contacts" on public.archived_contacts for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));
create policy "members read archived portfolio companies" on public.archived_portfolio_companies for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));
create policy "members read archived jobs" on public.archived_jobs for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));
create policy "members read archived attempts" on public.archived_attempts for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));
create policy "members read what was archived" on public.archived_campaigns for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));

grant select on public.archived_companies, public.archived_contacts, public.archived_portfolio_companies, public.archived_jobs, public.archived_attempts,
  public.archived_campaigns to authenticated;
grant all on public.archived_companies, public.archived_contacts, public.archived_portfolio_companies, public.archived_jobs, public.archived_attempts,
  public.archived_campaigns to service_role;
