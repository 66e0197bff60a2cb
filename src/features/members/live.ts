import { useQueryClient } from "@tanstack/react-query";
import { useChannel } from "@/lib/realtime";
import { memberKeys } from "./keys";

/** Keeps the shown members and invites of a workspace current. */
export function useLiveMembers(workspaceId: string): void {
  const queryClient = useQueryClient();
  // The invites' key begins with the members': both are read again.
  const reread = () => void queryClient.invalidateQueries({ queryKey: memberKeys.members(workspaceId) });
  useChannel(
    `workspace:${workspaceId}`,
    (changes) => {
      if (changes.some(({ table }) => table === "workspace_members" || table === "workspace_invites"))
        reread();
    },
    reread,
  );
}
