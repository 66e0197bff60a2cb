-- pg_net: the extension's schema, tables and functions. The stack sends the requests after the transaction commits.
-- Unlogged, as there: a crash loses what is queued.
create unlogged table if not exists net.http_request_queue (
  id bigint generated always as identity primary key,
  method text not null,
  url text not null,
  headers jsonb not null,
  body bytea,
  timeout_milliseconds integer not null check (timeout_milliseconds > 0)
);

create unlogged table if not exists net._http_response (
  id bigint,
  status_code integer,
  content_type text,
  headers jsonb,
  content text,
  timed_out boolean,
  error_msg text,
  created timestamptz not null default now()
);
create index if not exists _http_response_created_idx on net._http_response (created);
create index if not exists _http_response_id_idx on net._http_response (id);

-- Percent-encodes a query parameter.
create or replace function net._urlencode(value text) returns text
language sql immutable set search_path = ''
as $$
  select coalesce(pg_catalog.string_agg(
    case
      when letter ~ '[A-Za-z0-9_.~-]' then letter
      else pg_catalog.regexp_replace(
        pg_catalog.upper(pg_catalog.encode(pg_catalog.convert_to(letter, 'UTF8'), 'hex')), '(..)', '%\1', 'g')
    end, '' order by at), '')
  from pg_catalog.regexp_split_to_table(value, '') with ordinality as letters (letter, at)
$$;

create or replace function net._enqueue(
  method text, url text, params jsonb, headers jsonb, body bytea, timeout_milliseconds integer
) returns bigint
language plpgsql security definer set search_path = ''
as $$
declare
  query text;
  request_id bigint;
begin
  select pg_catalog.string_agg(net._urlencode(key) || '=' || net._urlencode(value), '&') into query
  from pg_catalog.jsonb_each_text(coalesce(params, '{}'));
  insert into net.http_request_queue (method, url, headers, body, timeout_milliseconds)
  values (
    _enqueue.method,
    _enqueue.url || coalesce(case when _enqueue.url like '%?%' then '&' else '?' end || query, ''),
    coalesce(_enqueue.headers, '{}'), _enqueue.body, _enqueue.timeout_milliseconds
  )
  returning id into request_id;
  perform pg_catalog.pg_notify('net_http', '');
  return request_id;
end
$$;

-- Queues a request and returns its id; the answer appears in net._http_response under that id.
create or replace function net.http_post(
  url text, body jsonb default '{}', params jsonb default '{}',
  headers jsonb default '{"Content-Type": "application/json"}', timeout_milliseconds integer default 5000
) returns bigint
language sql security definer set search_path = ''
as $$
  select net._enqueue('POST', url, params, headers, pg_catalog.convert_to(body::text, 'UTF8'), timeout_milliseconds)
$$;

create or replace function net.http_get(
  url text, params jsonb default '{}', headers jsonb default '{}', timeout_milliseconds integer default 5000
) returns bigint
language sql security definer set search_path = ''
as $$ select net._enqueue('GET', url, params, headers, null, timeout_milliseconds) $$;

create or replace function net.http_delete(
  url text, params jsonb default '{}', headers jsonb default '{}', timeout_milliseconds integer default 5000,
  body jsonb default null
) returns bigint
language sql security definer set search_path = ''
as $$
  select net._enqueue('DELETE', url, params, headers, pg_catalog.convert_to(body::text, 'UTF8'), timeout_milliseconds)
$$;

revoke all on schema net from public;
revoke all on all functions in schema net from public;
grant usage on schema net to postgres, service_role;
grant select, delete on net._http_response, net.http_request_queue to postgres;
grant execute on function net.http_post, net.http_get, net.http_delete to postgres, service_role;
