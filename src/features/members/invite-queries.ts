import {
  type Invite,
  type InviteRequest,
  type InviteResult,
  invitePath,
  inviteResult,
  invites,
} from "@contracts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "@/lib/errors";
import { callFunction } from "@/lib/functions";
import { rpc } from "@/lib/rpc";
import { getSupabase } from "@/lib/supabase";
import { memberKeys } from "./keys";

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

/** Takes a pending invite back. */
export function useRevokeInvite(workspaceId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (inviteId: string) => rpc("revoke_invite", { invite_id: inviteId }),
    onSettled: () => queryClient.invalidateQueries(pendingInvitesOptions(workspaceId)),
  });
}
