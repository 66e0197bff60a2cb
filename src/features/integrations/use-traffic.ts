import {
  type InfiniteData,
  type QueryKey,
  type UseInfiniteQueryResult,
  useQueryClient,
} from "@tanstack/react-query";

/** Reads the newest rows of a list again, and forgets older pages instead of reading them all again. */
export function useRefresh(queryKey: QueryKey, query: UseInfiniteQueryResult<unknown>): () => void {
  const client = useQueryClient();
  return () => {
    client.setQueryData<InfiniteData<unknown>>(
      queryKey,
      (data) => data && { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
    );
    void query.refetch();
  };
}
