import type { QueryClient } from "@tanstack/react-query";
import type { Change } from "@/lib/changes";
import { cachedCampaigns, removeCached, replaceCached } from "./cache";
import { type Campaign, type CampaignSort, campaignKeys } from "./keys";
import { fetchCampaigns } from "./queries";

/** The orders of a list in which a campaign moves when it changes; those of its counters change by themselves. */
const LIVE_SORTS = ["updated_at", "company_count", "contact_count"] as const satisfies CampaignSort[];
const SORTS = ["name", ...LIVE_SORTS] as const satisfies CampaignSort[];

/**
 * Refetches only what a change of `campaigns` touches: the changed rows that are cached, or the lists when rows appear. Resolves
 * to the orders in which campaigns now stand elsewhere; the lists in these orders are still as they were.
 */
export async function applyChange(
  queryClient: QueryClient,
  workspaceId: string,
  { operation, ids }: Change,
): Promise<CampaignSort[]> {
  const rereadLists = () => queryClient.invalidateQueries({ queryKey: campaignKeys.lists(workspaceId) });
  const takeOut = async (gone: readonly string[]) => {
    removeCached(queryClient, gone);
    // A page of theirs that is open says that they are being deleted, or that they are gone.
    await Promise.all(gone.map((id) => queryClient.invalidateQueries({ queryKey: campaignKeys.detail(id) })));
  };
  if (ids === null) {
    await queryClient.invalidateQueries({ queryKey: campaignKeys.all });
    return [];
  }
  if (operation === "insert") await rereadLists();
  if (operation === "delete") await takeOut(ids);
  if (operation !== "update") return [];

  const cached = cachedCampaigns(queryClient);
  const known = ids.filter((id) => cached.has(id));
  const campaigns = known.length > 0 ? await fetchCampaigns(known) : [];
  // One that was archived or restored leaves lists and comes into others.
  if (campaigns.some(({ id, state }) => cached.get(id)?.state !== state)) await rereadLists();
  replaceCached(queryClient, campaigns);
  const found = new Set(campaigns.map(({ id }) => id));
  await takeOut(known.filter((id) => !found.has(id)));
  // What changed of a campaign that no list has loaded is unknown: it may come into view.
  if (known.length < ids.length) return [...LIVE_SORTS];
  return SORTS.filter((sort) =>
    campaigns.some((campaign) => differs(cached.get(campaign.id), campaign, sort)),
  );
}

function differs(before: Campaign | undefined, now: Campaign, sort: CampaignSort): boolean {
  return before !== undefined && before[sort] !== now[sort];
}
