-- Archive and restore a campaign: by hand, or by themselves when nobody touched it for long.

alter table public.workspaces add column archive_after_days int default 180 check (archive_after_days between 1 and 3650);
comment on column public.workspaces.archive_after_days is 'Campaigns that nothing changed in for so many days are archived. Null: never.';
grant update (archive_after_days) on public.workspaces to authenticated;

-- What goes on in a campaign that an archive would tear apart: 'run', 'import' or null. An import that got nothing for an hour was given up, and can go on
-- after a restore.
create function private.work_under_way(campaign_id uuid)
returns text
language sql stable
set search_path = ''
as $$
  select case
    when exists (select from public.research_runs r where r.campaign_id = work_under_way.campaign_id and r.status in ('running', 'paused')) then 'run'
    when exists (
      select from public.import_jobs i
      where i.campaign_id = work_under_way.campaign_id and i.status = 'running' and (i.created_at > now() - interval '1 hour' or exists (
        select from public.import_chunks c where c.import_id = i.id and c.created_at > now() - interval '1 hour'
      ))
    ) then 'import'
  end
$$;

-- Makes the task that archives a campaign, which the caller has locked and checked: from the start, or where a failed one stopped.
create function private.start_archiving(campaign public.campaigns, by_whom uuid)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  already int;
  task_id uuid;
begin
  if campaign.state = 'active' then
    update public.campaigns c set state = 'archiving' where c.id = campaign.id;
    insert into public.archived_campaigns as a (workspace_id, campaign_id, campaign, archived_by)
    values (campaign.workspace_id, campaign.id, to_jsonb(campaign), by_whom)
    on conflict on constraint archived_campaigns_pkey do update
    set campaign = excluded.campaign, archived_by = excluded.archived_by, tables = '{}', restored_tables = '{}', archived_at = null, restored_at = null,
      restored_by = null;
  end if;
  select coalesce(sum((e.value -> 'rows')::int), 0) into already
  from public.archived_campaigns a cross join lateral jsonb_each(a.tables) as e
  where a.workspace_id = campaign.workspace_id and a.campaign_id = campaign.id and e.key in ('companies', 'contacts');
  insert into public.bulk_tasks (workspace_id, campaign_id, campaign_name, kind, total, done, created_by)
  values (campaign.workspace_id, campaign.id, campaign.name, 'archive', campaign.company_count + campaign.contact_count, already, by_whom)
  returning id into task_id;
  return task_id;
end
$$;

-- Puts a campaign away: its rows leave every list and search, and can be read and restored. Gives the task; small campaigns are archived when this returns.
-- Called again after a failure it goes on. Errors: run_active, import_active, task_active, campaign_busy.
create function public.archive_campaign(campaign_id uuid)
returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  campaign public.campaigns := private.open_campaign(archive_campaign.campaign_id, 'member', true, '{active,archiving}');
begin
  perform private.refuse_second_task(campaign.id);
  case private.work_under_way(campaign.id)
    when 'run' then
      perform private.fail('run_active', 409, 'Research is under way in this campaign. Wait for it to end, or cancel it, then archive.');
    when 'import' then
      perform private.fail('import_active', 409, 'An import into this campaign is under way. Wait for it to end, then archive.');
    else null;
  end case;
  return private.begin_task(private.start_archiving(campaign, (select auth.uid())));
end
$$;

-- One chunk of archiving.
create function private.archive_chunk(task public.bulk_tasks)
returns public.bulk_tasks
language plpgsql
set search_path = ''
as $$
begin
  if not exists (select from public.campaigns c where c.id = task.campaign_id and c.state = 'archiving') then
    perform private.fail('campaign_busy', 409, 'This stopped because the campaign is being deleted.');
  end if;
  task := private.move_chunk(task, false);
  if task.step is null then
    update public.archived_campaigns a set archived_at = now() where a.workspace_id = task.workspace_id and a.campaign_id = task.campaign_id;
    update public.campaigns c set state = 'archived' where c.id = task.campaign_id;
    task.status := 'completed';
  end if;
  return task;
end
$$;

-- Makes the task that restores a campaign, which the caller has locked: from the start, or where a failed one stopped.
create function private.start_restoring(campaign public.campaigns, by_whom uuid)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  already int;
  task_id uuid;
begin
  update public.archived_campaigns a
  set restored_by = by_whom, restored_tables = case when campaign.state = 'restoring' then a.restored_tables else '{}' end
  where a.workspace_id = campaign.workspace_id and a.campaign_id = campaign.id;
  update public.campaigns c set state = 'restoring' where c.id = campaign.id;
  select coalesce(sum((e.value -> 'rows')::int), 0) into already
  from public.archived_campaigns a cross join lateral jsonb_each(a.restored_tables) as e
  where a.workspace_id = campaign.workspace_id and a.campaign_id = campaign.id and e.key in ('companies', 'contacts');
  insert into public.bulk_tasks (workspace_id, campaign_id, campaign_name, kind, total, done, created_by)
  values (campaign.workspace_id, campaign.id, campaign.name, 'restore', campaign.company_count + campaign.contact_count, already, by_whom)
  returning id into task_id;
  return task_id;
end
$$;

-- Brings an archived campaign back as it was. Gives the task; small campaigns are back when this returns. Called again after a failure it goes on; after a
-- failed archiving it brings back what was moved. Errors: task_active, campaign_busy.
create function public.restore_campaign(campaign_id uuid)
returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  campaign public.campaigns := private.open_campaign(restore_campaign.campaign_id, 'member', true, '{archived,restoring,archiving}');
begin
  perform private.refuse_second_task(campaign.id);
  return private.begin_task(private.start_restoring(campaign, (select auth.uid())));
end
$$;

-- Compares what came back to the live tables with what went: the rows that lost their owner, and the names of tables that differ (null: none). Hashes count
-- as long as they are of the same columns.
create function private.differences(went jsonb, came_back jsonb)
returns table (unowned bigint, different text)
language sql immutable
set search_path = ''
as $$
  select coalesce(sum((b.value -> 'unowned')::bigint), 0), string_agg(coalesce(w.key, b.key), ', ' order by coalesce(w.key, b.key))
    filter (where w.value -> 'rows' is distinct from b.value -> 'rows'
      or (w.value -> 'columns' = b.value -> 'columns' and w.value -> 'hash' <> b.value -> 'hash'))
  from jsonb_each(went) as w full join jsonb_each(came_back) as b on b.key = w.key
$$;

-- One chunk of restoring. At the end what came back is compared with what went.
create function private.restore_chunk(task public.bulk_tasks)
returns public.bulk_tasks
language plpgsql
set search_path = ''
as $$
declare
  unowned bigint;
  different text;
begin
  if not exists (select from public.campaigns c where c.id = task.campaign_id and c.state = 'restoring') then
    perform private.fail('campaign_busy', 409, 'This stopped because the campaign is being deleted.');
  end if;
  task := private.move_chunk(task, true);
  if task.step is not null then
    return task;
  end if;
  select d.unowned, d.different into unowned, different
  from public.archived_campaigns a cross join lateral private.differences(a.tables, a.restored_tables) as d
  where a.workspace_id = task.workspace_id and a.campaign_id = task.campaign_id;
  update public.archived_campaigns a set restored_at = now() where a.workspace_id = task.workspace_id and a.campaign_id = task.campaign_id;
  update public.campaigns c set state = 'active' where c.id = task.campaign_id;
  task.status := 'completed';
  if unowned > 0 then
    task.message := format('%s rows belonged to people who have left the workspace. They belong to nobody now.', unowned);
  end if;
  if different is not null then
    task.status := 'failed';
    task.error_message := format('The campaign is back, but not all of it is as it was archived: %s. Compare with a backup.', different);
  end if;
  return task;
end
$$;

-- When anything last changed in a campaign, as far as rows tell: each looked up at the end of an index.
create function private.last_change(campaign public.campaigns)
returns timestamptz
language sql stable
set search_path = ''
as $$
  select greatest(
    campaign.created_at, campaign.updated_at,
    (select c.updated_at from public.companies c where c.campaign_id = campaign.id order by c.updated_at desc limit 1),
    (select c.updated_at from public.contacts c where c.campaign_id = campaign.id order by c.updated_at desc limit 1),
    (select max(greatest(r.created_at, r.finished_at)) from public.research_runs r where r.campaign_id = campaign.id),
    (select max(greatest(i.created_at, i.finished_at)) from public.import_jobs i where i.campaign_id = campaign.id),
    (select max(greatest(t.created_at, t.finished_at)) from public.bulk_tasks t where t.campaign_id = campaign.id),
    (select a.restored_at from public.archived_campaigns a where a.workspace_id = campaign.workspace_id and a.campaign_id = campaign.id)
  )
$$;

-- Starts archiving campaigns that nothing changed in for as many days as their workspace says, 100 at a time. It waits for nobody.
create function private.archive_idle_campaigns()
returns int
language plpgsql
set search_path = ''
as $$
declare
  campaign public.campaigns;
  started int := 0;
begin
  for campaign in
    select c.* from public.campaigns c join public.workspaces w on w.id = c.workspace_id
    where c.state = 'active' and c.updated_at < now() - make_interval(days => w.archive_after_days)
      and private.last_change(c) < now() - make_interval(days => w.archive_after_days)
      and private.work_under_way(c.id) is null
      and not exists (select from public.bulk_tasks t where t.campaign_id = c.id and t.status = 'running')
    order by c.id limit 100
    for no key update of c skip locked
  loop
    -- Now that it is locked: somebody may have begun something since the list was made.
    continue when private.work_under_way(campaign.id) is not null
      or private.last_change(campaign) >= now() - make_interval(days => (select w.archive_after_days from public.workspaces w where w.id = campaign.workspace_id))
      or exists (select from public.bulk_tasks t where t.campaign_id = campaign.id and t.status = 'running');
    perform private.start_archiving(campaign, null);
    started := started + 1;
  end loop;
  return started;
end
$$;

select cron.schedule('archive-idle-campaigns', '29 2 * * *', 'select private.archive_idle_campaigns()');

grant execute on function public.archive_campaign, public.restore_campaign to authenticated;
