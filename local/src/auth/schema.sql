-- The tables of Supabase Auth that this service keeps, with hosted names and types, and the functions policies use.
-- Run as a superuser on each start; the roles exist already.
create schema if not exists auth;

create table if not exists auth.users (
  instance_id uuid default '00000000-0000-0000-0000-000000000000',
  id uuid primary key,
  aud varchar(255) default 'authenticated',
  role varchar(255) default 'authenticated',
  email varchar(255),
  encrypted_password varchar(255),
  email_confirmed_at timestamptz,
  invited_at timestamptz,
  confirmation_sent_at timestamptz,
  recovery_sent_at timestamptz,
  email_change varchar(255) default '',
  email_change_sent_at timestamptz,
  email_change_confirm_status smallint default 0,
  last_sign_in_at timestamptz,
  raw_app_meta_data jsonb not null default '{}',
  raw_user_meta_data jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  phone text unique,
  confirmed_at timestamptz generated always as (email_confirmed_at) stored,
  banned_until timestamptz,
  deleted_at timestamptz,
  is_anonymous boolean not null default false
);
create unique index if not exists users_email_key on auth.users (lower(email));

create table if not exists auth.identities (
  id uuid primary key default gen_random_uuid(),
  provider_id text not null,
  user_id uuid not null references auth.users on delete cascade,
  identity_data jsonb not null,
  provider text not null,
  last_sign_in_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  email text generated always as (lower(identity_data ->> 'email')) stored,
  unique (provider_id, provider)
);
create index if not exists identities_user_id on auth.identities (user_id);

create table if not exists auth.sessions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users on delete cascade,
  method text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  refreshed_at timestamptz,
  user_agent text,
  ip inet
);
create index if not exists sessions_user_id on auth.sessions (user_id);

create table if not exists auth.refresh_tokens (
  id bigint generated always as identity primary key,
  token text not null unique,
  parent text,
  session_id uuid not null references auth.sessions on delete cascade,
  user_id uuid not null references auth.users on delete cascade,
  revoked boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index if not exists refresh_tokens_session_id on auth.refresh_tokens (session_id);
create index if not exists refresh_tokens_user_id on auth.refresh_tokens (user_id);

-- One code flow (PKCE): auth_code is the hash of the code.
create table if not exists auth.flow_state (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users on delete cascade,
  auth_code text unique,
  code_challenge_method text not null,
  code_challenge text not null,
  authentication_method text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  auth_code_issued_at timestamptz
);
create index if not exists flow_state_user_id on auth.flow_state (user_id);

-- One mailed token: token_hash is of the digits, link_hash of the link's own token.
create table if not exists auth.one_time_tokens (
  user_id uuid not null references auth.users on delete cascade,
  token_type text not null,
  token_hash text not null,
  link_hash text not null unique,
  relates_to text not null,
  flow_state_id uuid references auth.flow_state on delete set null,
  created_at timestamptz not null default now(),
  primary key (user_id, token_type)
);
create index if not exists one_time_tokens_token_hash on auth.one_time_tokens (token_hash);
create index if not exists one_time_tokens_flow_state_id on auth.one_time_tokens (flow_state_id);

-- The claims of the caller's token; null outside a request.
create or replace function auth.jwt() returns jsonb language sql stable
as $$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb $$;

-- The caller's user id; null for an API key.
create or replace function auth.uid() returns uuid language sql stable
as $$ select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $$;

-- The caller's role as its token says.
create or replace function auth.role() returns text language sql stable
as $$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role' $$;

-- The caller's address as its token says.
create or replace function auth.email() returns text language sql stable
as $$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email' $$;

-- The service's login role owns the tables; row level security keeps out everybody else who is ever granted something.
-- Migrations run as postgres, which may reference auth.users and put triggers on it, as hosted.
do $$
declare
  table_name text;
begin
  foreach table_name in array
    array['users', 'identities', 'sessions', 'refresh_tokens', 'flow_state', 'one_time_tokens']
  loop
    execute format('alter table auth.%I owner to supabase_auth_admin', table_name);
    execute format('alter table auth.%I enable row level security', table_name);
    execute format('grant all on auth.%I to postgres', table_name);
  end loop;
end $$;
alter role supabase_auth_admin set search_path = auth;
grant usage, create on schema auth to supabase_auth_admin;
grant usage on schema extensions to supabase_auth_admin;
grant usage on schema auth to postgres, anon, authenticated, service_role;
grant execute on all functions in schema auth to anon, authenticated, service_role;
