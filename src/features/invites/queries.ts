import type { Workspace } from "@contracts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { workspaceKeys } from "@/features/workspaces/queries";
import { rpc } from "@/lib/rpc";
import { getSupabase } from "@/lib/supabase";
import type { MailedSession } from "./arrival";

const inviteKeys = {
  all: ["my-invites"] as const,
  mine: (userId: string | undefined) => [...inviteKeys.all, userId] as const,
  view: (userId: string, inviteId: string, token: string | null) =>
    [...inviteKeys.all, userId, inviteId, token] as const,
};

/** The pending invites for the user's address. */
export function myInvitesOptions(userId: string | undefined) {
  return queryOptions({
    queryKey: inviteKeys.mine(userId),
    enabled: userId !== undefined,
    queryFn: ({ signal }) => rpc("my_invites", {}, signal),
  });
}

/** What an invite is about; not found for an account that it is not for and that has no link of it. */
export function inviteOptions(userId: string, inviteId: string, token: string | null) {
  return queryOptions({
    queryKey: inviteKeys.view(userId, inviteId, token),
    queryFn: ({ signal }) => rpc("get_invite", { invite_id: inviteId, ...(token && { token }) }, signal),
  });
}

/** Joins by a link's token, with a first password for who has none; resolves to the workspace, which is then in the user's list. */
export function useAcceptInvite() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ token, password }: { token: string; password?: string }): Promise<Workspace> => {
      if (password) {
        const { error } = await getSupabase().auth.updateUser({ password });
        // It was set by a try before this one, whose second half failed.
        if (error && error.code !== "same_password") throw error;
      }
      return rpc("accept_invite", { token });
    },
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: workspaceKeys.all }),
        queryClient.invalidateQueries({ queryKey: inviteKeys.all }),
      ]),
  });
}

/** Says no to an invite. */
export function useDeclineInvite() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (inviteId: string) => rpc("decline_invite", { invite_id: inviteId }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: inviteKeys.all }),
  });
}

/** Signs in with the session that a mailed link has brought. */
export function useMailedSession() {
  return useMutation({
    mutationFn: async ({ accessToken, refreshToken }: MailedSession) => {
      const { error } = await getSupabase().auth.setSession({
        access_token: accessToken,
        refresh_token: refreshToken,
      });
      if (error) throw error;
    },
  });
}

/** Has a link mailed that signs in, to an address with or without an account, and leads back to this page. */
export function useSignInLink() {
  return useMutation({
    mutationFn: async (email: string) => {
      const { error } = await getSupabase().auth.signInWithOtp({
        email,
        options: { emailRedirectTo: location.origin + location.pathname + location.search },
      });
      if (error) throw error;
    },
  });
}
