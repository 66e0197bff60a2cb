-- What grows by itself is cut back by itself.

-- pg_cron notes every run of a job and never forgets one: some 26,000 rows a day.
select cron.schedule('cron-history', '17 3 * * *', $$delete from cron.job_run_details where end_time < now() - interval '3 days'$$);
