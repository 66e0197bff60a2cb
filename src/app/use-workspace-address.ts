import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLocation, useSearchParams } from "react-router-dom";
import { myWorkspacesOptions, useCurrentWorkspace } from "@/features/workspaces/queries";
import { useUserId } from "@/stores/session";
import { useWorkspaceChoice } from "@/stores/workspace";

/** The pages that show something of the current workspace without naming it in their path. */
const workspacePages = /^\/(campaigns|settings\/workspace|settings\/members)\/?$/;

/**
 * Keeps the search parameter `workspace` and the current workspace together on pages of a workspace, for who has several: a link or going
 * back leads to the workspace that was meant, and one that is not theirs is left out of the address.
 */
export function useWorkspaceAddress(): void {
  const { pathname } = useLocation();
  const [search, setSearch] = useSearchParams();
  const { data: mine, isFetching } = useQuery(myWorkspacesOptions(useUserId()));
  const setWorkspaceId = useWorkspaceChoice((state) => state.setWorkspaceId);
  const currentId = useCurrentWorkspace()?.id;
  const wanted = search.get("workspace");
  const isWorkspacePage = workspacePages.test(pathname);
  const isMine = mine?.some(({ id }) => id === wanted) ?? false;
  const hasSeveral = (mine?.length ?? 0) > 1;

  useEffect(() => {
    if (!isWorkspacePage || !currentId || wanted === currentId) return;
    if (wanted && isMine) setWorkspaceId(wanted);
    else if ((wanted && !isFetching) || (!wanted && hasSeveral)) {
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          if (hasSeveral) next.set("workspace", currentId);
          else next.delete("workspace");
          return next;
        },
        { replace: true, preventScrollReset: true },
      );
    }
  }, [isWorkspacePage, currentId, wanted, isMine, isFetching, hasSeveral, setWorkspaceId, setSearch]);
}
