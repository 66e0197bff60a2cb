-- Researching chosen jobs of a run again, done or failed.

-- Queues those of the given jobs of the run that have ended, with fresh attempts, 1,000 at most; those under way are left alone, and so are jobs of others. A run that
-- had ended goes on, and what follows from a job is not made twice. What is known of those that were done is not used. What it costs counts towards the run's cap. Gives the progress, and `requeued`: how many jobs.
-- Errors: bad_jobs, run_ended (cancelled), run_active (another run of the campaign).
create function public.rerun_jobs(run_id uuid, job_ids bigint[])
returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  run public.research_runs := private.open_run(rerun_jobs.run_id, 'member');
  picked bigint[];
  done bigint[];
begin
  if not coalesce(cardinality(job_ids) between 1 and 1000, false) then
    perform private.fail('bad_jobs', 400, 'Choose 1 to 1,000 jobs at a time.');
  elsif run.status = 'cancelled' then
    perform private.fail('run_ended', 409, 'This run was cancelled. Start research again for the companies that are left.');
  elsif exists (
    select from public.research_runs r where r.campaign_id = run.campaign_id and r.id <> run.id and r.status in ('running', 'paused')
  ) then
    perform private.fail('run_active', 409, 'Another run is under way in this campaign. Research these again when it has ended.');
  end if;
  picked := array(
    select j.id from public.research_jobs j
    where j.run_id = run.id and j.id = any (job_ids) and j.status in ('completed', 'failed') and not private.is_barred(j.contact_id)
    order by j.id for no key update
  );
  if picked <> '{}' then
    done := array(select j.id from public.research_jobs j where j.id = any (picked) and j.status = 'completed');
    perform private.queue_again(picked);
    update public.research_runs r set finished_at = null, status = case when r.status = 'completed' then 'running' else r.status end where r.id = run.id;
    perform private.open_lanes(run.id);
    perform private.ring_doorbell();
    perform private.forget_known(done);
  end if;
  return public.research_progress(run.id) || jsonb_build_object('requeued', cardinality(picked));
end
$$;
grant execute on function public.rerun_jobs to authenticated;
