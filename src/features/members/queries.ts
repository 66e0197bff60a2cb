import { type Member, members, type Role } from "@contracts";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCurrentWorkspace, workspaceKeys } from "@/features/workspaces/queries";
import { unwrap } from "@/lib/errors";
import { rpc } from "@/lib/rpc";
import { getSupabase } from "@/lib/supabase";
import { memberKeys } from "./keys";

/** The members of a workspace, oldest first. */
export function membersOptions(workspaceId: string) {
  return queryOptions({
    queryKey: memberKeys.members(workspaceId),
    queryFn: async ({ signal }): Promise<Member[]> =>
      members.parse(
        unwrap(
          await getSupabase()
            .from("workspace_members")
            .select("user_id, email, role, created_at")
            .eq("workspace_id", workspaceId)
            .order("created_at")
            .order("user_id")
            .abortSignal(signal),
        ),
      ),
  });
}

/** The members as choices of whose a row is; none until they are known. */
export function useOwners(): { value: string; label: string }[] {
  const workspaceId = useCurrentWorkspace()?.id;
  const { data } = useQuery({
    ...membersOptions(workspaceId ?? ""),
    enabled: workspaceId !== undefined,
    select: toOwners,
  });
  return data ?? noOwners;
}

const noOwners: { value: string; label: string }[] = [];
const toOwners = (all: Member[]) => all.map(({ user_id, email }) => ({ value: user_id, label: email }));

/** Gives a member another role; shown at once, taken back if it fails. */
export function useChangeRole(workspaceId: string) {
  const queryClient = useQueryClient();
  const options = membersOptions(workspaceId);
  const give = (userId: string, role: Role) =>
    queryClient.setQueryData(options.queryKey, (list) =>
      list?.map((one) => (one.user_id === userId ? { ...one, role } : one)),
    );
  return useMutation({
    mutationFn: ({ userId, role }: { userId: string; role: Role }) =>
      rpc("change_role", { workspace_id: workspaceId, user_id: userId, role }),
    onMutate: async ({ userId, role }) => {
      await queryClient.cancelQueries(options);
      const before = queryClient.getQueryData(options.queryKey)?.find((one) => one.user_id === userId)?.role;
      give(userId, role);
      return { before };
    },
    onError: (_error, { userId }, context) => context?.before && give(userId, context.before),
    onSettled: () => rereadMembers(queryClient, workspaceId),
  });
}

/** Takes somebody out of the workspace. */
export function useRemoveMember(workspaceId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (userId: string) => rpc("remove_member", { workspace_id: workspaceId, user_id: userId }),
    onSettled: () => rereadMembers(queryClient, workspaceId),
  });
}

/** Makes somebody else an owner and the user an admin. */
export function useTransferOwnership(workspaceId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (userId: string) => rpc("transfer_ownership", { workspace_id: workspaceId, user_id: userId }),
    onSettled: () => rereadMembers(queryClient, workspaceId),
  });
}

async function rereadMembers(
  queryClient: ReturnType<typeof useQueryClient>,
  workspaceId: string,
): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: memberKeys.members(workspaceId) }),
    queryClient.invalidateQueries({ queryKey: workspaceKeys.all }),
  ]);
}
