import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { jumpTo } from "./list-jump";
import { type ListSource, listPagesOptions, listTotalOptions } from "./list-query";
import { useLoadedRows } from "./loaded-rows";
import { type ListRow, loadedFrom, scrollRowCount } from "./pages";

/** A list as the table draws it: some rows that follow each other are loaded, from `start` on. */
export interface List<Row extends ListRow> {
  rows: Row[];
  /** Index in the list of the first of the rows. */
  start: number;
  /** How many rows the scrollbar stands for. */
  reach: number;
  pending: boolean;
  /** What went wrong when nothing could be loaded. */
  error: Error | null;
  /** What went wrong with further pages, while the rows that are loaded are shown. */
  moreError: Error | null;
  total: number | null;
  /** There are more than `total`; the server stopped counting. */
  totalIsCapped: boolean;
  hasMore: boolean;
  /** The rows are of the filter or sort before this one. */
  outdated: boolean;
  loadMore: () => void;
  loadBefore: () => void;
  /** Loads the rows from an index on in the place of the loaded ones; null where a list has no places. */
  jump: ((row: number) => void) | null;
  /** Gives up a jump that is under way. */
  stay: () => void;
  retry: () => void;
}

/** Loads a list page by page, and from anywhere in it. */
export function useList<Row extends ListRow>(source: ListSource<Row>): List<Row> {
  const query = useInfiniteQuery(listPagesOptions(source));
  const { data, fetchNextPage, fetchPreviousPage, refetch, isFetching, isPlaceholderData } = query;
  const { data: total } = useQuery({
    ...listTotalOptions(source),
    enabled: data !== undefined && !isPlaceholderData,
  });
  const { jump, stay, failed } = useJump(source);
  const rows = useLoadedRows(data?.pages);
  const start = loadedFrom(data?.pages ?? []);

  const failedPage = query.isFetchNextPageError || query.isFetchPreviousPageError;
  const idle = !isFetching && !failedPage;
  const loadMore = useCallback(() => {
    if (idle) void fetchNextPage();
  }, [idle, fetchNextPage]);
  const loadBefore = useCallback(() => {
    if (idle) void fetchPreviousPage();
  }, [idle, fetchPreviousPage]);
  const retry = () => {
    if (failed !== null) return jump(failed.row);
    if (query.isFetchNextPageError) return void fetchNextPage();
    if (query.isFetchPreviousPageError) return void fetchPreviousPage();
    void refetch();
  };

  const canJump = source.fetchPlace !== undefined;
  return {
    rows,
    start,
    reach: scrollRowCount({
      end: start + rows.length,
      hasMore: query.hasNextPage,
      total: total?.total ?? null,
      canJump,
    }),
    pending: query.isPending,
    error: data === undefined ? query.error : null,
    moreError: failed?.error ?? (failedPage ? query.error : null),
    total: total?.total ?? null,
    totalIsCapped: total?.total_is_capped ?? false,
    hasMore: query.hasNextPage,
    outdated: isPlaceholderData,
    loadMore,
    loadBefore,
    jump: canJump ? jump : null,
    stay,
    retry,
  };
}

/** Jumps within a list, one at a time: a later one, `stay` and another list end the one before. */
function useJump<Row extends ListRow>(source: ListSource<Row>) {
  const client = useQueryClient();
  const underWay = useRef<AbortController>(null);
  const [failed, setFailed] = useState<{ row: number; error: Error; list: string } | null>(null);
  const list = JSON.stringify(source.queryKey);
  const latest = useRef(source);
  useEffect(() => {
    latest.current = source;
  });
  const stay = useCallback(() => {
    underWay.current?.abort();
    setFailed(null);
  }, []);
  useEffect(() => stay, [stay]);

  const jump = useCallback(
    (row: number) => {
      stay();
      const controller = new AbortController();
      underWay.current = controller;
      jumpTo(client, latest.current, row, controller.signal).catch((error: unknown) => {
        if (controller.signal.aborted) return;
        setFailed({ row, list, error: error instanceof Error ? error : new Error(String(error)) });
      });
    },
    [client, stay, list],
  );
  return { jump, stay, failed: failed?.list === list ? failed : null };
}
