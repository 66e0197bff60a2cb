-- What grows by itself is cut back by itself.

-- pg_cron notes every run of a job and never forgets one: some 70,000 rows a day.
select cron.schedule('cron-history', '17 3 * * *', $$delete from cron.job_run_details where end_time < now() - interval '3 days'$$);

-- Ended tasks are news for a while: 30 days.
select cron.schedule('task-history', '37 3 * * *', $$delete from public.bulk_tasks where finished_at < now() - interval '30 days'$$);

-- What went to integrations and came from them is kept for 30 days.
select cron.schedule('delivery-history', '51 * * * *', $$delete from public.deliveries where sent_at < now() - interval '30 days'$$);
select cron.schedule('event-history', '53 * * * *', $$delete from public.events where received_at < now() - interval '30 days'$$);
select cron.schedule('result-history', '43 3 * * *', 'select private.prune_results()');
select cron.schedule('rate-history', '47 * * * *', $$delete from private.run_rates where at < now() - interval '3 hours'$$);
-- Proxies that are not used any more.
select cron.schedule('proxy-history', '27 3 * * *', $$delete from private.outbound_proxies where updated_at < now() - interval '30 days'$$);
select cron.schedule('batch-history', '57 * * * *', $$delete from public.research_batches where id in (
  select id from public.research_batches where created_at < now() - interval '30 days' and leased_until is null limit 50000)$$);
