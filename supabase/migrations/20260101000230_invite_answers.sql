-- Answering an invite: whoever has a link of it may look, the account with its address may accept with the link or decline.

-- The caller's confirmed e-mail address, lower case. Null without one.
create function private.my_email()
returns text
language sql stable
set search_path = ''
as $$
  select lower(u.email) from auth.users u where u.id = (select auth.uid()) and u.email_confirmed_at is not null
$$;

-- The invite that a token opens, whatever its state. Null for any other text.
create function private.invite_of_token(token text)
returns public.workspace_invites
language sql stable
set search_path = ''
as $$
  select i from private.invite_links l join public.workspace_invites i on i.id = l.invite_id
  where l.token_hash = extensions.digest(invite_of_token.token, 'sha256')
$$;

-- Why an invite cannot be accepted any more, as an error; nothing while it can.
create function private.refuse_closed_invite(invite public.workspace_invites)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if invite.status = 'accepted' then
    perform private.fail('invite_used', 410, 'This invite was used already. Ask for a new one.');
  elsif invite.status = 'declined' then
    perform private.fail('invite_declined', 410, 'This invite was declined. Ask for a new one.');
  elsif invite.status = 'revoked' then
    perform private.fail('invite_revoked', 410, 'This invite was taken back. Ask whoever sent it.');
  elsif invite.expires_at <= now() then
    perform private.fail('invite_expired', 410, 'This invite has expired. Ask for a new one.');
  end if;
end
$$;

-- What the invite is about, for whoever has a link of it or its address: workspace, role, who invited, and whether this account can accept it. The names of the
-- workspace and of who invited are null once it is not pending, but for members: an old invite tells nothing of today. Error: not_found.
create function public.get_invite(invite_id uuid, token text default null)
returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  mine text := private.my_email();
  invite public.workspace_invites := private.invite_of_token(get_invite.token);
  is_member boolean;
  may_know boolean;
begin
  if invite.id is distinct from get_invite.invite_id then
    select * into invite from public.workspace_invites i where i.id = get_invite.invite_id and i.email = mine;
  end if;
  if invite.id is null then
    perform private.fail('not_found', 404, 'This invite does not exist, or it is for another account.');
  end if;
  is_member := invite.workspace_id = any (array(select private.my_workspaces()));
  may_know := is_member or (invite.status = 'pending' and invite.expires_at > now());
  return jsonb_build_object(
    'id', invite.id, 'workspace_id', invite.workspace_id, 'role', invite.role, 'email', invite.email, 'expires_at', invite.expires_at,
    'status', case when invite.status = 'pending' and invite.expires_at <= now() then 'expired' else invite.status::text end,
    'workspace_name', (select w.name from public.workspaces w where w.id = invite.workspace_id and may_know),
    'invited_by', (
      select m.email from public.workspace_members m where m.workspace_id = invite.workspace_id and m.user_id = invite.invited_by and may_know
    ),
    'is_mine', coalesce(invite.email = mine, false),
    'is_member', is_member
  );
end
$$;

-- The pending invites for the caller's confirmed address, newest first.
create function public.my_invites()
returns jsonb
language sql stable security definer
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', i.id, 'role', i.role, 'expires_at', i.expires_at, 'workspace_name', w.name,
    'invited_by', (select m.email from public.workspace_members m where m.workspace_id = i.workspace_id and m.user_id = i.invited_by)
  ) order by i.created_at desc), '[]')
  from public.workspace_invites i join public.workspaces w on w.id = i.workspace_id
  where i.email = private.my_email() and i.status = 'pending' and i.expires_at > now()
$$;

-- Joins the workspace that a link's token invites to. Somebody who is in it already stays what they are. Returns the workspace and the caller's role.
-- Errors: not_found, wrong_account, email_not_confirmed, inviter_left, invite_used, invite_declined, invite_revoked, invite_expired.
create function public.accept_invite(token text)
returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  caller uuid := (select auth.uid());
  address text;
  is_confirmed boolean;
  invite public.workspace_invites := private.invite_of_token(accept_invite.token);
  joined public.member_role;
begin
  if invite.id is null then
    perform private.fail('not_found', 404, 'This invite link is not valid. Ask for a new one.');
  end if;
  perform from public.workspaces w where w.id = invite.workspace_id for no key update;
  select * into invite from public.workspace_invites i where i.id = invite.id for update;
  if not found then
    perform private.fail('not_found', 404, 'This workspace does not exist any more.');
  end if;
  select u.email, u.email_confirmed_at is not null into address, is_confirmed from auth.users u where u.id = caller;
  if lower(address) is distinct from invite.email then
    perform private.fail('wrong_account', 403, 'This invite is for another e-mail address. Sign in with that one.');
  elsif not is_confirmed then
    perform private.fail('email_not_confirmed', 403, 'Confirm your e-mail address first, by the link that we mailed to you.');
  end if;
  select m.role into joined from public.workspace_members m where m.workspace_id = invite.workspace_id and m.user_id = caller;
  if joined is null then
    perform private.refuse_closed_invite(invite);
    if not exists (
      select from public.workspace_members m
      where m.workspace_id = invite.workspace_id and m.user_id = invite.invited_by and private.may_manage(m.role, invite.role)
    ) then
      perform private.fail('inviter_left', 410, 'Whoever invited you can no longer do so. Ask the workspace for a new invite.');
    end if;
    insert into public.workspace_members (workspace_id, user_id, role, email) values (invite.workspace_id, caller, invite.role, address);
    joined := invite.role;
  end if;
  update public.workspace_invites i set status = 'accepted', answered_at = now() where i.id = invite.id and i.status = 'pending';
  return (select jsonb_build_object('id', w.id, 'name', w.name, 'role', joined) from public.workspaces w where w.id = invite.workspace_id);
end
$$;

-- Says no to an invite for the caller's confirmed address. Errors: not_found, invite_used, …
create function public.decline_invite(invite_id uuid)
returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  invite public.workspace_invites;
begin
  select * into invite from public.workspace_invites i where i.id = decline_invite.invite_id and i.email = private.my_email() for update;
  if invite.id is null then
    perform private.fail('not_found', 404, 'This invite does not exist, or it is for another account.');
  end if;
  if invite.status <> 'declined' then
    perform private.refuse_closed_invite(invite);
    update public.workspace_invites i set status = 'declined', answered_at = now() where i.id = invite.id;
  end if;
end
$$;

grant execute on function public.get_invite, public.my_invites, public.accept_invite, public.decline_invite to authenticated;
