-- One start of research is a run; one subject at one stage of it a job. Jobs are claimed lane by lane under a lease.

create type public.run_status as enum ('running', 'paused', 'completed', 'cancelled');
create type public.job_status as enum ('queued', 'processing', 'waiting', 'completed', 'failed', 'cancelled');
-- In the order in which a subject passes through them; those with the same predecessor at the same time.
create type public.research_stage as enum ('discover', 'company', 'financials', 'contacts', 'enrich', 'sync');
-- What a job is about: a page of the source at `discover`, a contact at `enrich` and `sync`, else a company.
create type public.research_subject as enum ('page', 'company', 'contact');

-- How a workspace uses one provider, the built-in web researcher or an integration: how much at once, and what was learned of it.
create table public.lanes (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  -- Null: the built-in web researcher.
  integration_id uuid,
  -- Requests that may be under way at once. The limiter (functions/_shared/engine/limiter.ts) moves it for integrations, with what it remembers.
  limit_now real not null default 10 check (limit_now >= 1),
  limiter jsonb,
  limiter_version int not null default 0,
  -- Nothing is sent before: what Retry-After asked for, or an open circuit breaker.
  held_until timestamptz not null default '-infinity',
  -- Requests that the cap on requests per second had left at a time.
  tokens real not null default 1,
  tokens_at timestamptz not null default '-infinity',
  -- The fair-share clock: the lane served longest ago is next.
  served_at timestamptz not null default '-infinity',
  -- Results that were asked for before are not used again.
  results_since timestamptz not null default '-infinity',
  foreign key (workspace_id, integration_id) references public.integrations (workspace_id, id) on delete cascade,
  unique nulls not distinct (workspace_id, integration_id),
  unique (workspace_id, id)
) with (fillfactor = 50);

create table public.research_runs (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  campaign_id uuid not null,
  status public.run_status not null default 'running',
  stages public.research_stage[] not null check (cardinality(stages) between 1 and 10),
  -- stage -> the lane that does it.
  lanes jsonb not null default '{}',
  -- Among runs of one lane, the highest is served first.
  priority int not null default 0 check (priority between -10 and 10),
  -- Jobs that would cost more than this in all are not sent; null for no cap.
  spend_cap numeric(14, 4) check (spend_cap >= 0),
  -- What they have cost, without what lane_runs still count.
  spent numeric not null default 0,
  -- Which rows it began with, and `again`; of which list.
  filter jsonb not null default '{}',
  list text not null default 'companies' check (list in ('companies', 'contacts')),
  -- Results from before it are not used; and how many of its jobs were done with results that were known.
  afresh boolean not null default false,
  jobs_from_cache int not null default 0,
  -- Companies are fed to the queue lazily, in the order they came: how many there are to feed, how many are fed, and after which the next come.
  companies_total int not null default 0,
  companies_fed int not null default 0,
  fed_until jsonb,
  is_fed boolean not null default false,
  -- What it is being fed: pages of its source, or companies and then contacts.
  feeds public.research_subject not null default 'company',
  -- Where `discover` reads companies (private.check_source), how many of its pages are fed, and the first that had no more.
  source jsonb,
  pages_fed int not null default 0,
  last_page int,
  contacts_total int not null default 0,
  contacts_fed int not null default 0,
  -- The stages that follow for a company when `company` is done; without that one they are its first.
  follow_stages public.research_stage[] not null generated always as (array_remove(array_remove(array_remove(array_remove(stages, 'discover'), 'company'), 'enrich'), 'sync')) stored,
  -- Jobs that had failed by then are queued again, as lazily; null when none are left to.
  retry_until timestamptz,
  -- Only those with this error_code; null for all.
  retry_code text,
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  foreign key (workspace_id, campaign_id) references public.campaigns (workspace_id, id) on delete cascade,
  unique (workspace_id, id)
);
create index research_runs_campaign_id_idx on public.research_runs (campaign_id, created_at desc);
create index research_runs_campaign_fk_idx on public.research_runs (workspace_id, campaign_id);
create index research_runs_created_by_idx on public.research_runs (created_by);
create unique index research_runs_one_active_idx on public.research_runs (campaign_id) where status in ('running', 'paused');

-- Jobs of a run by stage and status. Several shards a counter, so that parallel completions do not queue for one row.
create table public.research_run_counters (
  run_id uuid not null,
  stage public.research_stage not null,
  status public.job_status not null,
  shard smallint not null,
  workspace_id uuid not null,
  jobs int not null default 0,
  primary key (run_id, stage, status, shard),
  foreign key (workspace_id, run_id) references public.research_runs (workspace_id, id) on delete cascade
) with (fillfactor = 50);
create index research_run_counters_run_fk_idx on public.research_run_counters (workspace_id, run_id);

-- No index is over what claiming or finishing a job changes, so that each writes one version of its row, on the same page, and nothing else
-- (docs/decisions/013-queue-tables.md). What is ready is in private.queue, what is under way in research_batches, what has failed has an error_code.
create table public.research_jobs (
  id bigint generated always as identity primary key,
  workspace_id uuid not null,
  run_id uuid not null,
  campaign_id uuid not null,
  company_id uuid,
  contact_id uuid,
  -- The number of a page of the run's source, from 1.
  page int check (page > 0),
  stage public.research_stage not null,
  status public.job_status not null default 'queued',
  attempt int not null default 0,
  run_after timestamptz not null default now(),
  -- The batch it is in, or was last: whoever answers with a failure has to name it.
  batch_id uuid,
  -- A result is kept: it was paid for and counts once.
  has_result boolean not null default false,
  -- When its result was asked for by another job; null: it was asked for this one.
  cached_at timestamptz,
  -- Since when the integration has been at work on it and wants to be asked again, and what it wants to be told then.
  polled_since timestamptz,
  poll_state jsonb,
  error_code text,
  error_message text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  foreign key (workspace_id, run_id) references public.research_runs (workspace_id, id) on delete cascade,
  foreign key (workspace_id, company_id) references public.companies (workspace_id, id) on delete cascade,
  foreign key (workspace_id, contact_id) references public.contacts (workspace_id, id) on delete cascade,
  foreign key (workspace_id, campaign_id) references public.campaigns (workspace_id, id) on delete cascade,
  check (status <> 'failed' or error_code is not null),
  check ((page is not null) = (stage = 'discover') and (contact_id is not null) = (stage in ('enrich', 'sync'))
    and (company_id is not null) = (stage not in ('discover', 'enrich', 'sync'))),
  unique (workspace_id, run_id, stage, company_id),
  unique (workspace_id, id)
) with (fillfactor = 40);
create index research_jobs_list_idx on public.research_jobs (run_id, id);
create index research_jobs_error_idx on public.research_jobs (run_id, id) where error_code is not null;
create index research_jobs_company_fk_idx on public.research_jobs (workspace_id, company_id);
create index research_jobs_campaign_fk_idx on public.research_jobs (workspace_id, campaign_id, id);
create index research_jobs_polled_idx on public.research_jobs (run_id, id) where polled_since is not null;
-- Jobs of companies are unique by the constraint above; these cost them nothing.
create unique index research_jobs_contact_idx on public.research_jobs (workspace_id, contact_id, run_id, stage) where contact_id is not null;
create unique index research_jobs_page_idx on public.research_jobs (run_id, page) where page is not null;

-- The runs under way that a lane serves.
create table private.lane_runs (
  lane_id uuid not null references public.lanes (id) on delete cascade,
  run_id uuid not null references public.research_runs (id) on delete cascade,
  -- The fair-share clock among the lane's runs, and what its jobs have cost.
  served_at timestamptz not null default '-infinity',
  spent numeric not null default 0,
  -- Everything up to this job of this time was claimed, when somebody looked: claims begin behind it and not among the rows of claimed jobs, which a vacuum may
  -- not remove while an old snapshot is held. A row that came late, or with an earlier time, is found by the next claim that looks from the beginning.
  claimed_until timestamptz not null default '-infinity',
  claimed_job bigint not null default 0,
  looked_at timestamptz not null default '-infinity',
  -- Some of its jobs are asked for again, which costs nothing.
  has_polls boolean not null default false,
  -- When the run can pay for nothing more: whether it may have jobs that cost nothing, as was last looked.
  has_free boolean not null default true,
  primary key (lane_id, run_id)
) with (fillfactor = 50);
create index lane_runs_run_id_idx on private.lane_runs (run_id);
alter table private.lane_runs enable row level security;

-- Jobs that wait to be claimed: status `queued`, ready_at = run_after.
create table private.queue (
  run_id uuid not null,
  lane_id uuid not null,
  ready_at timestamptz not null,
  job_id bigint not null,
  primary key (run_id, lane_id, ready_at, job_id),
  foreign key (run_id) references public.research_runs (id) on delete cascade
);
alter table private.queue enable row level security;

-- How many jobs of a stage ended, for each ten seconds of the last hours: what rates are made of.
create table private.run_rates (
  run_id uuid not null references public.research_runs (id) on delete cascade,
  stage public.research_stage not null,
  at timestamptz not null,
  completed int not null default 0,
  failed int not null default 0,
  primary key (run_id, stage, at)
);
alter table private.run_rates enable row level security;

-- One request and the jobs in it, under one lease: written before it is sent, gone 30 days after; those of the web researcher when they are answered.
create table public.research_batches (
  -- Also the `webhook-id` of its request.
  id uuid primary key default private.new_id(),
  workspace_id uuid not null,
  lane_id uuid not null,
  run_id uuid not null,
  job_ids bigint[] not null,
  cost numeric(14, 4) not null default 0,
  created_at timestamptz not null default now(),
  -- Its request is over, so that its lane may send another one; what came of it may not be stored yet.
  is_over boolean not null default false,
  -- When what the request was answered was stored; results may still be awaited.
  answered_at timestamptz,
  -- Until then its worker, or a callback, is waited for; null when nothing is any more.
  leased_until timestamptz,
  foreign key (workspace_id, lane_id) references public.lanes (workspace_id, id) on delete cascade,
  foreign key (workspace_id, run_id) references public.research_runs (workspace_id, id) on delete cascade
) with (fillfactor = 70);
create index research_batches_in_flight_idx on public.research_batches (lane_id) where answered_at is null;
create index research_batches_leased_idx on public.research_batches (leased_until) where leased_until is not null;
create index research_batches_history_idx on public.research_batches (created_at) where leased_until is null;
create index research_batches_lane_fk_idx on public.research_batches (workspace_id, lane_id);
create index research_batches_run_fk_idx on public.research_batches (workspace_id, run_id);

-- One try of one job that did not bring a result at once, kept so that a user can see what happened. (That which did is told by the job itself.)
create table public.research_attempts (
  id bigint generated always as identity primary key,
  workspace_id uuid not null,
  job_id bigint not null,
  attempt int not null,
  batch_id uuid,
  outcome text not null check (outcome in ('retry', 'failed')),
  error_code text,
  error_message text,
  finished_at timestamptz not null default now(),
  foreign key (workspace_id, job_id) references public.research_jobs (workspace_id, id) on delete cascade
);
create index research_attempts_job_fk_idx on public.research_attempts (workspace_id, job_id);

alter table public.lanes enable row level security;
alter table public.research_runs enable row level security;
alter table public.research_run_counters enable row level security;
alter table public.research_jobs enable row level security;
alter table public.research_batches enable row level security;
alter table public.research_attempts enable row level security;

create policy "members read lanes" on public.lanes for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));
create policy "members read runs" on public.research_runs for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));
create policy "members read counters" on public.research_run_counters for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));
create policy "members read jobs" on public.research_jobs for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));
create policy "members read batches" on public.research_batches for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));
create policy "members read attempts" on public.research_attempts for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));

grant select on public.lanes, public.research_runs, public.research_run_counters, public.research_jobs, public.research_batches, public.research_attempts
  to authenticated;
grant all on public.lanes, public.research_runs, public.research_run_counters, public.research_jobs, public.research_batches, public.research_attempts
  to service_role;
