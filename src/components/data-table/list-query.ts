import { FIRST_PAGE_SIZE, type ListTotal, NEXT_PAGE_SIZE } from "@contracts";
import { infiniteQueryOptions, keepPreviousData, type QueryKey, queryOptions } from "@tanstack/react-query";
import { readPage, settlePages } from "./list-edits";
import { FIRST_PAGE, type ListPage, type ListRow, nextPlace, placeBefore } from "./pages";

/** Most pages that are kept: those furthest from the one read last are dropped, and read again when they are scrolled to. */
const MAX_PAGES = 15;

/** One list on the server: its scope, filter and sort. */
export interface ListSource<Row extends ListRow> {
  queryKey: QueryKey;
  totalKey: QueryKey;
  /** Reads the page at a cursor, null for the first one, which brings the total where that takes no time. */
  fetchPage: (cursor: string | null, size: number, signal: AbortSignal) => Promise<ListPage<Row>>;
  fetchTotal: (signal: AbortSignal) => Promise<ListTotal>;
  /** The cursor of the page that begins with a row, by its index; left out for lists that have no places. */
  fetchPlace?: (row: number, signal: AbortSignal) => Promise<string | null>;
}

/** What a page says of the list's length, if it does. */
export function totalOf({ total, total_is_capped }: ListPage<unknown>): ListTotal | undefined {
  return typeof total === "number" ? { total, total_is_capped: total_is_capped ?? false } : undefined;
}

/**
 * The pages of a keyset list. It is never refetched as a whole by itself: realtime says which rows changed, and those
 * are read by id (`useLiveList`).
 */
export function listPagesOptions<Row extends ListRow>(source: ListSource<Row>) {
  const { queryKey, totalKey, fetchPage, fetchPlace } = source;
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam: place, signal, client }) =>
      readPage(client, queryKey, signal, async () => {
        const size = place.cursor === null ? FIRST_PAGE_SIZE : NEXT_PAGE_SIZE;
        const page = await fetchPage(place.cursor, size, signal);
        const total = totalOf(page);
        if (total !== undefined) client.setQueryData<ListTotal>(totalKey, total);
        return { ...page, start: "end" in place ? place.end - page.rows.length : place.start };
      }),
    structuralSharing: settlePages,
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (_last, pages) => nextPlace(pages),
    getPreviousPageParam: (_first, pages) => placeBefore(pages),
    // Without places there is no way back to dropped pages but from the top.
    ...(fetchPlace && { maxPages: MAX_PAGES }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** Reads the list's first page. */
export function readFirst<Row extends ListRow>({ fetchPage }: ListSource<Row>): Promise<ListPage<Row>> {
  return fetchPage(null, FIRST_PAGE_SIZE, new AbortController().signal);
}

/** How many rows the list has: what its first page said, else counted on its own, so that no page waits for it. */
export function listTotalOptions({
  totalKey,
  fetchTotal,
}: Pick<ListSource<ListRow>, "totalKey" | "fetchTotal">) {
  return queryOptions({
    queryKey: totalKey,
    queryFn: ({ signal }) => fetchTotal(signal),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}
