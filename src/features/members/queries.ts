import {
  type Invite,
  type InviteRequest,
  type InviteResult,
  invitePath,
  inviteResult,
  invites,
  type Member,
  members,
  type Role,
} from "@contracts";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCurrentWorkspace, workspaceKeys } from "@/features/workspaces/queries";
import { unwrap } from "@/lib/errors";
import { callFunction } from "@/lib/functions";
import { rpc } from "@/lib/rpc";
import { getSupabase } from "@/lib/supabase";
import { expectDeparture } from "@/stores/workspace";

export const memberKeys = {
  members: (workspaceId: string) => ["members", workspaceId] as const,
  invites: (workspaceId: string) => ["members", workspaceId, "invites"] as const,
};

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

/** The invites that wait for an answer, newest first; admins may read them. */
export function pendingInvitesOptions(workspaceId: string) {
  return queryOptions({
    queryKey: memberKeys.invites(workspaceId),
    queryFn: async ({ signal }): Promise<Invite[]> =>
      invites.parse(
        unwrap(
          await getSupabase()
            .from("workspace_invites")
            .select("id, workspace_id, email, role, status, invited_by, created_at, expires_at, mailed_at")
            .eq("workspace_id", workspaceId)
            .eq("status", "pending")
            .order("created_at", { ascending: false })
            .abortSignal(signal),
        ),
      ),
  });
}

/** Makes a workspace; resolves to it once the user's list has it. */
export function useCreateWorkspace() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => rpc("create_workspace", { name }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: workspaceKeys.all }),
  });
}

/** Gives a member another role; shown at once, taken back if it fails. */
export function useChangeRole(workspaceId: string) {
  const queryClient = useQueryClient();
  const options = membersOptions(workspaceId);
  return useMutation({
    mutationFn: ({ userId, role }: { userId: string; role: Role }) =>
      rpc("change_role", { workspace_id: workspaceId, user_id: userId, role }),
    onMutate: async ({ userId, role }) => {
      await queryClient.cancelQueries(options);
      const before = queryClient.getQueryData(options.queryKey);
      queryClient.setQueryData(options.queryKey, (list) =>
        list?.map((one) => (one.user_id === userId ? { ...one, role } : one)),
      );
      return { before };
    },
    onError: (_error, _variables, context) => queryClient.setQueryData(options.queryKey, context?.before),
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

/** Invites an address or mails a pending invite again. `problem` of the answer says why no mail was sent; the invite is kept then. */
export function useSendInvite(workspaceId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (request: InviteRequest): Promise<InviteResult> => {
      const response = await callFunction("invites", request);
      return inviteResult.parse(await response.json());
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: memberKeys.invites(workspaceId) }),
  });
}

/** Makes a further link of a pending invite, to be handed over by other means; resolves to its address. */
export function useInviteLink(workspaceId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (inviteId: string): Promise<string> => {
      const { token } = await rpc("make_invite_link", { invite_id: inviteId });
      return location.origin + invitePath(inviteId, token);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: memberKeys.invites(workspaceId) }),
  });
}

/** Takes a pending invite back; gone from the list at once, back if it fails. */
export function useRevokeInvite(workspaceId: string) {
  const queryClient = useQueryClient();
  const options = pendingInvitesOptions(workspaceId);
  return useMutation({
    mutationFn: (inviteId: string) => rpc("revoke_invite", { invite_id: inviteId }),
    onMutate: async (inviteId) => {
      await queryClient.cancelQueries(options);
      const before = queryClient.getQueryData(options.queryKey);
      queryClient.setQueryData(options.queryKey, (list) => list?.filter(({ id }) => id !== inviteId));
      return { before };
    },
    onError: (_error, _variables, context) => queryClient.setQueryData(options.queryKey, context?.before),
    onSettled: () => queryClient.invalidateQueries(options),
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
