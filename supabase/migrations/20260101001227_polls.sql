-- Jobs that an integration is at work on for long: it says when it wants to be asked again, instead of calling back.

-- Puts jobs that are to be asked for again back into the queue, without an attempt: outcomes { job_id, batch_id, kind: poll, after_ms, state }; the state is what
-- the next request tells. Gives the outcomes that are left to count: the others, and failures instead of those that have taken as long as results of the
-- integration may. Campaigns must be locked.
create function private.take_polls(outcomes jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  taken bigint[];
  late jsonb;
begin
  with polls as (
    select j.id, j.run_id, b.lane_id, o.batch_id, o.state, o.after_ms, p.since, p.since + make_interval(secs => i.deadline_seconds) as deadline, i.deadline_seconds
    from (
      select distinct on (x.job_id) x.*
      from jsonb_to_recordset(outcomes) as x (job_id bigint, batch_id uuid, kind text, after_ms numeric, state jsonb) where x.kind = 'poll' order by x.job_id
    ) as o
    join public.research_jobs j on j.id = o.job_id and j.batch_id = o.batch_id and j.status in ('processing', 'waiting')
    join public.campaigns c on c.id = j.campaign_id and c.state = 'active'
    join public.research_batches b on b.id = j.batch_id join public.lanes l on l.id = b.lane_id join public.integrations i on i.id = l.integration_id
    cross join lateral (select coalesce(j.polled_since, j.started_at) as since) as p
  ),
  again as (
    update public.research_jobs j
    set status = 'queued', attempt = j.attempt - 1, polled_since = p.since, poll_state = p.state, error_code = null, error_message = null,
      run_after = least(now() + make_interval(secs => least(greatest(p.after_ms, 0), 86400000) / 1000.0), p.deadline)
    from polls p where j.id = p.id and p.deadline > now()
    returning j.id, p.run_id, p.lane_id
  ),
  marked as (
    update private.lane_runs w set has_polls = true
    where not w.has_polls and (w.lane_id, w.run_id) in (select again.lane_id, again.run_id from again)
  )
  select array(select again.id from again), (
    select jsonb_agg(jsonb_build_object('job_id', p.id, 'batch_id', p.batch_id, 'kind', 'failed', 'code', 'timed_out', 'reason', format(
      'The integration was not done within the %s min that it may take. Allow it more in its settings, then retry.', ceil(p.deadline_seconds / 60.0)::int)))
    from polls p where p.deadline <= now()
  ) into taken, late;
  perform private.enqueue_jobs(taken);
  return (
    select coalesce(jsonb_agg(o), '[]') || coalesce(late, '[]') from jsonb_array_elements(outcomes) as o
    where o ->> 'kind' <> 'poll' or (o ->> 'job_id')::bigint <> all (taken || array(select (f ->> 'job_id')::bigint from jsonb_array_elements(coalesce(late, '[]')) as f))
  );
end
$$;

-- Takes back what batches of a claim were charged for jobs that cost nothing: those that are asked for again were paid when they were asked for first, and of those
-- about contacts who do not want to be contacted nothing is sent. batches: as open_batches gives them.
create function private.uncharge_free(lane_run private.lane_runs, batches json, cost_per_job numeric)
returns void
language sql
set search_path = ''
as $$
  with free as (
    select j.batch_id as id, count(*) * cost_per_job as cost
    from json_array_elements(batches) as b
    cross join lateral (
      select (o ->> 'id')::bigint as id, coalesce((o ->> 'is_barred')::boolean, false) as is_barred
      from json_array_elements(case json_typeof(b -> 'others') when 'array' then b -> 'others' else '[]' end) as o
      union all
      select c::bigint, false from json_array_elements_text(coalesce(b #> '{companies,id}', '[]')) as c
    ) as t
    join public.research_jobs j on j.id = t.id and (t.is_barred or j.polled_since is not null) group by j.batch_id
  ),
  lowered as (
    update public.research_batches b set cost = b.cost - f.cost from free f where b.id = f.id
  )
  update private.lane_runs w set spent = w.spent - (select coalesce(sum(f.cost), 0) from free f) where w.lane_id = lane_run.lane_id and w.run_id = lane_run.run_id
$$;
