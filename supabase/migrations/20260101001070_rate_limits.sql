-- How often somebody may ask: buckets of tokens that fill by themselves, and of which each request takes one.

-- Unlogged: after a crash every bucket is full again.
create unlogged table private.rate_limits (
  -- Whose bucket it is: a user's of `previews`, else an integration's.
  holder uuid not null,
  -- What is counted. Of messages from outside `callbacks` are what they say; `forgeries` can use up nobody else's tokens.
  bucket text not null check (bucket in ('callbacks', 'forgeries', 'tests', 'previews')),
  tokens real not null,
  filled_at timestamptz not null,
  -- The holder by kind, so that a bucket goes with it.
  integration_id uuid generated always as (case when bucket <> 'previews' then holder end) stored references public.integrations (id) on delete cascade,
  user_id uuid generated always as (case when bucket = 'previews' then holder end) stored references auth.users (id) on delete cascade,
  primary key (holder, bucket)
) with (fillfactor = 50);
create index rate_limits_integration on private.rate_limits (integration_id) where integration_id is not null;
create index rate_limits_user on private.rate_limits (user_id) where user_id is not null;
alter table private.rate_limits enable row level security;

-- Takes a token from a bucket that fills by `per_second` up to `burst`. Gives 0, or in how many seconds there is a token again; then nothing was written.
create function private.take_token(holder uuid, bucket text, per_second real, burst real)
returns real
language plpgsql
set search_path = ''
as $$
declare
  missing real;
begin
  insert into private.rate_limits (holder, bucket, tokens, filled_at)
  select take_token.holder, take_token.bucket, take_token.burst, clock_timestamp()
  where not exists (select from private.rate_limits l where l.holder = take_token.holder and l.bucket = take_token.bucket)
  on conflict do nothing;
  update private.rate_limits l set tokens = private.tokens_now(l, per_second, burst) - 1, filled_at = clock_timestamp()
  where l.holder = take_token.holder and l.bucket = take_token.bucket and private.tokens_now(l, per_second, burst) >= 1;
  if found then
    return 0;
  end if;
  select 1 - private.tokens_now(l, per_second, burst) into missing from private.rate_limits l
  where l.holder = take_token.holder and l.bucket = take_token.bucket;
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
