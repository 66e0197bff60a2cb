-- What grows by itself is cut back by itself.

-- pg_cron notes every run of a job and never forgets one: some 70,000 rows a day.
select cron.schedule('cron-history', '17 3 * * *', $$delete from cron.job_run_details where end_time < now() - interval '3 days'$$);

-- Ended tasks are news for a while: 30 days.
select cron.schedule('task-history', '37 3 * * *', $$delete from public.bulk_tasks where finished_at < now() - interval '30 days'$$);
