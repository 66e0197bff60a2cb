import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { flattenPages, type ListPage, type ListRow } from "./pages";

interface ListQuery<Row extends ListRow> {
  queryKey: readonly unknown[];
  /** Reads one page; the cursor is the one before's `next_cursor`, null for the first page. */
  fetchPage: (cursor: string | null, signal: AbortSignal) => Promise<ListPage<Row>>;
}

/**
 * The query of a keyset list. It is never refetched as a whole by itself: realtime says which rows changed, and those
 * are read by id (`useLiveList`).
 */
export function listQueryOptions<Row extends ListRow>({ queryKey, fetchPage }: ListQuery<Row>) {
  const firstCursor: string | null = null;
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: firstCursor as string | null, // widened: later pages have a text
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

export type ListQueryOptions<Row extends ListRow> = ReturnType<typeof listQueryOptions<Row>>;

/** A list as the table draws it. */
export interface List<Row extends ListRow> {
  rows: Row[];
  pending: boolean;
  /** What went wrong when nothing could be loaded. */
  error: Error | null;
  /** What went wrong with the next page, while the rows before it are shown. */
  moreError: Error | null;
  total: number | null;
  /** There are more than `total`; the server stopped counting. */
  totalIsCapped: boolean;
  hasMore: boolean;
  /** The rows are of the filter or sort before this one. */
  outdated: boolean;
  loadMore: () => void;
  retry: () => void;
}

/** Loads a list page by page. */
export function useList<Row extends ListRow>(options: ListQueryOptions<Row>): List<Row> {
  const query = useInfiniteQuery(options);
  const { data, fetchNextPage, refetch, isFetching, isFetchNextPageError } = query;
  const rows = useMemo(() => flattenPages(data?.pages ?? []), [data?.pages]);
  const first = data?.pages[0];
  const loadMore = useCallback(() => {
    if (!isFetching && !isFetchNextPageError) void fetchNextPage();
  }, [isFetching, isFetchNextPageError, fetchNextPage]);
  return {
    rows,
    pending: query.isPending,
    error: data === undefined ? query.error : null,
    moreError: isFetchNextPageError ? query.error : null,
    total: first?.total ?? null,
    totalIsCapped: first?.total_is_capped ?? false,
    hasMore: query.hasNextPage,
    outdated: query.isPlaceholderData,
    loadMore,
    retry: () => void (isFetchNextPageError ? fetchNextPage() : refetch()),
  };
}
