-- Teams and who is in them. Every tenant row elsewhere carries a workspace_id that leads here.

create type public.member_role as enum ('viewer', 'member', 'admin', 'owner');

create table public.workspaces (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(btrim(name)) between 1 and 100),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table public.workspace_members (
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  role public.member_role not null default 'member',
  email text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, user_id)
);
create index workspace_members_user_id_idx on public.workspace_members (user_id);

create trigger touch before update on public.workspaces for each row execute function private.touch();

-- The workspaces the caller belongs to with at least the role `at_least`. For policies: `= any (array(select …))` evaluates it once.
create function private.my_workspaces(at_least public.member_role default 'viewer')
returns setof uuid
language sql stable security definer
set search_path = ''
as $$
  select workspace_id from public.workspace_members where user_id = (select auth.uid()) and role >= at_least
$$;
grant execute on function private.my_workspaces to authenticated;

-- Gives a new user a workspace of their own.
create function private.welcome_user()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  created uuid;
begin
  insert into public.workspaces (name)
  values (left(coalesce(nullif(split_part(new.email, '@', 1), ''), 'My') || '''s workspace', 100))
  returning id into created;
  insert into public.workspace_members (workspace_id, user_id, role, email)
  values (created, new.id, 'owner', coalesce(new.email, ''));
  return null;
end
$$;
create trigger welcome_user after insert on auth.users for each row execute function private.welcome_user();

-- Keeps the members' shown address equal to the account's.
create function private.follow_email()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  update public.workspace_members set email = coalesce(new.email, '') where user_id = new.id;
  return null;
end
$$;
create trigger follow_email after update of email on auth.users
  for each row when (old.email is distinct from new.email) execute function private.follow_email();

alter table public.workspaces enable row level security;
alter table public.workspace_members enable row level security;

create policy "members read their workspaces" on public.workspaces for select to authenticated
  using (id = any (array(select private.my_workspaces())));
create policy "admins rename their workspaces" on public.workspaces for update to authenticated
  using (id = any (array(select private.my_workspaces('admin'))))
  with check (id = any (array(select private.my_workspaces('admin'))));
create policy "members read who else is in" on public.workspace_members for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));

grant select on public.workspaces, public.workspace_members to authenticated;
grant update (name) on public.workspaces to authenticated;
grant all on public.workspaces, public.workspace_members to service_role;
