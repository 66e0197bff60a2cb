import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "@/lib/errors";
import { getSupabase } from "@/lib/supabase";

/** After how many days without a change a campaign of the workspace is archived; null is never. */
export function archiveAfterOptions(workspaceId: string) {
  return queryOptions({
    queryKey: ["settings", "archive-after", workspaceId],
    queryFn: async ({ signal }): Promise<number | null> =>
      unwrap(
        await getSupabase()
          .from("workspaces")
          .select("archive_after_days")
          .eq("id", workspaceId)
          .abortSignal(signal)
          .single(),
      ).archive_after_days,
  });
}

/** Sets it; shown at once, taken back if it fails. */
export function useSetArchiveAfter(workspaceId: string) {
  const queryClient = useQueryClient();
  const options = archiveAfterOptions(workspaceId);
  return useMutation({
    mutationFn: async (days: number | null) =>
      unwrap(
        await getSupabase()
          .from("workspaces")
          .update({ archive_after_days: days })
          .eq("id", workspaceId)
          .select("id")
          .single(),
      ),
    onMutate: async (days) => {
      await queryClient.cancelQueries(options);
      const before = queryClient.getQueryData(options.queryKey);
      queryClient.setQueryData(options.queryKey, days);
      return { before };
    },
    onError: (_error, _variables, context) => queryClient.setQueryData(options.queryKey, context?.before),
    onSettled: () => queryClient.invalidateQueries(options),
  });
}
