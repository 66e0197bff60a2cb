-- Deleting a campaign, live or archived, with everything in it.

-- Marks a campaign for deletion with everything in it. Gives the task; small ones are gone when this returns. Research under way is cancelled. Owners only.
-- Errors: task_active.
create function public.delete_campaign(campaign_id uuid)
returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  campaign public.campaigns := private.open_campaign(delete_campaign.campaign_id, 'owner', true, enum_range(null::public.campaign_state));
begin
  perform private.refuse_second_task(campaign.id);
  return private.begin_task(private.start_deletion(campaign, (select auth.uid())));
end
$$;
grant execute on function public.delete_campaign to authenticated;

-- Makes the task that deletes a campaign, which the caller has locked.
create function private.start_deletion(campaign public.campaigns, by_whom uuid)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  task_id uuid;
begin
  update public.research_runs r set status = 'cancelled', finished_at = now() where r.campaign_id = campaign.id and r.status in ('running', 'paused');
  update public.campaigns c set state = 'deleting' where c.id = campaign.id and c.state <> 'deleting';
  insert into public.bulk_tasks (workspace_id, campaign_id, campaign_name, kind, total, created_by)
  values (campaign.workspace_id, campaign.id, campaign.name, 'delete', campaign.company_count + campaign.contact_count, by_whom)
  returning id into task_id;
  return task_id;
end
$$;

-- One chunk of a deletion: rows of one table after the other, live ones, then archived ones, then the campaign itself.
create function private.delete_chunk(task public.bulk_tasks)
returns public.bulk_tasks
language plpgsql
set search_path = ''
as $$
declare
  was_reached boolean := task.step is null;
  remaining int := task.chunk_rows;
  walked record;
  batch jsonb;
  gone int;
begin
  perform private.begin_move(task.campaign_id);
  for walked in
    select live as name, key, place from private.campaign_tables()
    union all
    select archived, key, place + 100 from private.campaign_tables()
    order by place
  loop
    was_reached := was_reached or walked.name = task.step;
    continue when not was_reached;
    if task.step is distinct from walked.name then
      task.step := walked.name;
      task.after := null;
    end if;
    batch := private.next_rows(walked.name, walked.key, task.workspace_id, task.campaign_id, task.after, remaining);
    continue when (batch -> 'rows')::int = 0;
    if walked.name = 'archived_jobs' then
      execute format('delete from public.archived_attempts t where t.workspace_id = $1 and t.job_id in (select t.id from public.archived_jobs t where %s)',
        private.key_range('archived_jobs', walked.key)) using task.workspace_id, task.campaign_id, task.after, batch -> 'last';
    end if;
    execute format('delete from public.%I t where %s', walked.name, private.key_range(walked.name, walked.key))
      using task.workspace_id, task.campaign_id, task.after, batch -> 'last';
    task.after := batch -> 'last';
    remaining := remaining - (batch -> 'rows')::int;
    if walked.name in ('companies', 'contacts', 'archived_companies', 'archived_contacts') then
      task.done := task.done + (batch -> 'rows')::int;
    end if;
    if remaining = 0 then
      return task;
    end if;
  end loop;
  delete from public.research_batches b
  where b.id in (
    select x.id from public.research_batches x
    where x.workspace_id = task.workspace_id and x.run_id in (select r.id from public.research_runs r where r.campaign_id = task.campaign_id) limit remaining
  );
  get diagnostics gone = row_count;
  remaining := remaining - gone;
  if remaining = 0 then
    return task;
  end if;
  delete from public.import_rejected_rows r
  where r.id in (
    select x.id from public.import_rejected_rows x
    where x.import_id in (select i.id from public.import_jobs i where i.campaign_id = task.campaign_id) limit remaining
  );
  get diagnostics gone = row_count;
  if gone < remaining then
    delete from public.campaigns c where c.id = task.campaign_id;
    task.status := 'completed';
  end if;
  return task;
end
$$;

-- Starts deleting campaigns that are marked but that no task deletes: those of a workspace that nobody is in any more.
create function private.delete_marked_campaigns()
returns void
language plpgsql
set search_path = ''
as $$
declare
  campaign public.campaigns;
begin
  for campaign in
    select c.* from public.campaigns c join private.abandoned_workspaces w on w.workspace_id = c.workspace_id
    where c.state = 'deleting' and not exists (select from public.bulk_tasks t where t.campaign_id = c.id and t.status = 'running')
    order by c.id limit 100
    for no key update of c skip locked
  loop
    perform private.start_deletion(campaign, null);
  end loop;
end
$$;

select cron.schedule('delete-marked-campaigns', '10 seconds', 'select private.delete_marked_campaigns()');
