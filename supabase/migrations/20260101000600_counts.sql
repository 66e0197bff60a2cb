-- Exact counters, kept by statement-level triggers: deltas, never recounts. Parents are locked first and in id order, so that two statements that
-- touch the same campaigns wait for each other instead of deadlocking.

-- Adds deltas of companies to their campaigns: one update a campaign, however many rows changed.
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
  if deltas is null then
    return null;
  end if;
  perform from public.campaigns c
  where c.id in (select (d ->> 'campaign_id')::uuid from jsonb_array_elements(deltas) as d)
  order by c.id for no key update;
  update public.campaigns c
  set company_count = c.company_count + coalesce(d.companies, 0),
    researched_count = c.researched_count + coalesce(d.researched, 0),
    failed_count = c.failed_count + coalesce(d.failed, 0)
  from jsonb_to_recordset(deltas) as d (campaign_id uuid, companies int, researched int, failed int)
  where c.id = d.campaign_id;
  return null;
end
$$;
create trigger count_insert after insert on public.companies
  referencing new table as new_rows for each statement execute function private.count_companies();
create trigger count_update after update on public.companies
  referencing old table as old_rows new table as new_rows for each statement execute function private.count_companies();
create trigger count_delete after delete on public.companies
  referencing old table as old_rows for each statement execute function private.count_companies();

-- Adds deltas of contacts to their campaigns and companies.
create function private.count_contacts()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  deltas jsonb;
begin
  if tg_op = 'INSERT' then
    select jsonb_agg(d) into deltas from (select campaign_id, company_id, count(*) as n from new_rows group by campaign_id, company_id) as d;
  else
    select jsonb_agg(d) into deltas from (select campaign_id, company_id, -count(*) as n from old_rows group by campaign_id, company_id) as d;
  end if;
  if deltas is null then
    return null;
  end if;
  perform from public.campaigns c
  where c.id in (select (d ->> 'campaign_id')::uuid from jsonb_array_elements(deltas) as d)
  order by c.id for no key update;
  perform from public.companies c
  where c.id in (select (d ->> 'company_id')::uuid from jsonb_array_elements(deltas) as d)
  order by c.id for no key update;
  update public.campaigns c
  set contact_count = c.contact_count + d.n
  from (select campaign_id, sum(n) as n from jsonb_to_recordset(deltas) as x (campaign_id uuid, n int) group by campaign_id) as d
  where c.id = d.campaign_id;
  update public.companies c
  set contact_count = c.contact_count + d.n
  from jsonb_to_recordset(deltas) as d (company_id uuid, n int)
  where c.id = d.company_id;
  return null;
end
$$;
create trigger count_insert after insert on public.contacts
  referencing new table as new_rows for each statement execute function private.count_contacts();
create trigger count_delete after delete on public.contacts
  referencing old table as old_rows for each statement execute function private.count_contacts();

-- Adds deltas of investments to their companies.
create function private.count_portfolio()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  deltas jsonb;
begin
  if tg_op = 'INSERT' then
    select jsonb_agg(d) into deltas from (select company_id, count(*) as n from new_rows group by company_id) as d;
  else
    select jsonb_agg(d) into deltas from (select company_id, -count(*) as n from old_rows group by company_id) as d;
  end if;
  if deltas is null then
    return null;
  end if;
  perform from public.companies c
  where c.id in (select (d ->> 'company_id')::uuid from jsonb_array_elements(deltas) as d)
  order by c.id for no key update;
  update public.companies c
  set portfolio_count = c.portfolio_count + d.n
  from jsonb_to_recordset(deltas) as d (company_id uuid, n int)
  where c.id = d.company_id;
  return null;
end
$$;
create trigger count_insert after insert on public.portfolio_companies
  referencing new table as new_rows for each statement execute function private.count_portfolio();
create trigger count_delete after delete on public.portfolio_companies
  referencing old table as old_rows for each statement execute function private.count_portfolio();
