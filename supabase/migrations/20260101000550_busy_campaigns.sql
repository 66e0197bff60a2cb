-- Rows of a campaign that is archived, restored or deleted are written by nobody but what moves them. Whoever changes a campaign's state holds its
-- row; whatever adds, removes or moves rows locks it too before they count (lock_campaigns), so neither can slip past the other.

-- Which transaction moves the rows of a campaign. A row of an ended transaction means nothing: their ids never come again.
create table private.moving_campaigns (
  campaign_id uuid primary key references public.campaigns (id) on delete cascade,
  transaction_id xid8 not null
);
alter table private.moving_campaigns enable row level security;

-- For the rest of this transaction the rows of a campaign that is not active may be written, and are neither counted nor told: for functions that move
-- or delete whole campaigns. No client may call it, or write the table. Locks the campaign.
create function private.begin_move(campaign_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from public.campaigns c where c.id = begin_move.campaign_id and c.state <> 'active' for no key update;
  if not found then
    raise exception 'campaign % is active or gone: its rows cannot be moved', begin_move.campaign_id;
  end if;
  insert into private.moving_campaigns as m (campaign_id, transaction_id) values (begin_move.campaign_id, pg_current_xact_id())
  on conflict on constraint moving_campaigns_pkey do update set transaction_id = excluded.transaction_id;
end
$$;

-- Whether this transaction moves the campaign's rows.
create function private.is_moving(campaign_id uuid)
returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select from private.moving_campaigns m where m.campaign_id = is_moving.campaign_id and m.transaction_id = pg_current_xact_id_if_assigned()
  )
$$;

-- Locks campaigns in id order, as everything does that changes their counters, and gives those whose changes count: not the ones this transaction
-- moves, nor those that are gone. Refuses a campaign that somebody else moves or has moved.
create function private.lock_campaigns(ids uuid[])
returns uuid[]
language plpgsql
set search_path = ''
as $$
declare
  campaign record;
  counted uuid[] := '{}';
begin
  for campaign in
    select c.id, c.state from public.campaigns c where c.id = any (ids) order by c.id for no key update
  loop
    if campaign.state = 'active' then
      counted := counted || campaign.id;
    elsif not private.is_moving(campaign.id) then
      perform private.fail('campaign_busy', 409, private.busy_reason(campaign.state));
    end if;
  end loop;
  return counted;
end
$$;

-- Statement trigger: refuses edits of rows of a campaign that is not active. It waits for nobody: an edit under way when the state changes holds its
-- rows, so what moves them sees it. What triggers and foreign keys change by themselves passes.
create function private.refuse_busy_edits()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  busy public.campaign_state;
begin
  select c.state into busy from public.campaigns c
  where c.id in (select campaign_id from new_rows) and c.state <> 'active' and not private.is_moving(c.id)
  limit 1;
  if busy is not null then
    perform private.fail('campaign_busy', 409, private.busy_reason(busy));
  end if;
  return null;
end
$$;
create trigger refuse_busy_edits after update on public.companies
  referencing new table as new_rows for each statement when (pg_trigger_depth() = 0) execute function private.refuse_busy_edits();
create trigger refuse_busy_edits after update on public.contacts
  referencing new table as new_rows for each statement when (pg_trigger_depth() = 0) execute function private.refuse_busy_edits();
create trigger refuse_busy_edits after update on public.portfolio_companies
  referencing new table as new_rows for each statement when (pg_trigger_depth() = 0) execute function private.refuse_busy_edits();
