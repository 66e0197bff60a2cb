import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import { type Campaign, type CampaignPage, campaignKeys } from "./keys";

/** The shapes in which the queries of `queries.ts` hold campaigns. */
type Cached = Campaign | Campaign[] | InfiniteData<CampaignPage>;

/** What becomes of one cached campaign: another version of it, itself, or nothing. */
type Change = (campaign: Campaign) => Campaign | null;

/** `data` after `change`; the same object when nothing changed. The page of a single campaign is never emptied. */
export function changeCampaigns(data: Cached, change: Change): Cached {
  if (Array.isArray(data)) return changeRows(data, change);
  if (!("pages" in data)) return change(data) ?? data;
  const pages = data.pages.map((page) => {
    const rows = changeRows(page.rows, change);
    return rows === page.rows ? page : { ...page, rows };
  });
  return pages.every((page, index) => page === data.pages[index]) ? data : { ...data, pages };
}

function changeRows(rows: Campaign[], change: Change): Campaign[] {
  const next = rows.flatMap((row) => change(row) ?? []);
  return next.length === rows.length && next.every((row, index) => row === rows[index]) ? rows : next;
}

function changeCached(queryClient: QueryClient, change: Change): void {
  for (const query of queryClient.getQueryCache().findAll({ queryKey: campaignKeys.all })) {
    const data: Cached | null | undefined = queryClient.getQueryData(query.queryKey);
    if (data === undefined || data === null) continue;
    const next = changeCampaigns(data, change);
    // Keeps the age, so that a list is still refetched when it is due.
    if (next !== data)
      queryClient.setQueryData(query.queryKey, next, { updatedAt: query.state.dataUpdatedAt });
  }
}

/** Writes newer versions of campaigns into every cached copy of them. */
export function replaceCached(queryClient: QueryClient, campaigns: readonly Campaign[]): void {
  const byId = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  changeCached(queryClient, (cached) => byId.get(cached.id) ?? cached);
}

/** Takes campaigns out of every cached list. */
export function removeCached(queryClient: QueryClient, ids: readonly string[]): void {
  changeCached(queryClient, (cached) => (ids.includes(cached.id) ? null : cached));
}

/** All campaigns, by id, that any cached query holds, as far as it knows. */
export function cachedCampaigns(queryClient: QueryClient): Map<string, Campaign> {
  const found = new Map<string, Campaign>();
  changeCached(queryClient, (cached) => {
    found.set(cached.id, cached);
    return cached;
  });
  return found;
}
