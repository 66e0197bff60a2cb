-- The schemas of a hosted project. All but public belong to the bootstrap superuser.
create schema if not exists auth;
create schema if not exists storage;
create schema if not exists realtime;
create schema if not exists extensions;
create schema if not exists vault;
create schema if not exists cron;
create schema if not exists net;

-- What the stack itself remembers about this database.
create schema if not exists local_stack;
create table if not exists local_stack.state (
  name text primary key,
  value text not null
);
create table if not exists local_stack.migrations (
  version text primary key,
  sha256 text not null
);

create extension if not exists pgcrypto with schema extensions;
create extension if not exists "uuid-ossp" with schema extensions;

grant usage on schema public to anon, authenticated, service_role;
grant usage on schema extensions to anon, authenticated, service_role;
grant usage, create on schema extensions to postgres;
grant usage on schema auth to anon, authenticated, service_role, postgres, supabase_auth_admin;
grant usage on schema storage to anon, authenticated, service_role, supabase_storage_admin;
grant usage on schema storage to postgres with grant option;
grant usage on schema realtime to anon, authenticated, service_role, supabase_realtime_admin;
grant usage on schema realtime to postgres with grant option;

-- New tables, functions and sequences of public are reachable by the API; row level security decides about rows.
alter default privileges for role postgres in schema public
  grant all on tables to anon, authenticated, service_role;
alter default privileges for role postgres in schema public
  grant all on functions to anon, authenticated, service_role;
alter default privileges for role postgres in schema public
  grant all on sequences to anon, authenticated, service_role;
