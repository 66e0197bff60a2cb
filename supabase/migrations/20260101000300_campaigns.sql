-- A campaign is a list being worked. Its counters are kept by triggers (counts.sql).

create type public.campaign_state as enum ('active', 'archiving', 'archived', 'restoring', 'deleting');

create table public.campaigns (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  name text not null check (length(name) <= 200 and name ~ '\S'),
  description text check (length(description) <= 2000),
  state public.campaign_state not null default 'active',
  company_count int not null default 0,
  contact_count int not null default 0,
  researched_count int not null default 0,
  failed_count int not null default 0,
  -- How it was researched last, offered for the next time: { stages, providers, spend_cap, source }.
  research_plan jsonb,
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
  using (workspace_id = any (array(select private.my_workspaces('member'))));

grant select on public.campaigns to authenticated;
grant insert (workspace_id, name, description) on public.campaigns to authenticated;
grant update (name, description) on public.campaigns to authenticated;
grant all on public.campaigns to service_role;

-- Why a campaign in this state cannot be changed, for people. Null when it can.
create function private.busy_reason(state public.campaign_state)
returns text
language sql immutable
set search_path = ''
as $$
  select case state
    when 'archiving' then 'This campaign is being archived. Nothing in it can be changed now; restore it afterwards to go on working.'
    when 'archived' then 'This campaign is archived. Restore it to change anything in it.'
    when 'restoring' then 'This campaign is being restored. Nothing in it can be changed until that is done.'
    when 'deleting' then 'This campaign is being deleted.'
  end
$$;
grant execute on function private.busy_reason to authenticated, service_role;

-- The campaign, if the caller is in its workspace with at least the role `at_least` and it is in one of `states`: unless told otherwise any for viewers, active
-- for those who write. Otherwise an error: a stranger's campaign does not exist. Functions that write lock it: `campaign` comes first in the lock order
-- (docs/architecture.md).
create function private.open_campaign(
  campaign_id uuid, at_least public.member_role, lock_it boolean default false, states public.campaign_state[] default null
)
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
  if not found_campaign.state = any (coalesce(states, case when at_least > 'viewer' then '{active}'::public.campaign_state[] end, enum_range(null::public.campaign_state))) then
    perform private.fail('campaign_busy', 409, coalesce(private.busy_reason(found_campaign.state), 'This campaign is not archived.'));
  end if;
  return found_campaign;
end
$$;
