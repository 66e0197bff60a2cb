-- How often somebody outside may ask: buckets of tokens that fill by themselves, and of which each request takes one.

-- Unlogged: after a crash every bucket is full again.
create unlogged table private.rate_limits (
  integration_id uuid not null references public.integrations (id) on delete cascade,
  -- What is counted: `callbacks` that are what they say, or `forgeries`, which can use up nobody else's tokens.
  bucket text not null check (bucket in ('callbacks', 'forgeries')),
  tokens real not null,
  filled_at timestamptz not null,
  primary key (integration_id, bucket)
) with (fillfactor = 50);
alter table private.rate_limits enable row level security;

-- Takes a token from a bucket that fills by `per_second` up to `burst`. Gives 0, or in how many seconds there is a token again; then nothing was written.
create function private.take_token(integration_id uuid, bucket text, per_second real, burst real)
returns real
language plpgsql
set search_path = ''
as $$
declare
  missing real;
begin
  insert into private.rate_limits (integration_id, bucket, tokens, filled_at)
  select take_token.integration_id, take_token.bucket, take_token.burst, clock_timestamp()
  where not exists (select from private.rate_limits l where l.integration_id = take_token.integration_id and l.bucket = take_token.bucket)
  on conflict do nothing;
  update private.rate_limits l set tokens = private.tokens_now(l, per_second, burst) - 1, filled_at = clock_timestamp()
  where l.integration_id = take_token.integration_id and l.bucket = take_token.bucket and private.tokens_now(l, per_second, burst) >= 1;
  if found then
    return 0;
  end if;
  select 1 - private.tokens_now(l, per_second, burst) into missing from private.rate_limits l
  where l.integration_id = take_token.integration_id and l.bucket = take_token.bucket;
  return greatest(missing, 0) / per_second;
end
$$;

-- Tokens in a bucket by now.
create function private.tokens_now(rate_limit private.rate_limits, per_second real, burst real)
returns real
language sql volatile
set search_path = ''
as $$
  select least(burst, rate_limit.tokens + greatest(extract(epoch from clock_timestamp() - rate_limit.filled_at), 0) * per_second)::real
$$;
