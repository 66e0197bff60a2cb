-- The doorbell and the clock of the research engine. Only the dispatcher (over its own connection) and pg_cron call what is private here.

-- Where the dispatcher is, from Vault; no row until whoever deployed it has set both secrets.
create function private.doorbell()
returns table (url text, token text)
language sql stable security definer
set search_path = ''
as $$
  select u.decrypted_secret, t.decrypted_secret
  from vault.decrypted_secrets u, vault.decrypted_secrets t
  where u.name = 'research_dispatch_url' and t.name = 'research_dispatch_token'
$$;

-- Wakes the dispatcher, if there is one. A ring that is lost, late or doubled does no harm: it only says "look".
create function private.ring_doorbell()
returns void
language plpgsql security definer
set search_path = ''
as $$
begin
  perform net.http_post(
    url := bell.url, body := '{}'::jsonb, timeout_milliseconds := 5000,
    headers := jsonb_build_object('content-type', 'application/json', 'authorization', 'Bearer ' || bell.token)
  )
  from private.doorbell() as bell;
end
$$;

-- Whether research can run at all, and if not, why: { ready, reason }.
create function public.engine_status()
returns jsonb
language sql stable security definer
set search_path = ''
as $$
  select case when exists (select from private.doorbell()) then '{"ready": true, "reason": null}'::jsonb
    else '{"ready": false, "reason": "The research engine is not set up yet: its address and token are missing from Vault. Whoever runs this installation finds the two steps in docs/deploy.md."}'::jsonb
  end
$$;

-- The safety net, every few seconds: feeding, and a ring when there is work. Expired leases are looked after apart, as each holds campaigns until it commits, and so is
-- what costs nothing, because that takes long.
create function private.engine_tick()
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.feed_runs();
  if private.has_work() then
    perform private.ring_doorbell();
  end if;
end
$$;

-- When leases were last looked after, and since when without a break: one row. Unlogged: a crash and a failover empty it, and no row says "was away" as well as
-- an old one does.
create unlogged table private.engine_pulse (
  is_only boolean primary key default true check (is_only),
  last_at timestamptz not null,
  resumed_at timestamptz not null
);
alter table private.engine_pulse enable row level security;

-- Whether Postgres or its clock was away, and is back for less than `grace`. Notes that it is here: away is what was not here for 10 s, twice as long as the clock
-- takes for a round. A break is none while the grace after another one lasts, so that a clock that is always late does not put off for ever what waits for this to
-- be false. Transactions that ask wait for each other; times are those of the asking, not of the transaction's begin.
create function private.is_just_back(grace interval)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  since timestamptz;
begin
  insert into private.engine_pulse as p (last_at, resumed_at) values (clock_timestamp(), clock_timestamp())
  on conflict (is_only) do update set last_at = clock_timestamp(), resumed_at = case
    when p.last_at < clock_timestamp() - interval '10 seconds' and p.last_at >= p.resumed_at + is_just_back.grace then clock_timestamp()
    else p.resumed_at end
  returning p.resumed_at into since;
  return clock_timestamp() < since + is_just_back.grace;
end
$$;

select cron.schedule('research-engine', '5 seconds', 'select private.engine_tick()');
select cron.schedule('research-leases', '5 seconds', 'select private.expire_leases(grace => ''15 seconds'')');
select cron.schedule('research-free-jobs', '10 seconds', 'select private.find_free_jobs()');

grant execute on function public.engine_status to authenticated;
