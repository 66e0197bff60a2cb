-- Saved views: a list's search, filters, sort and columns under a name, for every campaign of a workspace. Its maker's own, or shared with the workspace.

create table public.saved_views (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  list text not null check (list in ('companies', 'contacts')),
  name text not null check (length(name) <= 60 and name ~ '\S'),
  -- The query part of the page's address (search, filters, sort), without "?".
  query text not null default '' check (length(query) <= 5000),
  -- { order, visible, widths } of the columns, as the app keeps them.
  columns jsonb not null default '{}' check (jsonb_typeof(columns) = 'object' and pg_column_size(columns) <= 20000),
  is_shared boolean not null default false,
  created_by uuid not null default auth.uid() references auth.users (id) on delete cascade,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index saved_views_workspace_id_idx on public.saved_views (workspace_id, list, name);
create index saved_views_created_by_idx on public.saved_views (created_by);

create trigger touch before update on public.saved_views for each row execute function private.touch();

-- A person has at most 100 views in a workspace, so that nobody can fill a list that everybody loads.
create function private.limit_saved_views()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if (select count(*) from public.saved_views v where v.workspace_id = new.workspace_id and v.created_by = new.created_by) >= 100 then
    perform private.fail('too_many_views', 409, 'You have 100 saved views here. Delete one you no longer use first.');
  end if;
  return new;
end
$$;
create trigger limit_saved_views before insert on public.saved_views for each row execute function private.limit_saved_views();

alter table public.saved_views enable row level security;

create policy "members read their own and shared views" on public.saved_views for select to authenticated
  using (workspace_id = any (array(select private.my_workspaces())) and (is_shared or created_by = (select auth.uid())));
-- Viewers save views for themselves; sharing changes what others see.
create policy "members save views" on public.saved_views for insert to authenticated
  with check (
    created_by = (select auth.uid())
    and workspace_id = any (array(select private.my_workspaces()))
    and (not is_shared or workspace_id = any (array(select private.my_workspaces('member'))))
  );
create policy "makers change their views" on public.saved_views for update to authenticated
  using (created_by = (select auth.uid()) and workspace_id = any (array(select private.my_workspaces())))
  with check (
    created_by = (select auth.uid())
    and workspace_id = any (array(select private.my_workspaces()))
    and (not is_shared or workspace_id = any (array(select private.my_workspaces('member'))))
  );
-- A shared view whose maker lost interest can be tidied away by an admin.
create policy "makers and admins delete views" on public.saved_views for delete to authenticated
  using (
    (created_by = (select auth.uid()) and workspace_id = any (array(select private.my_workspaces())))
    or (is_shared and workspace_id = any (array(select private.my_workspaces('admin'))))
  );

grant select, delete on public.saved_views to authenticated;
grant insert (workspace_id, list, name, query, columns, is_shared) on public.saved_views to authenticated;
grant update (name, query, columns, is_shared) on public.saved_views to authenticated;
grant all on public.saved_views to service_role;

create trigger note_insert after insert on public.saved_views
  referencing new table as new_rows for each statement execute function private.note_workspace_rows();
create trigger note_update after update on public.saved_views
  referencing new table as new_rows for each statement execute function private.note_workspace_rows();
create trigger note_delete after delete on public.saved_views
  referencing old table as old_rows for each statement execute function private.note_workspace_rows();
