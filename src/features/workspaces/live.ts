import { useQueryClient } from "@tanstack/react-query";
import { useChannel } from "@/lib/realtime";
import { workspaceKeys } from "./queries";

/**
 * Keeps the user's list of workspaces current: joined, left, another role, another name, another key of the channels; once, in the shell.
 * The key may change just as the channel is joined, or before it is: the list is read again then, too.
 */
export function useLiveWorkspaces(userId: string | undefined, workspaceId: string | undefined): void {
  const queryClient = useQueryClient();
  const reread = () => void queryClient.invalidateQueries({ queryKey: workspaceKeys.mine(userId) });
  useChannel(
    userId ? `user:${userId}` : null,
    (changes) => {
      if (changes.some(({ table }) => table === "workspace_members")) reread();
    },
    reread,
  );
  useChannel(
    workspaceId ? `workspace:${workspaceId}` : null,
    (changes) => {
      if (changes.some(({ table }) => table === "workspaces")) reread();
    },
    reread,
    reread,
  );
}
