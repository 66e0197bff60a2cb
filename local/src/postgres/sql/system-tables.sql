-- What migrations, which run as postgres without superuser, may do to the tables of the services. Hosted allows
-- policies on these tables although postgres does not own them, and nothing else that only an owner may do.
grant all on all tables in schema auth to postgres;
grant all on all sequences in schema auth to postgres;
grant all on all tables in schema storage to postgres with grant option;
grant all on all tables in schema realtime to postgres with grant option;

-- Policies need the owner's rights: postgres inherits those of the tables' owners, and cannot become them.
do $$
declare
  name text;
  owner text;
begin
  for name, owner in
    select * from (values
      ('storage.buckets', 'supabase_storage_admin'),
      ('storage.objects', 'supabase_storage_admin'),
      ('realtime.messages', 'supabase_realtime_admin')
    ) as tables (name, owner)
  loop
    execute format('alter table %s owner to %I', name, owner);
    execute format('grant %I to postgres with inherit true, set false', owner);
  end loop;
end
$$;

create or replace function local_stack.is_superuser() returns boolean
language sql stable set search_path = ''
as $$ select rolsuper from pg_catalog.pg_roles where rolname = current_user $$;

-- Refuses, with hosted's words, what the owner's rights would allow beyond policies and triggers (which have no schema).
create or replace function local_stack.refuse_system_ddl() returns event_trigger
language plpgsql set search_path = ''
as $$
declare
  command record;
begin
  if not local_stack.is_superuser() then
    for command in select * from pg_catalog.pg_event_trigger_ddl_commands() loop
      if command.schema_name in ('storage', 'realtime') and command.object_type not in ('policy', 'trigger') then
        raise exception 'must be owner of % %', command.object_type, command.object_identity
          using errcode = 'insufficient_privilege';
      end if;
    end loop;
  end if;
end
$$;

create or replace function local_stack.refuse_system_drop() returns event_trigger
language plpgsql set search_path = ''
as $$
declare
  dropped record;
begin
  if not local_stack.is_superuser() then
    for dropped in select * from pg_catalog.pg_event_trigger_dropped_objects() loop
      if dropped.schema_name in ('storage', 'realtime') and dropped.object_type not in ('policy', 'trigger') then
        raise exception 'must be owner of % %', dropped.object_type, dropped.object_identity
          using errcode = 'insufficient_privilege';
      end if;
    end loop;
  end if;
end
$$;

-- Notes that seed.sql has been run; called in its transaction.
create or replace function local_stack.mark_seeded() returns void
language sql volatile security definer set search_path = ''
as $$ insert into local_stack.state values ('seeded', pg_catalog.now()::text) $$;
revoke all on function local_stack.mark_seeded() from public;
grant execute on function local_stack.mark_seeded() to postgres;

grant usage on schema local_stack to public;
drop event trigger if exists local_stack_refuse_system_ddl;
create event trigger local_stack_refuse_system_ddl on ddl_command_end execute function local_stack.refuse_system_ddl();
drop event trigger if exists local_stack_refuse_system_drop;
create event trigger local_stack_refuse_system_drop on sql_drop execute function local_stack.refuse_system_drop();
