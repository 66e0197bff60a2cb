-- What changed, told to those who may see it: private broadcast channels workspace:<id>:<key>, campaign:<id>:<key>, run:<id>:<key> and user:<id>, at most one
-- message per channel and transaction. A message names tables, operations and ids, never row contents. The key is the workspace's: a hosted project asks who
-- may listen only when somebody joins and when their token is renewed, so whoever is removed must not know where the next message goes.

-- Changes of transactions that have not committed yet, a row for each kind of change and topic however many statements made them; the deferred trigger
-- below empties it as they commit. Unlogged: after a crash there is nobody to tell.
create unlogged table private.pending_changes (
  transaction_id xid8 not null default pg_current_xact_id(),
  topic text not null,
  table_name text not null,
  operation text not null,
  -- Null: more than 500.
  ids uuid[],
  primary key (transaction_id, topic, table_name, operation)
);
alter table private.pending_changes enable row level security;

-- Notes rows for the topic, which needs no key: it gets the one that is current at commit. Over 500 ids in a transaction it is just "many" (null).
create function private.note_change(topic text, table_name text, operation text, ids uuid[])
returns void
language sql security definer
set search_path = ''
as $$
  insert into private.pending_changes as p (topic, table_name, operation, ids)
  values (topic, table_name, operation, case when cardinality(ids) <= 500 then ids end)
  on conflict on constraint pending_changes_pkey do update
  set ids = case when excluded.ids is not null then (
    select case when count(*) <= 500 then array_agg(changed) end from (select distinct unnest(p.ids || excluded.ids) as changed) as both_of
  ) end
  where p.ids is not null and (excluded.ids is null or not p.ids @> excluded.ids)
$$;

-- The workspace whose rows a topic is about, with or without a key. Null for user:<id>, and when what the topic is named after is gone.
create function private.workspace_of_topic(topic text)
returns uuid
language plpgsql stable
set search_path = ''
as $$
declare
  kind text := split_part(topic, ':', 1);
  subject uuid := split_part(topic, ':', 2)::uuid;
begin
  if kind = 'campaign' then
    return (select c.workspace_id from public.campaigns c where c.id = subject);
  elsif kind = 'run' then
    return (select r.workspace_id from public.research_runs r where r.id = subject);
  end if;
  return case when kind = 'workspace' then subject end;
end
$$;

-- The topic with the key of its workspace; user:<id>, and one that has a key, as it is. Null when what it is named after is gone. Every claim and completion
-- asks: it costs two look-ups by primary key at most.
create function private.keyed_topic(topic text)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  if topic ~ '^user:|:.*:' then
    return topic;
  end if;
  return topic || ':' || (select w.channel_key from public.workspaces w where w.id = private.workspace_of_topic(topic));
end
$$;

-- At commit, once a transaction: its notes become one message a topic; nobody is told on a topic whose row is gone. A message that would name over 2,000 rows
-- names none: hosted projects drop what is too large.
create function private.send_changes()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  message record;
begin
  for message in
    with taken as (
      delete from private.pending_changes where transaction_id = pg_current_xact_id() returning *
    )
    select private.keyed_topic(topic) as topic, jsonb_agg(jsonb_build_object(
      'table', table_name, 'operation', operation, 'ids', case when named <= 2000 then to_jsonb(ids) end
    )) as changes
    from (select t.*, sum(cardinality(ids)) over (partition by topic) as named from taken t) as t
    group by t.topic
  loop
    continue when message.topic is null;
    perform realtime.send(jsonb_build_object('changes', message.changes), 'changes', message.topic, true);
  end loop;
  return null;
end
$$;
create constraint trigger send_changes after insert on private.pending_changes
  deferrable initially deferred for each row execute function private.send_changes();

-- Statement trigger of tables whose rows belong to a campaign: notes the changed ids on campaign:<id>, unless the campaign as a whole is being moved.
create function private.note_campaign_rows()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if tg_op = 'DELETE' then
    perform private.note_change('campaign:' || g.campaign_id, tg_table_name, 'delete', g.ids)
    from (select campaign_id, array_agg(id) as ids from old_rows group by campaign_id offset 0) as g -- is_moving is asked once a campaign
    where not private.is_moving(g.campaign_id);
  else
    perform private.note_change('campaign:' || g.campaign_id, tg_table_name, lower(tg_op), g.ids)
    from (select campaign_id, array_agg(id) as ids from new_rows group by campaign_id offset 0) as g
    where not private.is_moving(g.campaign_id);
  end if;
  return null;
end
$$;

-- Statement trigger of the same tables: rows that changed to another campaign are gone from the one and new in the other.
create function private.note_moved_rows()
returns trigger
language plpgsql security definer
set search_path = ''
set enable_hashjoin = on -- whoever updates may have turned it off; row by row, thousands of rows would take minutes
set enable_nestloop = off
as $$
begin
  if not exists (select from old_rows o join new_rows n on n.id = o.id where n.campaign_id <> o.campaign_id) then
    return null;
  end if;
  perform private.note_change('campaign:' || o.campaign_id, tg_table_name, 'delete', array_agg(o.id))
  from old_rows o join new_rows n on n.id = o.id where n.campaign_id <> o.campaign_id group by o.campaign_id;
  perform private.note_change('campaign:' || n.campaign_id, tg_table_name, 'insert', array_agg(n.id))
  from old_rows o join new_rows n on n.id = o.id where n.campaign_id <> o.campaign_id group by n.campaign_id;
  return null;
end
$$;

create trigger note_insert after insert on public.companies
  referencing new table as new_rows for each statement execute function private.note_campaign_rows();
create trigger note_update after update on public.companies
  referencing new table as new_rows for each statement execute function private.note_campaign_rows();
create trigger note_delete after delete on public.companies
  referencing old table as old_rows for each statement execute function private.note_campaign_rows();
create trigger note_insert after insert on public.contacts
  referencing new table as new_rows for each statement execute function private.note_campaign_rows();
create trigger note_update after update on public.contacts
  referencing new table as new_rows for each statement execute function private.note_campaign_rows();
create trigger note_delete after delete on public.contacts
  referencing old table as old_rows for each statement execute function private.note_campaign_rows();
create trigger note_insert after insert on public.portfolio_companies
  referencing new table as new_rows for each statement execute function private.note_campaign_rows();
create trigger note_update after update on public.portfolio_companies
  referencing new table as new_rows for each statement execute function private.note_campaign_rows();
create trigger note_delete after delete on public.portfolio_companies
  referencing old table as old_rows for each statement execute function private.note_campaign_rows();
create trigger note_move after update on public.companies
  referencing old table as old_rows new table as new_rows for each statement execute function private.note_moved_rows();
create trigger note_move after update on public.contacts
  referencing old table as old_rows new table as new_rows for each statement execute function private.note_moved_rows();
create trigger note_move after update on public.portfolio_companies
  referencing old table as old_rows new table as new_rows for each statement execute function private.note_moved_rows();

-- Statement trigger of campaigns: the workspace sees its list change, the campaign's own channel its counters.
create function private.note_campaigns()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if tg_op = 'DELETE' then
    perform private.note_change('workspace:' || workspace_id, 'campaigns', 'delete', array_agg(id)) from old_rows group by workspace_id;
  else
    perform private.note_change('workspace:' || workspace_id, 'campaigns', lower(tg_op), array_agg(id)) from new_rows group by workspace_id;
    perform private.note_change('campaign:' || id, 'campaigns', lower(tg_op), array[id]) from new_rows;
  end if;
  return null;
end
$$;
create trigger note_insert after insert on public.campaigns
  referencing new table as new_rows for each statement execute function private.note_campaigns();
create trigger note_update after update on public.campaigns
  referencing new table as new_rows for each statement execute function private.note_campaigns();
create trigger note_delete after delete on public.campaigns
  referencing old table as old_rows for each statement execute function private.note_campaigns();

-- Whether the caller may listen to the topic: it names themselves, or a workspace of theirs, or a campaign or run in one, with the workspace's current key.
-- Anything else is no.
create function private.may_listen(topic text)
returns boolean
language plpgsql stable security definer
set search_path = ''
as $$
begin
  if topic ~ '^user:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    return split_part(topic, ':', 2)::uuid = (select auth.uid());
  elsif topic !~ '^(workspace|campaign|run)(:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}){2}$' then
    return false;
  end if;
  return exists (
    select from public.workspaces w
    where w.id = private.workspace_of_topic(topic) and w.channel_key = split_part(topic, ':', 3)::uuid
      and w.id = any (array(select private.my_workspaces()))
  );
end
$$;
grant execute on function private.may_listen to authenticated;

create policy "members listen to their channels" on realtime.messages for select to authenticated
  using (extension = 'broadcast' and (select private.may_listen((select realtime.topic()))));
