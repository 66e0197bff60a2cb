import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { formatCount, formatNumber } from "@/lib/format";
import type { Column, Sort } from "./column";
import { ColumnsMenu } from "./columns-menu";
import { useCustomColumns } from "./custom-columns";
import type { CustomRow } from "./custom-names";
import { DataTable } from "./data-table";
import { useLoadedRows } from "./loaded-rows";
import { type ListRow, scrollRowCount } from "./pages";
import { NOTHING_SELECTED } from "./selection";

interface ReadOnlyPage<Row> {
  rows: Row[];
  next_cursor: string | null;
  total: number;
}

interface ReadOnlyListProps<Row extends ListRow & CustomRow> {
  /** Which list this is: the key of its column settings. */
  list: string;
  noun: { one: string; many: string };
  columns: readonly Column<Row>[];
  rowName: (row: Row) => string;
  queryKey: readonly unknown[];
  /** Reads one page, newest rows first; the cursor is the one before's, null for the first page. */
  fetchPage: (cursor: string | null, signal: AbortSignal) => Promise<ReadOnlyPage<Row>>;
  /** The row whose details are open. */
  openId: string | null;
  onOpen: (row: Row) => void;
  /** What is drawn when there are no rows. */
  empty: ReactNode;
}

const newestFirst: Sort = { by: "created_at", direction: "desc" };
const nothing = () => {};

/** Rows that can be looked through and opened but not searched, selected or changed. */
export function ReadOnlyList<Row extends ListRow & CustomRow>(props: ReadOnlyListProps<Row>) {
  const { list, noun, fetchPage } = props;
  const query = useInfiniteQuery({
    queryKey: props.queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: null as string | null, // widened: later pages have a text
    getNextPageParam: (last) => last.next_cursor,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0, // what is read now may be edited before it is read here again
  });
  const { data, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = query;
  const rows = useLoadedRows(data?.pages);
  // The server sorts by nothing else.
  const unsorted = useMemo(() => props.columns.map(({ sort: _, ...column }) => column), [props.columns]);
  const columns = useCustomColumns(list, unsorted, rows);
  const total = data?.pages[0]?.total ?? null;
  const loadMore = () => {
    if (!isFetching && !isFetchNextPageError) void fetchNextPage();
  };
  return (
    <section aria-label={noun.many} className="flex min-h-0 flex-1 flex-col">
      <div className="flex items-center gap-2 border-b px-4 py-2.5 sm:px-6">
        <p className="text-muted-foreground text-sm">Newest first</p>
        <div className="ml-auto">
          <ColumnsMenu list={list} columns={columns} />
        </div>
      </div>
      <div className="relative flex min-h-60 flex-1 flex-col">
        {data === undefined && query.error !== null ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} retrying={isFetching} />
        ) : total === 0 ? (
          props.empty
        ) : (
          <DataTable
            list={list}
            label={noun.many}
            columns={columns}
            rowName={props.rowName}
            rows={rows}
            reach={scrollRowCount({ end: rows.length, hasMore: hasNextPage, total, canJump: false })}
            pending={query.isPending}
            total={total}
            hasMore={hasNextPage}
            onLoadMore={loadMore}
            outdated={false}
            sort={newestFirst}
            onSortChange={nothing}
            selection={NOTHING_SELECTED}
            openId={props.openId}
            onOpen={props.onOpen}
            onVisibleChange={nothing}
            scrollKey={list}
          />
        )}
      </div>
      <footer className="flex h-9 shrink-0 items-center gap-3 border-t px-4 text-muted-foreground text-xs sm:px-6">
        <span role="status">{total === null ? "Loading…" : formatCount(total, noun.one, noun.many)}</span>
        {hasNextPage && <span>{formatNumber(rows.length)} loaded</span>}
        {isFetchNextPageError && (
          <span role="alert" className="flex items-center gap-1 text-destructive-text">
            More could not be loaded.
            <Button variant="link" size="sm" className="px-0 text-xs" onClick={() => void fetchNextPage()}>
              Try again
            </Button>
          </span>
        )}
      </footer>
    </section>
  );
}
