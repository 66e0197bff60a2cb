import { type RowList, type SavedView, savedViews } from "@contracts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "@/lib/errors";
import { getSupabase } from "@/lib/supabase";

export const viewKeys = {
  workspace: (workspaceId: string) => ["views", workspaceId] as const,
  list: (workspaceId: string, list: RowList) => [...viewKeys.workspace(workspaceId), list] as const,
};

/** What people may change of a view. */
export type ViewEdit = Partial<Pick<SavedView, "name" | "query" | "columns" | "is_shared">>;

const columns = "id, workspace_id, list, name, query, columns, is_shared, created_by";
const limit = 500;

/** The user's own views of a list and those shared in the workspace, by name. */
export function viewsOptions(workspaceId: string, list: RowList) {
  return queryOptions({
    queryKey: viewKeys.list(workspaceId, list),
    queryFn: async ({ signal }): Promise<SavedView[]> =>
      savedViews.parse(
        unwrap(
          await getSupabase()
            .from("saved_views")
            .select(columns)
            .eq("workspace_id", workspaceId)
            .eq("list", list)
            .order("name")
            .order("id")
            .limit(limit)
            .abortSignal(signal),
        ),
      ),
  });
}

/** Saves a new view; resolves to its id once the list of views has it. */
export function useSaveView(workspaceId: string, list: RowList) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (view: Required<ViewEdit>): Promise<string> =>
      unwrap(
        await getSupabase()
          .from("saved_views")
          .insert({ workspace_id: workspaceId, list, ...view })
          .select("id")
          .single(),
      ).id,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: viewKeys.list(workspaceId, list) }),
  });
}

/** Changes a view of one's own; shown at once, taken back if it fails. */
export function useEditView(workspaceId: string, list: RowList) {
  const queryClient = useQueryClient();
  const options = viewsOptions(workspaceId, list);
  const put = (id: string, edit: ViewEdit) =>
    queryClient.setQueryData(options.queryKey, (views) =>
      views?.map((view) => (view.id === id ? { ...view, ...edit } : view)),
    );
  return useMutation({
    mutationFn: async ({ id, edit }: { id: string; edit: ViewEdit }) =>
      unwrap(await getSupabase().from("saved_views").update(edit).eq("id", id).select("id").single()),
    onMutate: async ({ id, edit }) => {
      await queryClient.cancelQueries(options);
      const before = queryClient.getQueryData(options.queryKey)?.find((view) => view.id === id);
      put(id, edit);
      return { before };
    },
    onError: (_error, { id }, context) => context?.before && put(id, context.before),
    onSettled: () => queryClient.invalidateQueries(options),
  });
}

/** Deletes a view of one's own, or as an admin a shared one. */
export function useDeleteView(workspaceId: string, list: RowList) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) =>
      unwrap(await getSupabase().from("saved_views").delete().eq("id", id).select("id").single()),
    onSettled: () => queryClient.invalidateQueries({ queryKey: viewKeys.list(workspaceId, list) }),
  });
}
