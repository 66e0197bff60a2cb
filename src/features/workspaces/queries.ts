import type { Workspace as WorkspaceAnswer } from "@contracts";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "@/lib/errors";
import type { Role } from "@/lib/roles";
import { getSupabase } from "@/lib/supabase";
import { useUserId } from "@/stores/session";
import { useWorkspaceChoice } from "@/stores/workspace";

/** A workspace of the user's, what they are in it, and what the names of its channels end with (`ChannelKey`). */
export interface Workspace extends WorkspaceAnswer {
  channel_key: string;
}

export const workspaceKeys = {
  all: ["workspaces"] as const,
  mine: (userId: string | undefined) => [...workspaceKeys.all, "mine", userId] as const,
};

/** The user's workspaces and what they are in each, oldest membership first. */
export function myWorkspacesOptions(userId: string | undefined) {
  return queryOptions({
    queryKey: workspaceKeys.mine(userId),
    enabled: userId !== undefined,
    queryFn: async ({ signal }): Promise<Workspace[]> => {
      const rows = unwrap(
        await getSupabase()
          .from("workspace_members")
          .select("role, workspace:workspaces(id, name, channel_key)")
          .eq("user_id", userId ?? "")
          .order("created_at")
          .order("workspace_id")
          .abortSignal(signal),
      );
      return rows.map(({ role, workspace }) => ({ ...workspace, role }));
    },
  });
}

/** The workspace the user works in: the one chosen last if it is still theirs, else their first; undefined while unknown or if they have none. */
export function useCurrentWorkspace(): Workspace | undefined {
  const { data } = useQuery(myWorkspacesOptions(useUserId()));
  const chosen = useWorkspaceChoice((state) => state.workspaceId);
  return data?.find((workspace) => workspace.id === chosen) ?? data?.[0];
}

/** What the user is in the current workspace, for `can`; undefined while unknown. */
export function useRole(): Role | undefined {
  return useCurrentWorkspace()?.role;
}

/** Renames a workspace; shown at once, taken back if it fails. */
export function useRenameWorkspace() {
  const queryClient = useQueryClient();
  const options = myWorkspacesOptions(useUserId());
  return useMutation({
    mutationFn: async ({ id, name }: { id: string; name: string }) =>
      unwrap(await getSupabase().from("workspaces").update({ name }).eq("id", id).select("id").single()),
    onMutate: async ({ id, name }) => {
      await queryClient.cancelQueries(options);
      const before = queryClient.getQueryData(options.queryKey);
      queryClient.setQueryData(options.queryKey, (workspaces) =>
        workspaces?.map((workspace) => (workspace.id === id ? { ...workspace, name } : workspace)),
      );
      return { before };
    },
    onError: (_error, _variables, context) => queryClient.setQueryData(options.queryKey, context?.before),
    onSettled: () => queryClient.invalidateQueries(options),
  });
}
