-- What went out to integrations and what came in from them, kept for 30 days so that people can see it. Written by the engine alone, without secrets.

create table public.deliveries (
  id bigint generated always as identity primary key,
  workspace_id uuid not null,
  integration_id uuid not null,
  -- Null: a test that somebody sent. The batch may be gone already.
  batch_id uuid,
  -- Of the batch: how many jobs it has, and at which stages; a test has none.
  jobs int not null default 0,
  stages public.research_stage[] not null default '{}',
  -- Host and path: a query may hold a secret.
  address text not null,
  sent_at timestamptz not null,
  duration_ms int not null,
  request_headers jsonb not null,
  request_body text not null,
  -- Null when there was no response.
  status int,
  response_body text,
  error_code text,
  error_reason text,
  -- Sentences about what was received and not used.
  notes text[] not null default '{}',
  -- Who had the request sent again; null for what the engine sends by itself.
  resent_by uuid,
  foreign key (workspace_id, integration_id) references public.integrations (workspace_id, id) on delete cascade
);
create index deliveries_list_idx on public.deliveries (workspace_id, id);
create index deliveries_integration_idx on public.deliveries (workspace_id, integration_id, id);
create index deliveries_batch_id_idx on public.deliveries (batch_id);
create index deliveries_sent_at_idx on public.deliveries (sent_at);

create table public.events (
  id bigint generated always as identity primary key,
  workspace_id uuid not null,
  integration_id uuid not null,
  -- The sender's id of the message: a repeat has the same and does nothing.
  event_id text not null check (length(event_id) between 1 and 255),
  received_at timestamptz not null default now(),
  body text not null,
  -- Results that counted, and those that did not.
  taken int not null default 0,
  ignored int not null default 0,
  notes text[] not null default '{}',
  foreign key (workspace_id, integration_id) references public.integrations (workspace_id, id) on delete cascade,
  unique (integration_id, event_id)
);
create index events_list_idx on public.events (workspace_id, id);
create index events_integration_idx on public.events (workspace_id, integration_id, id);
create index events_received_at_idx on public.events (received_at);

alter table public.deliveries enable row level security;
alter table public.events enable row level security;

create policy "members read deliveries" on public.deliveries for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));
create policy "members read events" on public.events for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));
grant select on public.deliveries, public.events to authenticated;
grant all on public.deliveries, public.events to service_role;

-- Writes down requests that are over: deliveries: [{ batch_id, integration_id, address, … }] as the columns; one without an integration is not kept,
-- nor a second time one of a batch that is.
create function private.keep_deliveries(deliveries jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.deliveries (workspace_id, integration_id, batch_id, jobs, stages, address, sent_at, duration_ms, request_headers, request_body, status,
    response_body, error_code, error_reason, notes, resent_by)
  select i.workspace_id, i.id, d.batch_id, coalesce(cardinality(b.job_ids), 0),
    array(select distinct j.stage from public.research_jobs j where j.id = any (b.job_ids) order by j.stage),
    d.address, d.sent_at, d.duration_ms, d.request_headers, d.request_body, d.status, d.response_body, d.error_code, d.error_reason, d.notes, d.resent_by
  from jsonb_to_recordset(deliveries) as d (integration_id uuid, batch_id uuid, address text, sent_at timestamptz, duration_ms int, request_headers jsonb,
    request_body text, status int, response_body text, error_code text, error_reason text, notes text[],
    resent_by uuid)
  join public.integrations i on i.id = d.integration_id
  left join public.research_batches b on b.id = d.batch_id
  where not exists (select from public.deliveries x where x.batch_id = d.batch_id and x.sent_at = d.sent_at);
end
$$;

-- Statement trigger of deliveries and events: tells workspace:<id> that there are more, not which. A busy integration makes many, and who looks reads the newest.
create function private.note_traffic()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  perform private.note_change('workspace:' || workspace_id, tg_table_name, 'insert', null) from new_rows group by workspace_id;
  return null;
end
$$;
create trigger note_insert after insert on public.deliveries
  referencing new table as new_rows for each statement execute function private.note_traffic();
create trigger note_insert after insert on public.events
  referencing new table as new_rows for each statement execute function private.note_traffic();
