-- Changes of membership, told live: who is in a workspace and who is asked on workspace:<id>, each person's own workspaces on user:<id>. Somebody removed hears
-- of it there: the workspace's own channels move to where they cannot follow.

-- Statement trigger of members.
create function private.note_members()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if tg_op = 'DELETE' then
    perform private.note_change('workspace:' || workspace_id, tg_table_name, 'delete', array_agg(user_id)) from old_rows group by workspace_id;
    perform private.note_change('user:' || user_id, tg_table_name, 'delete', array_agg(workspace_id)) from old_rows group by user_id;
  else
    perform private.note_change('workspace:' || workspace_id, tg_table_name, lower(tg_op), array_agg(user_id)) from new_rows group by workspace_id;
    perform private.note_change('user:' || user_id, tg_table_name, lower(tg_op), array_agg(workspace_id)) from new_rows group by user_id;
  end if;
  return null;
end
$$;
create trigger note_insert after insert on public.workspace_members
  referencing new table as new_rows for each statement execute function private.note_members();
create trigger note_update after update on public.workspace_members
  referencing new table as new_rows for each statement execute function private.note_members();
create trigger note_delete after delete on public.workspace_members
  referencing old table as old_rows for each statement execute function private.note_members();

-- Statement trigger of members who are gone, whoever took them out: their workspaces get another key. The last that is told under the old one is that the
-- workspace changed, so that those who stay read the new one and move. Whoever changes members holds the workspace's lock already.
create function private.renew_channel_keys()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  renewed record;
begin
  for renewed in
    select w.id, w.channel_key from public.workspaces w where w.id in (select workspace_id from old_rows) order by w.id for no key update
  loop
    perform private.note_change(format('workspace:%s:%s', renewed.id, renewed.channel_key), 'workspaces', 'update', array[renewed.id]);
    update public.workspaces w set channel_key = gen_random_uuid() where w.id = renewed.id;
  end loop;
  return null;
end
$$;
create trigger renew_channel_keys after delete on public.workspace_members
  referencing old table as old_rows for each statement execute function private.renew_channel_keys();

-- Statement trigger of a workspace's own rows and of workspaces themselves.
create function private.note_workspace_rows()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if tg_table_name = 'workspaces' then
    perform private.note_change('workspace:' || id, tg_table_name, lower(tg_op), array[id]) from new_rows;
  elsif tg_op = 'DELETE' then
    perform private.note_change('workspace:' || workspace_id, tg_table_name, 'delete', array_agg(id)) from old_rows group by workspace_id;
  else
    perform private.note_change('workspace:' || workspace_id, tg_table_name, lower(tg_op), array_agg(id)) from new_rows group by workspace_id;
  end if;
  return null;
end
$$;
create trigger note_update after update on public.workspaces
  referencing new table as new_rows for each statement execute function private.note_workspace_rows();
create trigger note_insert after insert on public.workspace_invites
  referencing new table as new_rows for each statement execute function private.note_workspace_rows();
create trigger note_update after update on public.workspace_invites
  referencing new table as new_rows for each statement execute function private.note_workspace_rows();
