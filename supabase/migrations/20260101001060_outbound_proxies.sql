-- How the proxies of OUTBOUND_PROXIES do, which is known here for longer than a slice lives.

create table private.outbound_proxies (
  -- SHA-256 of user@host:port, in hex: who may read the database does not learn where they are, and never a password.
  id text primary key check (id ~ '^[0-9a-f]{64}$'),
  -- Failures of its own in a row, each after it had rested; nothing is sent through it before `rests_until`.
  failures int not null default 0 check (failures >= 0),
  rests_until timestamptz not null default '-infinity',
  -- Mean time to open a connection lately.
  latency_ms real check (latency_ms >= 0),
  -- Connections that it opened, and failures of its own, in all.
  opened bigint not null default 0,
  failed bigint not null default 0,
  updated_at timestamptz not null default now()
);
alter table private.outbound_proxies enable row level security;

-- What is known of these proxies: [{ id, failures, restsUntil, latencyMs, opened, failed }], times in milliseconds; the counts begin again.
create function private.proxy_health(ids text[])
returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', p.id, 'failures', p.failures, 'restsUntil', greatest(extract(epoch from greatest(p.rests_until, 'epoch')) * 1000, 0), 'latencyMs', p.latency_ms, 'opened', 0, 'failed', 0
  )), '[]')
  from private.outbound_proxies p where p.id = any (ids)
$$;

-- Keeps what a slice learned of proxies: health as proxy_health gives it, the counts being those to add. The last to learn is right.
create function private.keep_proxy_health(health jsonb)
returns void
language sql
set search_path = ''
as $$
  insert into private.outbound_proxies as p (id, failures, rests_until, latency_ms, opened, failed)
  select h.id, h.failures, to_timestamp(h."restsUntil" / 1000), h."latencyMs", h.opened, h.failed
  from jsonb_to_recordset(health) as h (id text, failures int, "restsUntil" float8, "latencyMs" real, opened bigint, failed bigint)
  order by h.id
  on conflict (id) do update set failures = excluded.failures, rests_until = excluded.rests_until, latency_ms = excluded.latency_ms,
    opened = p.opened + excluded.opened, failed = p.failed + excluded.failed, updated_at = now()
$$;
