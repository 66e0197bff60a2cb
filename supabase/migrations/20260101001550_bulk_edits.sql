-- Editing and deleting all rows that a filter matches. Rows are walked by (created_at, id), which no edit changes: each row that was there is met once,
-- also when an edit takes it out of the filter. Rows that come meanwhile are left alone.

-- What a task's filter means, as SQL conditions on rows `c` with $1 for the filter, made once when it starts: a typo is read as the words that exist, and
-- those must not change while rows go. Out of everybody's reach, because it is run.
create table private.task_conditions (
  task_id uuid primary key references public.bulk_tasks (id) on delete cascade,
  conditions text not null
);
alter table private.task_conditions enable row level security;

-- Refuses a patch that is not { add_tags, remove_tags, owner_id, do_not_contact } with at least one of them, or assigns a stranger.
create function private.check_patch(workspace_id uuid, list text, patch jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  field text;
begin
  if jsonb_typeof(patch) is distinct from 'object' or patch = '{}' or pg_column_size(patch) > 20000 then
    perform private.fail('bad_patch', 400, 'Say what to change: tags, the owner, or whether to contact people.');
  end if;
  for field in select jsonb_object_keys(patch) loop
    case
      when field in ('add_tags', 'remove_tags') then
        if jsonb_typeof(patch -> field) <> 'array' or jsonb_array_length(patch -> field) not between 1 and 50 or exists (
          select from jsonb_array_elements(patch -> field) as t
          where jsonb_typeof(t) <> 'string' or t #>> '{}' is distinct from private.clean_text(t #>> '{}', 100)
        ) then
          perform private.fail('bad_patch', 400, 'Give 1 to 50 tags of at most 100 characters.');
        end if;
      when field = 'owner_id' then
        if jsonb_typeof(patch -> field) <> 'null' and not exists (
          select from public.workspace_members m where m.workspace_id = check_patch.workspace_id and m.user_id::text = patch ->> field
        ) then
          perform private.fail('bad_patch', 400, 'The new owner is not a member of this workspace.');
        end if;
      when field = 'do_not_contact' and list = 'contacts' then
        if jsonb_typeof(patch -> field) <> 'boolean' then
          perform private.fail('bad_patch', 400, 'do_not_contact is true or false.');
        end if;
      else
        perform private.fail('bad_patch', 400, format('%s of %s cannot be changed for many at once.', left(field, 50), list));
    end case;
  end loop;
end
$$;

-- Makes the task for rows of a campaign that match, and begins it. Errors: bad_list, bad_filter, task_active.
create function private.start_on_matching(campaign public.campaigns, kind public.task_kind, list text, filter jsonb, patch jsonb)
returns uuid
language plpgsql
set search_path = ''
set plan_cache_mode = force_custom_plan -- each filter wants a plan of its own
as $$
declare
  conditions text;
  matching int;
  task_id uuid;
begin
  perform private.refuse_second_task(campaign.id);
  if list is null or list not in ('companies', 'contacts') then
    perform private.fail('bad_list', 400, 'The list is companies or contacts.');
  end if;
  conditions := private.matching_conditions(list, campaign.workspace_id, filter);
  if conditions = 'true' then
    matching := case list when 'companies' then campaign.company_count else campaign.contact_count end;
  else -- counted as far as there is time: it only tells how far the task is
    execute format('select count(*) from (select from public.%I c where c.workspace_id = $2 and c.campaign_id = $3 and %s limit 100000) as matching', list, conditions)
      into matching using filter, campaign.workspace_id, campaign.id;
  end if;
  insert into public.bulk_tasks (workspace_id, campaign_id, campaign_name, kind, list, filter, patch, total, created_by)
  values (campaign.workspace_id, campaign.id, campaign.name, kind, list, filter, patch, matching, (select auth.uid()))
  returning id into task_id;
  insert into private.task_conditions values (task_id, conditions);
  return task_id;
end
$$;

-- Changes all rows of a campaign that the filter of list_companies or list_contacts matches: patch { add_tags: […], remove_tags: […], owner_id: uuid or
-- null, do_not_contact (contacts) }, any of them. Gives the task: completed at once for some thousand rows, else running. Errors: bad_list, bad_filter,
-- bad_patch, task_active, campaign_busy.
create function public.edit_matching(campaign_id uuid, list text, filter jsonb, patch jsonb)
returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  campaign public.campaigns := private.open_campaign(edit_matching.campaign_id, 'member', true);
begin
  perform private.check_patch(campaign.workspace_id, list, patch);
  return private.begin_task(private.start_on_matching(campaign, 'edit_rows', list, filter, patch));
end
$$;

-- Deletes all rows of a campaign that the filter matches, companies with their contacts. As edit_matching.
create function public.delete_matching(campaign_id uuid, list text, filter jsonb)
returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  campaign public.campaigns := private.open_campaign(delete_matching.campaign_id, 'member', true);
begin
  return private.begin_task(private.start_on_matching(campaign, 'delete_rows', list, filter, '{}'));
end
$$;
grant execute on function public.edit_matching, public.delete_matching to authenticated;

-- The task's next rows, locked in id order: { ids: those that match, found: how many were looked at, last: the key of the last }.
create function private.next_matching(task public.bulk_tasks)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  conditions text := (select t.conditions from private.task_conditions t where t.task_id = task.id);
  batch jsonb;
  ids jsonb;
begin
  if not exists (select from public.campaigns c where c.id = task.campaign_id and c.state = 'active') then
    perform private.fail('campaign_busy', 409, 'This stopped because the campaign is being deleted.');
  end if;
  execute format(
    'select jsonb_build_object(''found'', count(*), ''ids'', jsonb_agg(r.id), ''last'', jsonb_agg(to_jsonb(r) order by r.created_at desc, r.id desc) -> 0) from (
      select c.created_at, c.id from public.%1$I c
      where c.workspace_id = $2 and c.campaign_id = $3 and %2$s and c.created_at <= $6
        and ($4::jsonb is null or (c.created_at, c.id) > (($4 ->> ''created_at'')::timestamptz, ($4 ->> ''id'')::uuid))
      order by c.created_at, c.id limit $5
    ) as r', task.list, conditions
  ) into batch using task.filter, task.workspace_id, task.campaign_id, task.after, task.chunk_rows,
    task.created_at + interval '1 second'; -- imports date rows ahead by a little
  -- Locking waits for edits under way: what they took out of the filter is left alone.
  execute format('select coalesce(jsonb_agg(l.id), ''[]'') from (
    select c.id from public.%1$I c where c.id = any (private.text_array($2)::uuid[]) and %2$s order by c.id for no key update
  ) as l', task.list, conditions) into ids using task.filter, batch -> 'ids';
  return batch || jsonb_build_object('ids', ids);
end
$$;

-- One chunk of an edit. Rows that have what the patch asks for stay untouched.
create function private.edit_rows_chunk(task public.bulk_tasks)
returns public.bulk_tasks
language plpgsql
set search_path = ''
as $$
declare
  batch jsonb := private.next_matching(task);
begin
  if task.patch ->> 'owner_id' is not null then
    perform from private.assignees a
    where a.workspace_id = task.workspace_id and a.user_id = (task.patch ->> 'owner_id')::uuid and not a.has_left for key share;
    if not found then
      perform private.fail('bad_patch', 400, 'This stopped because the new owner has left the workspace. Rows that were done before stay changed.');
    end if;
  end if;
  execute format(
    'update public.%1$I c
    set tags = n.tags, owner_id = n.owner_id%2$s
    from (
      select x.id, private.edit_tags(x.tags, $2 -> ''add_tags'', $2 -> ''remove_tags'') as tags,
        case when $2 ? ''owner_id'' then ($2 ->> ''owner_id'')::uuid else x.owner_id end as owner_id%3$s
      from public.%1$I x where x.id = any (private.text_array($1)::uuid[])
    ) as n
    where c.id = n.id and (c.tags, c.owner_id%4$s) is distinct from (n.tags, n.owner_id%5$s)',
    task.list,
    case when task.list = 'contacts' then ', do_not_contact = n.do_not_contact' end,
    case when task.list = 'contacts' then ', coalesce(($2 ->> ''do_not_contact'')::boolean, x.do_not_contact) as do_not_contact' end,
    case when task.list = 'contacts' then ', c.do_not_contact' end,
    case when task.list = 'contacts' then ', n.do_not_contact' end
  ) using batch -> 'ids', task.patch;
  return private.after_chunk(task, batch);
end
$$;

-- The tags without some and with others added, each once, in the order they came; what would be more than 200 is left out.
create function private.edit_tags(tags text[], added jsonb, removed jsonb)
returns text[]
language sql immutable
set search_path = ''
as $$
  select private.merge_tags(
    array(select t.tag from unnest(tags) with ordinality as t (tag, place) where not t.tag = any (private.text_array(removed)) order by t.place),
    array(select t.tag from unnest(private.text_array(added)) with ordinality as t (tag, place) where not t.tag = any (private.text_array(removed)) order by t.place)
  )
$$;

-- One chunk of a deletion of rows. Of companies the contacts go first, in pieces: one company may have more than a statement should delete.
create function private.delete_rows_chunk(task public.bulk_tasks)
returns public.bulk_tasks
language plpgsql
set search_path = ''
as $$
declare
  batch jsonb := private.next_matching(task);
  ids uuid[] := private.text_array(batch -> 'ids')::uuid[];
  gone int;
begin
  if task.list = 'contacts' then
    delete from public.contacts c where c.id = any (ids);
  else
    delete from public.contacts c where c.id in (
      select x.id from public.contacts x where x.workspace_id = task.workspace_id and x.company_id = any (ids) limit task.chunk_rows
    );
    get diagnostics gone = row_count;
    if gone = task.chunk_rows then
      return task;
    end if;
    delete from public.companies c where c.id = any (ids);
  end if;
  -- A run whose last jobs went with their subjects has nobody left to end it.
  perform private.end_run(r.id) from public.research_runs r where r.campaign_id = task.campaign_id and r.status = 'running';
  return private.after_chunk(task, batch);
end
$$;

-- The task after its next rows are done.
create function private.after_chunk(task public.bulk_tasks, batch jsonb)
returns public.bulk_tasks
language plpgsql immutable
set search_path = ''
as $$
begin
  task.done := task.done + jsonb_array_length(batch -> 'ids');
  task.after := coalesce(nullif(batch -> 'last', 'null'), task.after);
  if (batch -> 'found')::int < task.chunk_rows then
    task.status := 'completed';
  end if;
  return task;
end
$$;
