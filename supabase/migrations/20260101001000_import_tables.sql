-- Imports: a file comes in chunks, each at most once. A chunk's rows are checked, de-duplicated and merged in a few statements.

create type public.import_kind as enum ('companies', 'contacts');
create type public.import_status as enum ('running', 'completed', 'failed');

create table public.import_jobs (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  campaign_id uuid not null,
  kind public.import_kind not null,
  file_name text not null check (length(file_name) between 1 and 500),
  file_size bigint not null check (file_size >= 0),
  file_hash text not null check (length(file_hash) between 1 and 200),
  mapping jsonb not null check (jsonb_typeof(mapping) = 'object' and pg_column_size(mapping) <= 200000),
  status public.import_status not null default 'running',
  total_rows int check (total_rows >= 0),
  processed_rows int not null default 0,
  created_rows int not null default 0,
  updated_rows int not null default 0,
  duplicate_rows int not null default 0,
  rejected_rows int not null default 0,
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  foreign key (workspace_id, campaign_id) references public.campaigns (workspace_id, id) on delete cascade,
  unique (workspace_id, id)
);
create index import_jobs_campaign_id_idx on public.import_jobs (campaign_id, created_at desc);
create index import_jobs_campaign_fk_idx on public.import_jobs (workspace_id, campaign_id);
create index import_jobs_created_by_idx on public.import_jobs (created_by);

-- One piece of a file. Its row is what makes sending it twice harmless.
create table public.import_chunks (
  import_id uuid not null,
  chunk_index int not null check (chunk_index >= 0),
  workspace_id uuid not null,
  hash text not null,
  result jsonb not null default '{}',
  created_at timestamptz not null default now(),
  primary key (import_id, chunk_index),
  foreign key (workspace_id, import_id) references public.import_jobs (workspace_id, id) on delete cascade
);
create index import_chunks_import_fk_idx on public.import_chunks (workspace_id, import_id);

-- A row that did not fit, as it was read, and why.
create table public.import_rejected_rows (
  id bigint generated always as identity primary key,
  workspace_id uuid not null,
  import_id uuid not null,
  row_number int not null,
  reason text not null,
  raw jsonb not null default '[]',
  foreign key (workspace_id, import_id) references public.import_jobs (workspace_id, id) on delete cascade
);
create index import_rejected_rows_import_id_idx on public.import_rejected_rows (import_id, row_number, id);
create index import_rejected_rows_import_fk_idx on public.import_rejected_rows (workspace_id, import_id);

alter table public.import_jobs enable row level security;
alter table public.import_chunks enable row level security;
alter table public.import_rejected_rows enable row level security;

create policy "members read imports" on public.import_jobs for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));
create policy "members read chunks" on public.import_chunks for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));
create policy "members read rejected rows" on public.import_rejected_rows for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));
grant select on public.import_jobs, public.import_chunks, public.import_rejected_rows to authenticated;
grant all on public.import_jobs, public.import_chunks, public.import_rejected_rows to service_role;

create trigger note_insert after insert on public.import_jobs
  referencing new table as new_rows for each statement execute function private.note_campaign_rows();
create trigger note_update after update on public.import_jobs
  referencing new table as new_rows for each statement execute function private.note_campaign_rows();
