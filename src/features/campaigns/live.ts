import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import type { Change } from "@/lib/changes";
import { useChannel } from "@/lib/realtime";
import { cachedStates, removeCached, replaceCached } from "./cache";
import { campaignKeys } from "./keys";
import { fetchCampaigns } from "./queries";

/** Keeps every cached campaign of the workspace current; once, in the shell. */
export function useLiveCampaigns(workspaceId: string | undefined): void {
  const queryClient = useQueryClient();
  // One after the other: an older answer must not overwrite a newer one.
  const work = useRef(Promise.resolve());
  useChannel(
    workspaceId ? `workspace:${workspaceId}` : null,
    (changes) => {
      for (const change of changes) {
        if (change.table !== "campaigns" || !workspaceId) continue;
        const rereadLists = () =>
          queryClient.invalidateQueries({ queryKey: campaignKeys.lists(workspaceId) });
        work.current = work.current
          .then(() => applyChange(queryClient, change, rereadLists))
          // The lists say themselves what is wrong, if they cannot be read either.
          .catch(rereadLists);
      }
    },
    () => void queryClient.invalidateQueries({ queryKey: campaignKeys.all }),
  );
}

/** Refetches only what a change touches: the changed rows that are cached, or the lists when rows appear. */
async function applyChange(
  queryClient: QueryClient,
  { operation, ids }: Change,
  rereadLists: () => Promise<void>,
): Promise<void> {
  if (operation === "insert" || ids === null) return rereadLists();
  if (operation === "delete") return removeCached(queryClient, ids);
  const cached = cachedStates(queryClient);
  const shown = ids.filter((id) => cached.has(id));
  if (shown.length === 0) return;
  const campaigns = await fetchCampaigns(shown);
  // One that was archived or restored leaves lists and comes into others.
  if (campaigns.some(({ id, state }) => cached.get(id) !== state)) await rereadLists();
  replaceCached(queryClient, campaigns);
  removeCached(
    queryClient,
    shown.filter((id) => !campaigns.some((campaign) => campaign.id === id)),
  );
}
