-- Services outside that do research for a workspace: how each is reached, how fast, and what it costs. Its secrets are kept apart, encrypted.

create type public.integration_kind as enum ('n8n', 'clay', 'webhook');

create table public.integrations (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  kind public.integration_kind not null,
  name text not null check (length(btrim(name)) between 1 and 100),
  url text not null check (url ~ '^https?://\S+$' and length(url) <= 2000),
  -- The header that authorises us there; its value is a secret.
  auth_header text check (auth_header ~ '^[A-Za-z0-9-]{1,100}$'),
  -- Jobs in one request. Clay takes one row a request.
  batch_size int not null default 10 check (batch_size between 1 and 100 and (kind <> 'clay' or batch_size = 1)),
  -- The most requests at once; how many there are is found out by the limiter.
  max_in_flight int not null default 20 check (max_in_flight between 1 and 200),
  -- Null for no cap. `burst`: requests that may go out at once after a quiet time.
  requests_per_second real check (requests_per_second >= 0.01::real and requests_per_second <= 1000),
  burst int not null default 1 check (burst between 1 and 1000),
  -- How long a request may take, and how long results may take that come by callback.
  timeout_seconds int not null default 60 check (timeout_seconds between 1 and 60),
  deadline_seconds int not null default 1200 check (deadline_seconds between 60 and 86400),
  -- In the workspace's own currency; what a spending cap is compared with.
  cost_per_job numeric(12, 4) not null default 0 check (cost_per_job between 0 and 10000),
  -- For how long a result is used again instead of asking for it; 0 for never.
  cache_days int not null default 30 check (cache_days between 0 and 365),
  -- When a secret was last saved; null for none.
  signing_secret_at timestamptz,
  header_secret_at timestamptz,
  created_by uuid default auth.uid() references auth.users (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Rows of a deleted one stay: runs and deliveries point to it.
  deleted_at timestamptz,
  unique (workspace_id, id)
);
create index integrations_created_by_idx on public.integrations (created_by);

create trigger touch before update on public.integrations for each row execute function private.touch();
create trigger note_insert after insert on public.integrations
  referencing new table as new_rows for each statement execute function private.note_workspace_rows();
create trigger note_update after update on public.integrations
  referencing new table as new_rows for each statement execute function private.note_workspace_rows();

-- Secrets as the edge function sealed them; a secret that was replaced signs and verifies until `previous_until` as well.
create table private.integration_secrets (
  workspace_id uuid not null,
  integration_id uuid not null,
  purpose text not null check (purpose in ('signing', 'header')),
  sealed jsonb not null,
  previous jsonb,
  previous_until timestamptz,
  primary key (workspace_id, integration_id, purpose),
  foreign key (workspace_id, integration_id) references public.integrations (workspace_id, id) on delete cascade
);
alter table private.integration_secrets enable row level security;
alter table public.integrations enable row level security;

-- The value of a header goes to the host it was saved for: whoever may change the address, but was never told the value, cannot have it sent elsewhere.
create function private.forget_header_secret()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  delete from private.integration_secrets s where s.workspace_id = new.workspace_id and s.integration_id = new.id and s.purpose = 'header';
  new.header_secret_at := null;
  return new;
end
$$;
create trigger forget_header_secret before update of url on public.integrations for each row
  when (substring(old.url from '^[^/]+//[^/?#]+') is distinct from substring(new.url from '^[^/]+//[^/?#]+'))
  execute function private.forget_header_secret();

create policy "members read integrations" on public.integrations for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));
create policy "admins add integrations" on public.integrations for insert to authenticated
  with check (workspace_id = any (array(select private.my_workspaces('admin'))));
create policy "admins edit integrations" on public.integrations for update to authenticated
  using (workspace_id = any (array(select private.my_workspaces('admin'))) and deleted_at is null);

grant select on public.integrations to authenticated;
grant insert (workspace_id, kind, name, url, auth_header, batch_size, max_in_flight, requests_per_second, burst, timeout_seconds, deadline_seconds, cost_per_job, cache_days)
  on public.integrations to authenticated;
grant update (name, url, auth_header, batch_size, max_in_flight, requests_per_second, burst, timeout_seconds, deadline_seconds, cost_per_job, cache_days)
  on public.integrations to authenticated;
grant all on public.integrations to service_role;

-- The integration, if the caller may manage it. Errors: not_found, forbidden.
create function private.open_integration(integration_id uuid)
returns public.integrations
language plpgsql
set search_path = ''
as $$
declare
  found_one public.integrations;
begin
  select * into found_one from public.integrations i
  where i.id = open_integration.integration_id and i.deleted_at is null and i.workspace_id = any (array(select private.my_workspaces()));
  if found_one.id is null then
    perform private.fail('not_found', 404, 'This integration does not exist.');
  elsif found_one.workspace_id <> all (array(select private.my_workspaces('admin'))) then
    perform private.fail('forbidden', 403, 'Only admins and owners manage integrations.');
  end if;
  return found_one;
end
$$;

-- Deletes an integration and its secrets. Jobs that wait for it fail one by one with `integration_deleted`, and their runs go on; results that were under way
-- are still taken with the tokens of their jobs.
create function public.delete_integration(integration_id uuid)
returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  gone public.integrations := private.open_integration(delete_integration.integration_id);
begin
  update public.integrations i set deleted_at = now(), signing_secret_at = null, header_secret_at = null where i.id = gone.id;
  delete from private.integration_secrets s where s.workspace_id = gone.workspace_id and s.integration_id = gone.id;
end
$$;
grant execute on function public.delete_integration to authenticated;

-- Whether the caller may change the secrets of an integration: its workspace. Errors: not_found, forbidden. Called as the user, by the edge function.
create function public.may_manage_integration(integration_id uuid)
returns uuid
language sql security definer
set search_path = ''
as $$
  select (private.open_integration(may_manage_integration.integration_id)).workspace_id
$$;
grant execute on function public.may_manage_integration to authenticated;

-- Keeps a secret that the edge function sealed; null forgets it. What it replaces stays valid for a day if it is a signing secret. Errors: not_found.
create function private.save_secret(workspace_id uuid, integration_id uuid, purpose text, sealed jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.integrations i
  set signing_secret_at = case when purpose = 'signing' then case when sealed is not null then now() end else i.signing_secret_at end,
    header_secret_at = case when purpose = 'header' then case when sealed is not null then now() end else i.header_secret_at end
  where i.workspace_id = save_secret.workspace_id and i.id = save_secret.integration_id and i.deleted_at is null;
  if not found then
    perform private.fail('not_found', 404, 'This integration does not exist.');
  end if;
  if sealed is null then
    delete from private.integration_secrets s
    where s.workspace_id = save_secret.workspace_id and s.integration_id = save_secret.integration_id and s.purpose = save_secret.purpose;
  else
    insert into private.integration_secrets as s (workspace_id, integration_id, purpose, sealed)
    values (save_secret.workspace_id, save_secret.integration_id, save_secret.purpose, save_secret.sealed)
    on conflict on constraint integration_secrets_pkey do update set sealed = excluded.sealed,
      previous = case when s.purpose = 'signing' then s.sealed end, previous_until = case when s.purpose = 'signing' then now() + interval '1 day' end;
  end if;
end
$$;

-- An integration as the engine needs it, with its sealed secrets: { signing: [newest, previous?], header } (each may be missing). Null for no such integration.
create function private.integration_for_engine(integration_id uuid)
returns jsonb
language sql stable
set search_path = ''
as $$
  select to_jsonb(i) || jsonb_build_object('secrets', coalesce((
    select jsonb_object_agg(s.purpose, case when s.purpose = 'header' then s.sealed
      else jsonb_build_array(s.sealed) || case when s.previous_until > now() then jsonb_build_array(s.previous) else '[]' end end)
    from private.integration_secrets s where s.workspace_id = i.workspace_id and s.integration_id = i.id
  ), '{}'))
  from public.integrations i where i.id = integration_for_engine.integration_id
$$;
