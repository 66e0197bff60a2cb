import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useNavigate } from "react-router-dom";
import { toastNews } from "@/components/ui/toast";
import { myWorkspacesOptions, useCurrentWorkspace, type Workspace } from "@/features/workspaces/queries";
import { useUserId } from "@/stores/session";
import { isDepartureExpected } from "@/stores/workspace";

/** When the workspace the user works in is no longer theirs: goes to another, forgets what was loaded of it, and says so unless they left. */
export function useDepartureNotice(): void {
  const { data: mine } = useQuery(myWorkspacesOptions(useUserId()));
  const current = useCurrentWorkspace();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const last = useRef<Workspace | undefined>(undefined);

  useEffect(() => {
    if (!mine) {
      last.current = undefined;
      return;
    }
    const before = last.current;
    last.current = current;
    if (!before || mine.some(({ id }) => id === before.id)) return;
    void Promise.resolve(navigate(current ? `/campaigns?workspace=${current.id}` : "/campaigns")).then(() =>
      queryClient.removeQueries({ type: "inactive" }),
    );
    if (isDepartureExpected(before.id)) return;
    toastNews({
      title: `You are no longer in ${before.name}`,
      description: current
        ? `Somebody took you out, or the workspace was deleted. You are in ${current.name} now.`
        : "Somebody took you out, or the workspace was deleted.",
    });
  }, [mine, current, navigate, queryClient]);
}
