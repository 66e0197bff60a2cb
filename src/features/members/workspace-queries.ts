import { useMutation, useQueryClient } from "@tanstack/react-query";
import { workspaceKeys } from "@/features/workspaces/queries";
import { rpc } from "@/lib/rpc";
import { expectDeparture } from "@/stores/workspace";

/** Makes a workspace; resolves to it once the user's list has it. */
export function useCreateWorkspace() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => rpc("create_workspace", { name }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: workspaceKeys.all }),
  });
}

/** Takes the user out of a workspace. */
export function useLeaveWorkspace() {
  return useDeparture((workspaceId) => rpc("leave_workspace", { workspace_id: workspaceId }));
}

/** Deletes a workspace with everything in it. */
export function useDeleteWorkspace() {
  return useDeparture((workspaceId) => rpc("delete_workspace", { workspace_id: workspaceId }));
}

function useDeparture(depart: (workspaceId: string) => Promise<unknown>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: depart,
    onMutate: (workspaceId) => expectDeparture(workspaceId),
    onError: (_error, workspaceId) => expectDeparture(workspaceId, false),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: workspaceKeys.all }),
  });
}
