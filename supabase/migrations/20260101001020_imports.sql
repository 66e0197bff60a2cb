-- Importing a file: start, one call a chunk, finish. Each chunk counts at most once.

-- Starts an import, or continues the unfinished one of the same file and mapping: { import, chunks_done }.
create function public.start_import(
  campaign_id uuid, kind public.import_kind, file_name text, file_size bigint, file_hash text, mapping jsonb, total_rows int default null
)
returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  campaign public.campaigns := private.open_campaign(start_import.campaign_id, 'member', true);
  import public.import_jobs;
begin
  select * into import from public.import_jobs i
  where i.campaign_id = campaign.id and i.status = 'running' and i.kind = start_import.kind
    and i.file_hash = start_import.file_hash and i.file_size = start_import.file_size and i.mapping = start_import.mapping
  order by i.created_at desc limit 1;
  if import.id is null then
    if num_nulls(start_import.kind, start_import.file_hash, start_import.file_size, start_import.mapping) > 0 or coalesce(start_import.file_name, '') = ''
      or length(start_import.file_hash) not between 1 and 200 or least(start_import.file_size, start_import.total_rows) < 0
      or jsonb_typeof(start_import.mapping) <> 'object' or pg_column_size(start_import.mapping) > 200000 then
      perform private.fail('bad_import', 400, 'An import needs the name, size, hash and mapping (an object of at most 200 KB) of a file.');
    end if;
    insert into public.import_jobs (workspace_id, campaign_id, kind, file_name, file_size, file_hash, mapping, total_rows, created_by)
    values (campaign.workspace_id, campaign.id, start_import.kind, left(start_import.file_name, 500), start_import.file_size, start_import.file_hash,
      start_import.mapping, start_import.total_rows, (select auth.uid()))
    returning * into import;
  end if;
  return jsonb_build_object('import', to_jsonb(import), 'chunks_done', to_jsonb(array(
    select c.chunk_index from public.import_chunks c where c.import_id = import.id order by c.chunk_index
  )));
end
$$;

-- Takes one chunk of at most 1,000 rows and 4 MB: { created, updated, duplicates, rejected: [{ row, reason }], already }. The same chunk sent again
-- changes nothing and gives the first answer. `rejected` are rows the client refused: [{ row, reason, raw }].
create function public.import_rows(import_id uuid, chunk_index int, rows jsonb, rejected jsonb default '[]')
returns jsonb
language plpgsql security definer
set search_path = ''
set plan_cache_mode = force_custom_plan -- a plan made while the tables were small would be kept for a million rows
as $$
declare
  import public.import_jobs;
  campaign public.campaigns;
  hash text := md5(rows::text || rejected::text);
  known public.import_chunks;
  written record;
  cleaned jsonb;
  refused jsonb;
  sent int;
  result jsonb;
begin
  if jsonb_typeof(rows) is distinct from 'array' or jsonb_typeof(rejected) is distinct from 'array' or chunk_index is null or chunk_index < 0
    or jsonb_array_length(rows) + jsonb_array_length(rejected) > 1000 or octet_length(rows::text) + octet_length(rejected::text) > 4000000 then
    perform private.fail('bad_chunk', 400, 'A chunk is a list of at most 1,000 rows and 4 MB.');
  end if;
  select * into import from public.import_jobs i
  where i.id = import_rows.import_id and i.workspace_id = any (array(select private.my_workspaces()));
  if import.id is null then
    perform private.fail('not_found', 404, 'This import does not exist.');
  end if;
  campaign := private.open_campaign(import.campaign_id, 'member', true);
  select * into known from public.import_chunks c where c.import_id = import.id and c.chunk_index = import_rows.chunk_index;
  if known.hash = hash then
    return known.result || '{"already": true}';
  elsif known.hash is not null then
    perform private.fail('chunk_changed', 409, 'This part of the file was sent before with other rows. Start a new import of the changed file.');
  end if;
  select * into import from public.import_jobs i where i.id = import_rows.import_id for no key update;
  if import.status <> 'running' then
    perform private.fail('import_finished', 409, 'This import has ended. Start a new one for more rows.');
  end if;

  begin
    if import.kind = 'companies' then
      select jsonb_agg(to_jsonb(r)) into cleaned from private.clean_companies(rows) r;
      select * into written from private.merge_companies(campaign, import.id, cleaned);
    else
      select jsonb_agg(to_jsonb(r)) into cleaned from private.clean_contacts(rows) r;
      select * into written from private.merge_contacts(campaign, import.id, cleaned);
    end if;
    sent := jsonb_array_length(rows);
    select coalesce(jsonb_agg(jsonb_build_object('row', r -> 'row_number', 'reason', r -> 'reason') order by r -> 'place'), '[]') into refused
    from jsonb_array_elements(cleaned) as r where r ->> 'reason' is not null;
    result := jsonb_build_object('created', written.created, 'updated', written.updated,
      'duplicates', sent - jsonb_array_length(refused) - written.created - written.updated, 'rejected', refused);
    insert into public.import_rejected_rows (workspace_id, import_id, row_number, reason, raw)
    select import.workspace_id, import.id, (r ->> 'row_number')::int, r ->> 'reason', rows -> (r ->> 'place')::int - 1
    from jsonb_array_elements(cleaned) as r where r ->> 'reason' is not null;
    insert into public.import_rejected_rows (workspace_id, import_id, row_number, reason, raw)
    select import.workspace_id, import.id, (x ->> 'row')::int, left(coalesce(x ->> 'reason', 'Refused.'), 500), coalesce(x -> 'raw', '[]')
    from jsonb_array_elements(rejected) as x;
  exception when data_exception or check_violation or not_null_violation or program_limit_exceeded then
    perform private.fail('bad_chunk', 400, 'A row of this chunk has a value of the wrong type.');
  end;

  insert into public.import_chunks (import_id, chunk_index, workspace_id, hash, result)
  values (import.id, import_rows.chunk_index, import.workspace_id, hash, result);
  update public.import_jobs i
  set processed_rows = i.processed_rows + sent + jsonb_array_length(import_rows.rejected),
    created_rows = i.created_rows + written.created, updated_rows = i.updated_rows + written.updated,
    duplicate_rows = i.duplicate_rows + (result ->> 'duplicates')::int,
    rejected_rows = i.rejected_rows + jsonb_array_length(refused) + jsonb_array_length(import_rows.rejected)
  where i.id = import.id;
  return result || '{"already": false}';
end
$$;

-- Ends an import of `chunk_count` chunks. Until all are there it is refused (import_incomplete), naming the missing ones.
create function public.finish_import(import_id uuid, chunk_count int)
returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  import public.import_jobs;
  missing int[];
begin
  select * into import from public.import_jobs i
  where i.id = finish_import.import_id and i.workspace_id = any (array(select private.my_workspaces('member')))
  for no key update;
  if import.id is null then
    perform private.fail('not_found', 404, 'This import does not exist.');
  end if;
  if import.status = 'running' then
    missing := array(
      select n from generate_series(0, least(finish_import.chunk_count, 100000) - 1) as n
      except select c.chunk_index from public.import_chunks c where c.import_id = import.id
      order by 1 limit 1000
    );
    if missing <> '{}' or finish_import.chunk_count is null or finish_import.chunk_count not between 0 and 100000 then
      perform private.fail('import_incomplete', 409, 'Parts of the file have not arrived yet.', to_jsonb(missing)::text);
    end if;
    update public.import_jobs i set status = 'completed', finished_at = now(), total_rows = i.processed_rows
    where i.id = import.id returning * into import;
  end if;
  return to_jsonb(import);
end
$$;

grant execute on function public.start_import, public.import_rows, public.finish_import to authenticated;
