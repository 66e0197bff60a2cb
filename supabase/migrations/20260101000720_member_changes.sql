-- Changes of membership, told live: who is in a workspace and who is asked on workspace:<id>, each person's own workspaces on user:<id>. Somebody removed hears
-- of it there: they may no longer listen to the workspace.

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
