-- A campaign is a list being worked. Its counters are kept by triggers (counts.sql).

create type public.campaign_state as enum ('active', 'archiving', 'archived', 'restoring', 'deleting');

create table public.campaigns (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  name text not null check (length(btrim(name)) between 1 and 200),
  description text check (length(description) <= 2000),
  state public.campaign_state not null default 'active',
  company_count int not null default 0,
  contact_count int not null default 0,
  researched_count int not null default 0,
  failed_count int not null default 0,
  created_by uuid default auth.uid() references auth.users (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id)
);
create index campaigns_workspace_id_created_at_idx on public.campaigns (workspace_id, created_at desc, id desc);
create index campaigns_created_by_idx on public.campaigns (created_by);

create trigger touch before update of name, description on public.campaigns for each row execute function private.touch();

alter table public.campaigns enable row level security;

create policy "members read campaigns" on public.campaigns for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));
create policy "members make campaigns" on public.campaigns for insert to authenticated
  with check (workspace_id = any (array(select private.my_workspaces('member'))));
create policy "members edit campaigns" on public.campaigns for update to authenticated
  using (workspace_id = any (array(select private.my_workspaces('member'))))
  with check (workspace_id = any (array(select private.my_workspaces('member'))));

grant select on public.campaigns to authenticated;
grant insert (workspace_id, name, description) on public.campaigns to authenticated;
grant update (name, description) on public.campaigns to authenticated;
grant all on public.campaigns to service_role;

-- The campaign, if the caller is in its workspace with at least the role `at_least` and it can be worked on. Otherwise an error: a stranger's campaign
-- does not exist. Functions that write lock it: `campaign` comes first in the lock order (docs/architecture.md).
create function private.open_campaign(campaign_id uuid, at_least public.member_role, lock_it boolean default false)
returns public.campaigns
language plpgsql
set search_path = ''
as $$
declare
  found_campaign public.campaigns;
begin
  select * into found_campaign from public.campaigns c where c.id = open_campaign.campaign_id;
  if found_campaign.id is null or not found_campaign.workspace_id = any (array(select private.my_workspaces())) then
    perform private.fail('not_found', 404, 'This campaign does not exist.');
  end if;
  if not found_campaign.workspace_id = any (array(select private.my_workspaces(at_least))) then
    perform private.fail('forbidden', 403, 'Your role in this workspace does not allow this. Ask an owner or admin.');
  end if;
  if lock_it then -- not before: a stranger must not hold up anybody
    select * into found_campaign from public.campaigns c where c.id = open_campaign.campaign_id for no key update;
    if not found then
      perform private.fail('not_found', 404, 'This campaign does not exist.');
    end if;
  end if;
  if at_least > 'viewer' and found_campaign.state <> 'active' then
    perform private.fail('campaign_busy', 409, format('This campaign is %s and cannot be changed now.', found_campaign.state));
  end if;
  return found_campaign;
end
$$;
