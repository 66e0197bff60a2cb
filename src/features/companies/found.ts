import { queryOptions } from "@tanstack/react-query";
import { rpc } from "@/lib/rpc";
import { companyKeys } from "./keys";

/** The `limit` companies of a workspace that fit `q` best, and whether there are more. */
export function foundCompaniesOptions(workspaceId: string, q: string, limit: number) {
  return queryOptions({
    queryKey: companyKeys.found(workspaceId, q, limit),
    // What is being chosen from does not change by itself.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: async ({ signal }) => {
      const request = { workspace_id: workspaceId, filter: { q }, page_size: limit, with_total: false };
      const { rows, next_cursor } = await rpc("list_companies", request, signal);
      return { rows, hasMore: next_cursor !== null };
    },
  });
}
