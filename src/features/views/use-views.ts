import type { RowList, SavedView } from "@contracts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearchParams } from "react-router-dom";
import { useChannel } from "@/lib/realtime";
import { useColumnSettings, useTableColumns } from "@/stores/table-columns";
import { viewKeys, viewsOptions } from "./queries";
import { isModified, namingView, savedQuery, viewIdOf, withView } from "./view-query";

/** The views of a list, followed live, and what of them the page's address shows. */
export function useViews(workspaceId: string, list: RowList, left: readonly string[]) {
  const queryClient = useQueryClient();
  const { data: views, error } = useQuery(viewsOptions(workspaceId, list));
  const reread = () => void queryClient.invalidateQueries({ queryKey: viewKeys.workspace(workspaceId) });
  useChannel(
    `workspace:${workspaceId}`,
    (changes) => {
      if (changes.some(({ table }) => table === "saved_views")) reread();
    },
    reread,
  );

  const [search, setSearch] = useSearchParams();
  const columns = useColumnSettings(list);
  const setColumns = useTableColumns((state) => state.setAll);
  const current = views?.find(({ id }) => id === viewIdOf(search)) ?? null;
  const shown = { query: savedQuery(search, left), columns };
  return {
    views: views ?? [],
    error,
    current,
    /** What a view saves of what is on screen. */
    shown,
    modified: current !== null && isModified(current, shown),
    /** Shows what a view holds. */
    apply(view: SavedView) {
      setColumns(list, view.columns);
      setSearch(withView(view));
    },
    /** Gives what is shown the name of a view. */
    name: (id: string) => setSearch(namingView(search, id), { replace: true }),
    /** Shows everything; columns stay. */
    leave: () => setSearch(new URLSearchParams()),
  };
}
