import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { type Paced, paced } from "@/components/data-table/pace";
import { useChannel } from "@/lib/realtime";
import { applyChange } from "./apply-change";
import { type CampaignSort, campaignKeys } from "./keys";

/** How often, in ms, a list is read again at most because campaigns have moved in its order. */
const REORDER_MS = 3_000;

/** Keeps every cached campaign of the workspace current; once, in the shell. */
export function useLiveCampaigns(workspaceId: string | undefined): void {
  const queryClient = useQueryClient();
  // One after the other: an older answer must not overwrite a newer one.
  const work = useRef(Promise.resolve());
  const moved = useRef(new Set<unknown>());
  const reorder = useRef<Paced>(null);
  useEffect(() => {
    if (!workspaceId) return;
    const job = paced(async () => {
      const sorts = moved.current;
      moved.current = new Set();
      await queryClient.invalidateQueries({
        queryKey: campaignKeys.lists(workspaceId),
        predicate: ({ meta }) => sorts.has(meta?.sort),
      });
      return true;
    }, REORDER_MS);
    reorder.current = job;
    return () => job.dispose();
  }, [queryClient, workspaceId]);

  const noteMoved = (sorts: readonly CampaignSort[]) => {
    for (const sort of sorts) moved.current.add(sort);
    if (sorts.length > 0) reorder.current?.request();
  };
  useChannel(
    workspaceId ? `workspace:${workspaceId}` : null,
    (changes) => {
      for (const change of changes) {
        if (change.table !== "campaigns" || !workspaceId) continue;
        work.current = work.current
          .then(() => applyChange(queryClient, workspaceId, change))
          .then(noteMoved)
          // The lists say themselves what is wrong, if they cannot be read either.
          .catch(() => queryClient.invalidateQueries({ queryKey: campaignKeys.lists(workspaceId) }));
      }
    },
    () => void queryClient.invalidateQueries({ queryKey: campaignKeys.all }),
  );
}
