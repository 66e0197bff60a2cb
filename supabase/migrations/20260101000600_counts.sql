-- Exact counters, kept by statement-level triggers: deltas, never recounts. Parents are locked first and in id order, so that two statements that
-- touch the same campaigns wait for each other instead of deadlocking. Campaigns whose rows are being moved keep their counters (busy_campaigns.sql).

-- Adds deltas [{ campaign_id, companies, researched, failed, contacts }] to their campaigns, locked first, each at most once. Gives those that count.
create function private.count_in_campaigns(deltas jsonb)
returns uuid[]
language plpgsql
set search_path = ''
as $$
declare
  counted uuid[] := private.lock_campaigns(array(select (d ->> 'campaign_id')::uuid from jsonb_array_elements(deltas) as d));
begin
  update public.campaigns c
  set company_count = c.company_count + coalesce(d.companies, 0), researched_count = c.researched_count + coalesce(d.researched, 0),
    failed_count = c.failed_count + coalesce(d.failed, 0), contact_count = c.contact_count + coalesce(d.contacts, 0), updated_at = now()
  from jsonb_to_recordset(deltas) as d (campaign_id uuid, companies int, researched int, failed int, contacts int)
  where c.id = d.campaign_id and c.id = any (counted)
    and (coalesce(d.companies, 0), coalesce(d.researched, 0), coalesce(d.failed, 0), coalesce(d.contacts, 0)) <> (0, 0, 0, 0);
  return counted;
end
$$;

-- Adds deltas [{ campaign_id, company_id, contacts, investments }] to campaigns, then to companies, locked in this order, each company at most once.
create function private.count_in_companies(deltas jsonb)
returns void
language plpgsql
set search_path = ''
set plan_cache_mode = force_custom_plan -- a plan made while the tables were small would be kept for a million rows
as $$
declare
  counted uuid[] := private.count_in_campaigns((
    select jsonb_agg(c) from (
      select campaign_id, sum(contacts) as contacts from jsonb_to_recordset(deltas) as d (campaign_id uuid, contacts int) group by campaign_id
    ) as c
  ));
begin
  if counted = '{}' then
    return;
  end if;
  perform from public.companies c
  where c.id in (select d.company_id from jsonb_to_recordset(deltas) as d (campaign_id uuid, company_id uuid) where d.campaign_id = any (counted))
  order by c.id for no key update;
  update public.companies c
  set contact_count = c.contact_count + coalesce(d.contacts, 0), portfolio_count = c.portfolio_count + coalesce(d.investments, 0)
  from (
    select company_id, sum(contacts) as contacts, sum(investments) as investments
    from jsonb_to_recordset(deltas) as x (campaign_id uuid, company_id uuid, contacts int, investments int)
    where campaign_id = any (counted) group by company_id
  ) as d
  where c.id = d.company_id and (coalesce(d.contacts, 0), coalesce(d.investments, 0)) <> (0, 0);
end
$$;

create function private.count_companies()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  deltas jsonb;
begin
  if tg_op = 'INSERT' then
    select jsonb_agg(d) into deltas from (
      select campaign_id, count(*) as companies, count(*) filter (where research_status = 'completed') as researched,
        count(*) filter (where research_status = 'failed') as failed
      from new_rows group by campaign_id
    ) as d;
  elsif tg_op = 'DELETE' then
    select jsonb_agg(d) into deltas from (
      select campaign_id, -count(*) as companies, -count(*) filter (where research_status = 'completed') as researched,
        -count(*) filter (where research_status = 'failed') as failed
      from old_rows group by campaign_id
    ) as d;
  else
    select jsonb_agg(d) into deltas from (
      select campaign_id, sum(one) as companies, sum(one) filter (where research_status = 'completed') as researched,
        sum(one) filter (where research_status = 'failed') as failed
      from (
        select campaign_id, research_status, 1 as one from new_rows
        union all
        select campaign_id, research_status, -1 from old_rows
      ) as sides
      group by campaign_id
      having sum(one) <> 0 or coalesce(sum(one) filter (where research_status = 'completed'), 0) <> 0
        or coalesce(sum(one) filter (where research_status = 'failed'), 0) <> 0
    ) as d;
  end if;
  if deltas is not null then
    perform private.count_in_campaigns(deltas);
  end if;
  return null;
end
$$;
create trigger count_insert after insert on public.companies
  referencing new table as new_rows for each statement execute function private.count_companies();
create trigger count_update after update on public.companies
  referencing old table as old_rows new table as new_rows for each statement execute function private.count_companies();
create trigger count_delete after delete on public.companies
  referencing old table as old_rows for each statement execute function private.count_companies();

-- Counts contacts or investments (the trigger's argument) of companies, and contacts of campaigns.
create function private.count_children()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  counter text := tg_argv[0];
  deltas jsonb;
begin
  if tg_op = 'INSERT' then
    select jsonb_agg(jsonb_build_object('campaign_id', d.campaign_id, 'company_id', d.company_id, counter, d.n)) into deltas
    from (select campaign_id, company_id, count(*) as n from new_rows group by campaign_id, company_id) as d;
  elsif tg_op = 'DELETE' then
    select jsonb_agg(jsonb_build_object('campaign_id', d.campaign_id, 'company_id', d.company_id, counter, d.n)) into deltas
    from (select campaign_id, company_id, -count(*) as n from old_rows group by campaign_id, company_id) as d;
  else
    select jsonb_agg(jsonb_build_object('campaign_id', d.campaign_id, 'company_id', d.company_id, counter, d.n)) into deltas
    from (
      select campaign_id, company_id, sum(one) as n
      from (select campaign_id, company_id, 1 as one from new_rows union all select campaign_id, company_id, -1 from old_rows) as sides
      group by campaign_id, company_id having sum(one) <> 0
    ) as d;
  end if;
  if deltas is not null then
    perform private.count_in_companies(deltas);
  end if;
  return null;
end
$$;
create trigger count_insert after insert on public.contacts
  referencing new table as new_rows for each statement execute function private.count_children('contacts');
create trigger count_update after update on public.contacts
  referencing old table as old_rows new table as new_rows for each statement execute function private.count_children('contacts');
create trigger count_delete after delete on public.contacts
  referencing old table as old_rows for each statement execute function private.count_children('contacts');
create trigger count_insert after insert on public.portfolio_companies
  referencing new table as new_rows for each statement execute function private.count_children('investments');
create trigger count_update after update on public.portfolio_companies
  referencing old table as old_rows new table as new_rows for each statement execute function private.count_children('investments');
create trigger count_delete after delete on public.portfolio_companies
  referencing old table as old_rows for each statement execute function private.count_children('investments');

-- An emptied table leaves nothing to count. Campaigns that are not active keep the counters of their archived rows. Truncating locks whole tables: it is
-- for whoever has the database for themselves.
create function private.count_truncated()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  perform from public.campaigns c where c.state = 'active' order by c.id for no key update;
  if tg_table_name = 'companies' then
    update public.campaigns c set company_count = 0, researched_count = 0, failed_count = 0
    where c.state = 'active' and (c.company_count, c.researched_count, c.failed_count) <> (0, 0, 0);
  elsif tg_table_name = 'contacts' then
    update public.campaigns c set contact_count = 0 where c.state = 'active' and c.contact_count <> 0;
    update public.companies c set contact_count = 0 where c.contact_count <> 0;
  else
    update public.companies c set portfolio_count = 0 where c.portfolio_count <> 0;
  end if;
  return null;
end
$$;
create trigger count_truncate after truncate on public.companies for each statement execute function private.count_truncated();
create trigger count_truncate after truncate on public.contacts for each statement execute function private.count_truncated();
create trigger count_truncate after truncate on public.portfolio_companies for each statement execute function private.count_truncated();
