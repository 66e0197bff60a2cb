-- Deleting a campaign: the click marks it, the work goes in chunks that fit a statement limit.

-- Deletes up to 5,000 companies of one campaign marked for deletion, or the campaign once it is empty. Returns whether more is left.
create function private.delete_campaign_chunk(campaign_id uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  doomed uuid[];
begin
  perform from public.campaigns c where c.id = delete_campaign_chunk.campaign_id and c.state = 'deleting' for update;
  if not found then
    return false;
  end if;
  doomed := array(select c.id from public.companies c where c.campaign_id = delete_campaign_chunk.campaign_id order by c.id limit 5000);
  if doomed <> '{}' then
    delete from public.companies c where c.id = any (doomed);
    return true;
  end if;
  delete from public.campaigns c where c.id = delete_campaign_chunk.campaign_id;
  return false;
end
$$;

-- Marks a campaign for deletion with everything in it; small ones are gone when this returns. Owners and admins only.
create function public.delete_campaign(campaign_id uuid)
returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  campaign public.campaigns := private.open_campaign(delete_campaign.campaign_id, 'admin', true);
begin
  update public.research_runs r set status = 'cancelled', finished_at = now() where r.campaign_id = campaign.id and r.status in ('running', 'paused');
  update public.campaigns c set state = 'deleting' where c.id = campaign.id;
  if private.delete_campaign_chunk(campaign.id) then
    perform private.delete_campaign_chunk(campaign.id);
  end if;
end
$$;
grant execute on function public.delete_campaign to authenticated;

-- One chunk of every deletion under way.
create function private.delete_campaigns()
returns void
language sql
set search_path = ''
as $$
  select private.delete_campaign_chunk(c.id) from public.campaigns c where c.state = 'deleting' order by c.id
$$;

select cron.schedule('campaign-deletion', '10 seconds', 'select private.delete_campaigns()');
