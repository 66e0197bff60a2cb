import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useNoteTask } from "@/features/tasks/queries";
import { unwrap } from "@/lib/errors";
import { rpc } from "@/lib/rpc";
import { getSupabase } from "@/lib/supabase";
import { type Campaign, campaignKeys } from "./keys";

/** What people do to a campaign as a whole, besides deleting it. */
export type Move = "archive" | "restore";

/** Archives or restores a campaign, as a task that is done at once or goes on in the background. Started again it goes on where it failed. */
export function useMoveCampaign(move: Move) {
  const queryClient = useQueryClient();
  const note = useNoteTask();
  return useMutation({
    mutationFn: ({ id }: Campaign) =>
      rpc(move === "archive" ? "archive_campaign" : "restore_campaign", { campaign_id: id }),
    onSuccess: (task, { id, workspace_id }) => {
      note(task);
      return Promise.all([
        queryClient.invalidateQueries({ queryKey: campaignKeys.detail(id) }),
        queryClient.invalidateQueries({ queryKey: campaignKeys.lists(workspace_id) }),
      ]);
    },
  });
}

/** When a campaign was archived and by whose id: null for nobody's, when it was idle for long. Null if it never was. */
export function archivedOptions(campaignId: string) {
  return queryOptions({
    queryKey: campaignKeys.archived(campaignId),
    // A campaign is archived anew after a restore.
    staleTime: 0,
    queryFn: async ({ signal }) =>
      unwrap(
        await getSupabase()
          .from("archived_campaigns")
          .select("archived_at, archived_by")
          .eq("campaign_id", campaignId)
          .abortSignal(signal)
          .maybeSingle(),
      ),
  });
}
