-- Asking people into a workspace. An invite is for one address and one use; accepting takes a link's token, of which only the hash is kept, and an account with
-- that address. Whoever invites learns nothing about whether the address has an account.

create type public.invite_status as enum ('pending', 'accepted', 'declined', 'revoked');

create table public.workspace_invites (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  email text not null check (email = lower(email) and length(email) <= 254),
  role public.member_role not null check (role < 'owner'),
  status public.invite_status not null default 'pending',
  -- Whose right to invite it stands on; a new link makes it that of who made it.
  invited_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '7 days',
  -- The last mail that was sent; null when none could be.
  mailed_at timestamptz,
  answered_at timestamptz
);
create unique index workspace_invites_pending_key on public.workspace_invites (workspace_id, email) where status = 'pending';
create index workspace_invites_workspace_id_idx on public.workspace_invites (workspace_id, created_at);
create index workspace_invites_email_idx on public.workspace_invites (email);
create index workspace_invites_invited_by_idx on public.workspace_invites (invited_by);

-- The links of an invite, mailed or copied. Each works until the invite is answered, revoked or expired, so that copying one does not spoil the mail.
create table private.invite_links (
  token_hash bytea primary key,
  invite_id uuid not null references public.workspace_invites (id) on delete cascade,
  created_at timestamptz not null default now()
);
create index invite_links_invite_id_idx on private.invite_links (invite_id);
alter table private.invite_links enable row level security;

-- What limits are counted by, for a day: who made a link, and the address it was to be mailed to. References nothing: deleting an invite, a workspace or an
-- account gives nobody more mails.
create table private.made_links (
  id bigint generated always as identity primary key,
  made_by uuid not null,
  -- Null for a link to be copied.
  mailed_to text check (length(mailed_to) <= 254),
  made_at timestamptz not null default now()
);
create index made_links_made_by_idx on private.made_links (made_by, made_at);
create index made_links_mailed_to_idx on private.made_links (mailed_to, made_at) where mailed_to is not null;
create index made_links_made_at_idx on private.made_links (made_at);
alter table private.made_links enable row level security;

alter table public.workspace_invites enable row level security;
create policy "admins read invites" on public.workspace_invites for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces('admin'))));
grant select on public.workspace_invites to authenticated;
grant all on public.workspace_invites to service_role;

-- The pending invite, locked, if the caller may manage it; its workspace is locked first.
create function private.open_invite(invite_id uuid)
returns public.workspace_invites
language plpgsql
set search_path = ''
as $$
declare
  invite public.workspace_invites;
  mine public.member_role;
begin
  select * into invite from public.workspace_invites i where i.id = open_invite.invite_id;
  if invite.id is null or not invite.workspace_id = any (array(select private.my_workspaces())) then
    perform private.fail('not_found', 404, 'This invite does not exist any more.');
  end if;
  mine := private.open_workspace(invite.workspace_id, 'admin', true);
  select * into invite from public.workspace_invites i where i.id = open_invite.invite_id for update;
  if not private.may_manage(mine, invite.role) then
    perform private.fail('forbidden', 403, 'Your role does not allow this. Only owners invite admins.');
  end if;
  if invite.id is null or invite.status <> 'pending' then
    perform private.fail('invite_answered', 409, 'This invite was answered or taken back meanwhile.');
  end if;
  return invite;
end
$$;

-- Asks an address into the workspace as `role`, or gives its pending invite that role and another 7 days. Admins invite viewers and members, owners also
-- admins. Nothing is mailed (edge function `invites`). Returns the invite. Errors: bad_email, bad_role, forbidden, not_found, already_member,
-- too_many_invites (200 pending).
create function public.invite_member(workspace_id uuid, email text, role public.member_role)
returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  mine public.member_role := private.open_workspace(invite_member.workspace_id, 'admin', true);
  address text := lower(btrim(invite_member.email));
  invite public.workspace_invites;
begin
  if address is null or length(address) > 254 or address !~ '^[^[:space:][:cntrl:]@<>"]+@[^[:space:][:cntrl:]@<>"]+\.[^[:space:][:cntrl:]@<>"]+$' then
    perform private.fail('bad_email', 400, 'This is not an e-mail address. Check its spelling.');
  elsif invite_member.role is null or invite_member.role = 'owner' then
    perform private.fail('bad_role', 400, 'Invite people as viewer, member or admin. A member can be made an owner later.');
  elsif not private.may_manage(mine, invite_member.role) then
    perform private.fail('forbidden', 403, 'Your role does not allow this. Only owners invite admins.');
  elsif exists (
    select from public.workspace_members m where m.workspace_id = invite_member.workspace_id and lower(m.email) = address
  ) then
    perform private.fail('already_member', 409, 'This person is in the workspace already.');
  end if;
  select * into invite from public.workspace_invites i
  where i.workspace_id = invite_member.workspace_id and i.email = address and i.status = 'pending' for update;
  if found then
    if not private.may_manage(mine, invite.role) then
      perform private.fail('forbidden', 403, 'This address is invited as an admin already, which only owners can change.');
    end if;
    update public.workspace_invites i set role = invite_member.role, invited_by = (select auth.uid()), expires_at = now() + interval '7 days'
    where i.id = invite.id returning * into invite;
    return to_jsonb(invite);
  end if;
  if (select count(*) from public.workspace_invites i where i.workspace_id = invite_member.workspace_id and i.status = 'pending') >= 200 then
    perform private.fail('too_many_invites', 409, '200 invites are waiting for an answer. Take some of them back first.');
  end if;
  insert into public.workspace_invites (workspace_id, email, role, invited_by)
  values (invite_member.workspace_id, address, invite_member.role, (select auth.uid())) returning * into invite;
  return to_jsonb(invite);
end
$$;

-- Counts a link of the caller's, to be mailed to the address or (null) copied, unless there were too many: 200 by one person a day; to one address one a minute
-- and 5 a day. Whoever counts for the same person or address waits for those before.
create function private.count_link(mailed_to text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  caller uuid := (select auth.uid());
  today int;
  last timestamptz;
begin
  perform pg_advisory_xact_lock(hashtextextended('private.count_link by ' || caller, 0));
  if (select count(*) from private.made_links l where l.made_by = caller and l.made_at > now() - interval '1 day') >= 200 then
    perform private.fail('too_many_mails', 429, 'You have made 200 invite links today. Go on tomorrow; the invites are kept.');
  end if;
  if count_link.mailed_to is not null then
    perform pg_advisory_xact_lock(hashtextextended('private.count_link to ' || count_link.mailed_to, 0));
    select count(*), max(l.made_at) into today, last
    from private.made_links l where l.mailed_to = count_link.mailed_to and l.made_at > now() - interval '1 day';
    if last > now() - interval '1 minute' then
      perform private.fail('too_many_mails', 429, 'This address was mailed a moment ago. Wait a minute before you send another mail.');
    elsif today >= 5 then
      perform private.fail('too_many_mails', 429, 'This address was mailed 5 times today. Copy the link and send it yourself, or go on tomorrow.');
    end if;
  end if;
  insert into private.made_links (made_by, mailed_to) values (caller, count_link.mailed_to);
end
$$;

select cron.schedule('made-links', '43 * * * *', $$delete from private.made_links where made_at < now() - interval '1 day'$$);

-- Makes a link's token for a pending invite and gives the invite another 7 days. The token is in this answer only. Limits: 200 links a person and day; for
-- links to be mailed also one a minute and 5 a day to an address, from whichever workspace. Errors: forbidden, not_found, invite_answered, too_many_mails.
create function public.make_invite_link(invite_id uuid, to_be_mailed boolean default false)
returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  invite public.workspace_invites := private.open_invite(make_invite_link.invite_id);
  token text := encode(extensions.gen_random_bytes(32), 'hex');
begin
  perform private.count_link(case when to_be_mailed then invite.email end);
  update public.workspace_invites i set invited_by = (select auth.uid()), expires_at = now() + interval '7 days' where i.id = invite.id;
  insert into private.invite_links (token_hash, invite_id) values (extensions.digest(token, 'sha256'), invite.id);
  return jsonb_build_object('invite_id', invite.id, 'token', token, 'expires_at', now() + interval '7 days');
end
$$;

-- Takes a pending invite back: its links stop working. Errors: forbidden, not_found, invite_answered.
create function public.revoke_invite(invite_id uuid)
returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  invite public.workspace_invites := private.open_invite(revoke_invite.invite_id);
begin
  update public.workspace_invites i set status = 'revoked', answered_at = now() where i.id = invite.id;
end
$$;

grant execute on function public.invite_member, public.make_invite_link, public.revoke_invite to authenticated;

-- Notes that the edge function has mailed the invite's link. Returns the invite.
create function private.note_invite_mailed(invite_id uuid)
returns public.workspace_invites
language sql
set search_path = ''
as $$
  update public.workspace_invites i set mailed_at = now() where i.id = note_invite_mailed.invite_id returning i.*
$$;

select cron.schedule('old-invites', '41 3 * * *', $$delete from public.workspace_invites where coalesce(answered_at, expires_at) < now() - interval '30 days'$$);
