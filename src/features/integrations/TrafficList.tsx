import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { ErrorAlert } from "@/components/ui/error-alert";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";

interface TrafficListProps<Row> {
  query: UseInfiniteQueryResult<InfiniteData<{ rows: Row[] }>>;
  /** What is said when there is nothing. */
  empty: string;
  onOpen: (id: number) => void;
  /** What a row says; it is inside a button. */
  children: (row: Row) => ReactNode;
}

/** Rows newest first, each of which opens; older ones come by a button. */
export function TrafficList<Row extends { id: number }>(props: TrafficListProps<Row>) {
  const { query, empty, onOpen, children } = props;
  if (query.isPending) {
    return (
      <div className="flex flex-col gap-3 p-4" aria-busy>
        <Skeleton className="h-9" />
        <Skeleton className="h-9" />
        <Skeleton className="h-9" />
      </div>
    );
  }
  if (query.data === undefined) {
    return (
      <ErrorState
        error={query.error}
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
        className="py-8"
      />
    );
  }
  const rows = query.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0)
    return <p className="px-4 py-10 text-center text-muted-foreground text-sm">{empty}</p>;
  return (
    <>
      <ul aria-labelledby="traffic" className="divide-y">
        {rows.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              onClick={() => onOpen(row.id)}
              className="flex w-full items-start gap-3 px-4 py-2.5 text-left text-sm hover:bg-muted"
            >
              {children(row)}
            </button>
          </li>
        ))}
      </ul>
      {query.isError && (
        <div className="border-t p-3">
          <ErrorAlert error={query.error} />
        </div>
      )}
      {query.hasNextPage && (
        <div className="flex justify-center border-t p-3">
          <Button pending={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show older
          </Button>
        </div>
      )}
    </>
  );
}
