-- Who is in a workspace as what. A workspace that has members has an owner among them; one that has none is deleted.
-- Whoever changes members locks their workspace first, so that two who leave at once see each other.

-- Whether somebody with the role `actor` may change or remove somebody with the role `target`, or make somebody that.
create function private.may_manage(actor public.member_role, target public.member_role)
returns boolean
language sql immutable
set search_path = ''
as $$
  select actor = 'owner' or (actor = 'admin' and target < 'admin')
$$;

-- Workspaces that nobody is in any more, until their campaigns are gone.
create table private.abandoned_workspaces (
  workspace_id uuid primary key references public.workspaces (id) on delete cascade
);
alter table private.abandoned_workspaces enable row level security;

-- Deletes the abandoned workspaces whose campaigns are gone. The campaigns go first, in pieces (deletion.sql).
create function private.delete_abandoned_workspaces()
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from public.workspaces w using private.abandoned_workspaces a
  where w.id = a.workspace_id and not exists (select from public.campaigns c where c.workspace_id = w.id)
    and not exists (select from public.workspace_members m where m.workspace_id = w.id);
end
$$;

-- Ends what is under way in a workspace that nobody is in and has it deleted: at once if it is empty, else piece by piece.
create function private.abandon_workspace(workspace_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from public.campaigns c where c.workspace_id = abandon_workspace.workspace_id order by c.id for no key update;
  update public.research_runs r set status = 'cancelled', finished_at = now()
  where r.workspace_id = abandon_workspace.workspace_id and r.status in ('running', 'paused');
  update public.campaigns c set state = 'deleting' where c.workspace_id = abandon_workspace.workspace_id and c.state <> 'deleting';
  insert into private.abandoned_workspaces values (abandon_workspace.workspace_id) on conflict do nothing;
  perform private.delete_abandoned_workspaces();
end
$$;

-- After members were removed or their roles changed: a workspace left without an owner gets its highest and then oldest member; one without members is
-- abandoned. This also holds for accounts that are deleted and for what the secret key does.
create function private.keep_owner()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  touched uuid;
begin
  for touched in
    select distinct w.id from old_rows o join public.workspaces w on w.id = o.workspace_id
    left join public.workspace_members m on m.workspace_id = o.workspace_id and m.user_id = o.user_id
    where o.role = 'owner' and m.role is distinct from 'owner' order by w.id
  loop
    perform from public.workspaces w where w.id = touched for no key update;
    if not exists (select from public.workspace_members m where m.workspace_id = touched and m.role = 'owner') then
      update public.workspace_members m set role = 'owner'
      where m.workspace_id = touched and m.user_id = (
        select h.user_id from public.workspace_members h where h.workspace_id = touched order by h.role desc, h.created_at, h.user_id limit 1
      );
      if not found then
        perform private.abandon_workspace(touched);
      end if;
    end if;
  end loop;
  return null;
end
$$;
create trigger keep_owner_update after update on public.workspace_members
  referencing old table as old_rows for each statement execute function private.keep_owner();
create trigger keep_owner_delete after delete on public.workspace_members
  referencing old table as old_rows for each statement execute function private.keep_owner();

-- Before an account goes: locks its workspaces, because the lock on a workspace comes before those on its members, and then the campaigns that change with it:
-- those that it made, and those of workspaces that nobody else is in. Each kind in order.
create function private.lock_before_account_goes()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  own uuid[];
begin
  perform from public.workspaces w
  where w.id in (select m.workspace_id from public.workspace_members m where m.user_id = old.id) order by w.id for no key update;
  own := array(
    select m.workspace_id from public.workspace_members m where m.user_id = old.id and not exists (
      select from public.workspace_members o where o.workspace_id = m.workspace_id and o.user_id <> old.id
    )
  );
  perform from public.campaigns c where c.created_by = old.id or c.workspace_id = any (own) order by c.id for no key update;
  return old;
end
$$;
create trigger lock_rows before delete on auth.users for each row execute function private.lock_before_account_goes();

-- Stops with last_owner when the person is the only owner.
create function private.refuse_last_owner(workspace_id uuid, user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if exists (
    select from public.workspace_members m
    where m.workspace_id = refuse_last_owner.workspace_id and m.user_id = refuse_last_owner.user_id and m.role = 'owner'
  ) and not exists (
    select from public.workspace_members m
    where m.workspace_id = refuse_last_owner.workspace_id and m.user_id <> refuse_last_owner.user_id and m.role = 'owner'
  ) then
    perform private.fail('last_owner', 409, 'A workspace needs an owner. Nothing was changed: make another member an owner first, or delete the workspace.');
  end if;
end
$$;

-- The role of a member of the workspace; not_found for anybody else.
create function private.role_of_member(workspace_id uuid, user_id uuid)
returns public.member_role
language plpgsql
set search_path = ''
as $$
declare
  found_role public.member_role;
begin
  select m.role into found_role from public.workspace_members m
  where m.workspace_id = role_of_member.workspace_id and m.user_id = role_of_member.user_id;
  if found_role is null then
    perform private.fail('not_found', 404, 'This person is not in the workspace any more.');
  end if;
  return found_role;
end
$$;

-- Gives a member another role. Admins do so among viewers and members, owners among all; anybody may step down. Errors: forbidden, not_found, last_owner.
create function public.change_role(workspace_id uuid, user_id uuid, role public.member_role)
returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  mine public.member_role := private.open_workspace(change_role.workspace_id, 'viewer', true);
  theirs public.member_role := private.role_of_member(change_role.workspace_id, change_role.user_id);
  is_stepping_down boolean := change_role.user_id = (select auth.uid()) and change_role.role < theirs;
begin
  if change_role.role is null then
    perform private.fail('bad_role', 400, 'Say which role the person should have.');
  end if;
  if not is_stepping_down and not (private.may_manage(mine, theirs) and private.may_manage(mine, change_role.role)) then
    perform private.fail('forbidden', 403, 'Your role does not allow this. Admins manage members and viewers; owners manage everybody.');
  end if;
  if change_role.role < 'owner' then
    perform private.refuse_last_owner(change_role.workspace_id, change_role.user_id);
  end if;
  update public.workspace_members m set role = change_role.role
  where m.workspace_id = change_role.workspace_id and m.user_id = change_role.user_id and m.role <> change_role.role;
end
$$;

-- Takes a member out; what they own goes back to nobody (release_rows). Admins remove viewers and members, owners everybody. Errors as change_role.
create function public.remove_member(workspace_id uuid, user_id uuid)
returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  mine public.member_role := private.open_workspace(remove_member.workspace_id, 'viewer', true);
  theirs public.member_role := private.role_of_member(remove_member.workspace_id, remove_member.user_id);
begin
  if remove_member.user_id <> (select auth.uid()) and not private.may_manage(mine, theirs) then
    perform private.fail('forbidden', 403, 'Your role does not allow this. Admins manage members and viewers; owners manage everybody.');
  end if;
  perform private.refuse_last_owner(remove_member.workspace_id, remove_member.user_id);
  delete from public.workspace_members m where m.workspace_id = remove_member.workspace_id and m.user_id = remove_member.user_id;
  perform private.release_rows(remove_member.workspace_id, remove_member.user_id);
end
$$;

-- Takes the caller out of a workspace. Errors: not_found, last_owner.
create function public.leave_workspace(workspace_id uuid)
returns void
language sql security definer
set search_path = ''
as $$
  select public.remove_member(leave_workspace.workspace_id, (select auth.uid()))
$$;

-- Makes another member an owner and the caller, an owner, an admin. Errors: forbidden, not_found, bad_role (to oneself).
create function public.transfer_ownership(workspace_id uuid, user_id uuid)
returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  mine public.member_role := private.open_workspace(transfer_ownership.workspace_id, 'viewer', true);
begin
  if mine < 'owner' then
    perform private.fail('forbidden', 403, 'Only owners can hand over a workspace.');
  end if;
  perform private.role_of_member(transfer_ownership.workspace_id, transfer_ownership.user_id);
  if transfer_ownership.user_id = (select auth.uid()) then
    perform private.fail('bad_role', 400, 'You are an owner already.');
  end if;
  update public.workspace_members m set role = 'owner'
  where m.workspace_id = transfer_ownership.workspace_id and m.user_id = transfer_ownership.user_id;
  update public.workspace_members m set role = 'admin'
  where m.workspace_id = transfer_ownership.workspace_id and m.user_id = (select auth.uid());
end
$$;

-- Deletes a workspace: nobody is in it when this returns; its campaigns go piece by piece. Owners only.
create function public.delete_workspace(workspace_id uuid)
returns void
language plpgsql security definer
set search_path = ''
as $$
begin
  perform private.open_workspace(delete_workspace.workspace_id, 'owner', true);
  delete from public.workspace_members m where m.workspace_id = delete_workspace.workspace_id;
end
$$;

grant execute on function public.change_role, public.remove_member, public.leave_workspace, public.transfer_ownership, public.delete_workspace
  to authenticated;

-- Takes up to `at_most` companies and as many contacts back from somebody who left, and forgets the person once nothing is theirs. Returns whether more is
-- left. It waits for nobody: what others hold, and what is of campaigns on the move, comes next time.
create function private.release_rows(workspace_id uuid, user_id uuid, at_most int default 500)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  owned_companies uuid[];
  owned_contacts uuid[];
  free uuid[];
begin
  perform from private.assignees a
  where a.workspace_id = release_rows.workspace_id and a.user_id = release_rows.user_id and a.has_left for update skip locked;
  if not found then
    return false;
  end if;
  owned_companies := array(
    select c.id from public.companies c join public.campaigns g on g.id = c.campaign_id and g.state = 'active'
    where c.workspace_id = release_rows.workspace_id and c.owner_id = release_rows.user_id limit at_most);
  owned_contacts := array(
    select c.id from public.contacts c join public.campaigns g on g.id = c.campaign_id and g.state = 'active'
    where c.workspace_id = release_rows.workspace_id and c.owner_id = release_rows.user_id limit at_most);
  if not exists (select from public.companies c where c.workspace_id = release_rows.workspace_id and c.owner_id = release_rows.user_id)
    and not exists (select from public.contacts c where c.workspace_id = release_rows.workspace_id and c.owner_id = release_rows.user_id) then
    delete from private.assignees a where a.workspace_id = release_rows.workspace_id and a.user_id = release_rows.user_id;
    return false;
  end if;
  free := array(
    select c.id from public.campaigns c
    where c.state = 'active' and c.id in (
      select x.campaign_id from public.companies x where x.id = any (owned_companies)
      union select x.campaign_id from public.contacts x where x.id = any (owned_contacts))
    order by c.id for no key update skip locked);
  with held as (
    select c.id from public.companies c where c.id = any (owned_companies) and c.campaign_id = any (free) order by c.id for no key update skip locked
  )
  update public.companies c set owner_id = null from held where c.id = held.id;
  with held as (
    select c.id from public.contacts c where c.id = any (owned_contacts) and c.campaign_id = any (free) order by c.id for no key update skip locked
  )
  update public.contacts c set owner_id = null from held where c.id = held.id;
  return true;
end
$$;

-- One piece for each of some who left with rows in their name; whoever's rows are all held by others does not keep the rest waiting.
create function private.release_rows_of_leavers()
returns void
language sql
set search_path = ''
as $$
  select private.release_rows(a.workspace_id, a.user_id, 2000)
  from (select workspace_id, user_id from private.assignees where has_left order by random() limit 5) as a
$$;

select cron.schedule('members-who-left', '10 seconds', 'select private.release_rows_of_leavers(), private.delete_abandoned_workspaces()');
