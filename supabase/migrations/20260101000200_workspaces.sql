-- Teams and who is in them. Every tenant row elsewhere carries a workspace_id that leads here.

create type public.member_role as enum ('viewer', 'member', 'admin', 'owner');

create table public.workspaces (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) <= 100 and name ~ '\S'),
  -- Part of the names of the channels on which changes in the workspace are told (realtime.sql); another one whenever somebody is no longer a member.
  channel_key uuid not null default gen_random_uuid(),
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

-- Whom rows may be assigned to: the members, and who has left for as long as rows are theirs (members.sql takes those back in pieces). Owners of rows are
-- referenced here, because deleting a member would otherwise have to change every row they own at once, and they may own a million.
create table private.assignees (
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  user_id uuid not null,
  has_left boolean not null default false,
  primary key (workspace_id, user_id)
);
create index assignees_has_left_idx on private.assignees (workspace_id, user_id) where has_left;
alter table private.assignees enable row level security;

-- Keeps the assignees in step with the members.
create function private.follow_members()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    insert into private.assignees (workspace_id, user_id) select workspace_id, user_id from new_rows
    on conflict (workspace_id, user_id) do update set has_left = false;
  else
    update private.assignees a set has_left = true from old_rows o where a.workspace_id = o.workspace_id and a.user_id = o.user_id;
  end if;
  return null;
end
$$;
create trigger follow_insert after insert on public.workspace_members
  referencing new table as new_rows for each statement execute function private.follow_members();
create trigger follow_delete after delete on public.workspace_members
  referencing old table as old_rows for each statement execute function private.follow_members();

-- The workspaces the caller belongs to with at least the role `at_least`. For policies: `= any (array(select …))` evaluates it once.
create function private.my_workspaces(at_least public.member_role default 'viewer')
returns setof uuid
language plpgsql stable security definer -- plpgsql keeps its plan; an SQL function here is planned anew in every statement
set search_path = ''
as $$
begin
  return query select m.workspace_id from public.workspace_members m where m.user_id = (select auth.uid()) and m.role >= at_least;
end
$$;
grant execute on function private.my_workspaces to authenticated;

-- The caller's role in the workspace, at least `at_least`. Otherwise an error: a stranger's workspace does not exist. Functions that change who is in it lock
-- it, which makes them wait for each other; the role is what it is after the wait.
create function private.open_workspace(workspace_id uuid, at_least public.member_role, lock_it boolean default false)
returns public.member_role
language plpgsql
set search_path = ''
as $$
declare
  mine public.member_role;
begin
  select m.role into mine from public.workspace_members m where m.workspace_id = open_workspace.workspace_id and m.user_id = (select auth.uid());
  if lock_it and mine is not null then -- a stranger must not hold up anybody
    perform from public.workspaces w where w.id = open_workspace.workspace_id for no key update;
    mine := null;
    select m.role into mine from public.workspace_members m where m.workspace_id = open_workspace.workspace_id and m.user_id = (select auth.uid());
  end if;
  if mine is null then
    perform private.fail('not_found', 404, 'This workspace does not exist.');
  elsif mine < at_least then
    perform private.fail('forbidden', 403, 'Your role in this workspace does not allow this. Ask an owner or admin.');
  end if;
  return mine;
end
$$;

-- Makes a workspace with the caller as its owner. Errors: bad_name, too_many_workspaces (100 of which one is the owner).
create function public.create_workspace(name text)
returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  caller uuid := (select auth.uid());
  caller_email text;
  clean_name text := private.clean_text(left(create_workspace.name, 1000), 101);
  created uuid;
begin
  select coalesce(u.email, '') into caller_email from auth.users u where u.id = caller;
  if not found then
    perform private.fail('not_found', 404, 'This account does not exist any more.');
  end if;
  if clean_name is null or length(clean_name) > 100 then
    perform private.fail('bad_name', 400, 'Give the workspace a name of at most 100 characters.');
  end if;
  if (select count(*) from public.workspace_members m where m.user_id = caller and m.role = 'owner') >= 100 then
    perform private.fail('too_many_workspaces', 409, 'You own 100 workspaces already. Delete one that you do not need first.');
  end if;
  insert into public.workspaces (name) values (clean_name) returning id into created;
  insert into public.workspace_members (workspace_id, user_id, role, email) values (created, caller, 'owner', caller_email);
  return jsonb_build_object('id', created, 'name', clean_name, 'role', 'owner');
end
$$;
grant execute on function public.create_workspace to authenticated;

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

-- Keeps the members' shown address equal to the account's. Locks the workspaces, in order, before their members.
create function private.follow_email()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  perform from public.workspaces w
  where w.id in (select m.workspace_id from public.workspace_members m where m.user_id = new.id) order by w.id for no key update;
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
  using (id = any (array(select private.my_workspaces('admin'))));
create policy "members read who else is in" on public.workspace_members for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())));

grant select on public.workspaces, public.workspace_members to authenticated;
grant update (name) on public.workspaces to authenticated;
grant all on public.workspaces, public.workspace_members to service_role;
