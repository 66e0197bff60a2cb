-- What workers say of the requests that they have under way.

-- A worker's sign of life: extends the leases of the batches it has under way. It waits for nobody: a batch that is being written to is skipped.
create function private.renew_leases(ids uuid[], lease_seconds int)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.research_batches b set leased_until = now() + make_interval(secs => lease_seconds)
  where b.id in (
    select x.id from public.research_batches x where x.id = any (ids) and x.answered_at is null and x.leased_until is not null order by x.id for no key update skip locked
  );
end
$$;

-- Lets lanes send further requests in place of these, which are over; what came of them is stored meanwhile. It waits for nobody, as renew_leases: one that is being
-- written to counts as under way until its results are stored.
create function private.end_requests(ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.research_batches b set is_over = true
  where b.id in (select x.id from public.research_batches x where x.id = any (ids) and x.answered_at is null order by x.id for no key update skip locked);
end
$$;
