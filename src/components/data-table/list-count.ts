import { FIRST_PAGE_SIZE, type ListTotal, NEXT_PAGE_SIZE } from "@contracts";
import { hashKey, type QueryClient } from "@tanstack/react-query";
import { readInto } from "./list-edits";
import { type ListSource, totalOf } from "./list-query";
import type { LiveView } from "./live-list";
import { type Paced, paced } from "./pace";
import { type ListPage, type ListPages, type ListRow, loadedFrom, replacePage } from "./pages";

/** How often, in ms, the server is asked at most how long the list is now. */
const COUNT_INTERVAL_MS = 2_000;

interface ListCountOptions<Row extends ListRow> {
  client: QueryClient;
  view: () => LiveView<Row>;
  /** Told how many rows the server has beyond the ones the list knows of. */
  onNewRows: (count: number) => void;
  /** Told whether the last attempt to follow the server failed. */
  onBehind: (behind: boolean) => void;
}

interface ListCount extends Paced {
  /** A list has got rows: one that could not be counted without them is counted now. */
  loaded: () => void;
}

/** Counts the list on screen when rows may have been added or have gone; what is new is offered, or shown where nothing jumps. */
export function createListCount<Row extends ListRow>(options: ListCountOptions<Row>): ListCount {
  const { client, view, onNewRows, onBehind } = options;
  let waiting = false;

  const cached = () => client.getQueryData<ListPages<Row>>(view().list.queryKey);
  const count = paced(async () => {
    const data = cached();
    const { list, appends } = view();
    if (data === undefined) {
      waiting = true;
      return true;
    }
    try {
      // New rows of a list that appends are below all others: they are met by scrolling.
      const page = isShort(data) || (appends && isAtEnd(data)) ? await rereadLast(client, list, data) : null;
      const now = (page && totalOf(page)) ?? (await list.fetchTotal(new AbortController().signal));
      onBehind(false);
      // Another list is on screen by now; it has asked for its own count.
      if (hashKey(view().list.queryKey) !== hashKey(list.queryKey)) return true;
      const shown = client.getQueryData<ListTotal>(list.totalKey)?.total;
      const settled = page !== null || appends || shown === undefined;
      onNewRows(settled ? 0 : Math.max(0, now.total - shown));
      if (settled || now.total < shown) client.setQueryData<ListTotal>(list.totalKey, now);
      return true;
    } catch {
      onBehind(true);
      return false;
    }
  }, COUNT_INTERVAL_MS);

  return {
    ...count,
    loaded() {
      if (!waiting || cached() === undefined) return;
      waiting = false;
      count.request();
    },
  };
}

/** Reads the last loaded page again, where nothing follows: with what has been added to it, and the way to what follows now. */
function rereadLast<Row extends ListRow>(
  client: QueryClient,
  { queryKey, fetchPage }: ListSource<Row>,
  { pages, pageParams }: ListPages<Row>,
): Promise<ListPage<Row>> {
  const place = pageParams.at(-1);
  const size = (pages.at(-1)?.rows.length ?? 0) < FIRST_PAGE_SIZE ? FIRST_PAGE_SIZE : NEXT_PAGE_SIZE;
  const read = () => fetchPage(place?.cursor ?? null, size, new AbortController().signal);
  return readInto<Row, ListPage<Row>>(client, queryKey, read, (data, page) => replacePage(data, place, page));
}

function isAtEnd({ pages }: ListPages<ListRow>): boolean {
  return pages.at(-1)?.next_cursor === null;
}

/** A whole list that fits in one page is simply read again: nothing can jump far. */
function isShort(data: ListPages<ListRow>): boolean {
  const [page] = data.pages;
  return (
    data.pages.length === 1 &&
    page !== undefined &&
    page.rows.length < FIRST_PAGE_SIZE &&
    isAtEnd(data) &&
    loadedFrom(data.pages) === 0
  );
}
