import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLocation } from "react-router-dom";
import { myWorkspacesOptions, useCurrentWorkspace } from "@/features/workspaces/queries";
import { useUserId } from "@/stores/session";
import { useWorkspaceChoice } from "@/stores/workspace";

/** The pages that show something of the current workspace without naming it in their path. */
const workspacePages = /^\/(campaigns|companies|contacts|settings\/workspace|settings\/members)\/?$/;

/**
 * Keeps the search parameter `workspace` and the current workspace together on pages of a workspace, for who has several: a link or going
 * back leads to the workspace that was meant, and one that is not theirs is left out of the address.
 */
export function useWorkspaceAddress(): void {
  const { pathname, search } = useLocation();
  const { data: mine, isFetching } = useQuery(myWorkspacesOptions(useUserId()));
  const setWorkspaceId = useWorkspaceChoice((state) => state.setWorkspaceId);
  const currentId = useCurrentWorkspace()?.id;

  useEffect(() => {
    const wanted = new URLSearchParams(search).get("workspace");
    if (!workspacePages.test(pathname) || !mine || !currentId || wanted === currentId) return;
    if (wanted && mine.some(({ id }) => id === wanted)) setWorkspaceId(wanted);
    else if (!wanted || !isFetching) writeAddress(pathname, mine.length > 1 ? currentId : null);
  }, [pathname, search, currentId, mine, isFetching, setWorkspaceId]);
}

/** Behind the router's back, as this is no navigation: one would stop another that is under way, such as leaving this page. */
function writeAddress(pathname: string, workspaceId: string | null): void {
  const url = new URL(window.location.href);
  if (url.pathname !== pathname) return;
  if (workspaceId) url.searchParams.set("workspace", workspaceId);
  else url.searchParams.delete("workspace");
  window.history.replaceState(window.history.state, "", url);
}
