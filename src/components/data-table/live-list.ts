import { FIRST_PAGE_SIZE, type ListTotal } from "@contracts";
import { hashKey, type QueryClient, type QueryKey } from "@tanstack/react-query";
import type { Change } from "@/lib/changes";
import { type ListSource, totalOf } from "./list-query";
import { paced } from "./pace";
import {
  dropFromPages,
  flattenPages,
  type ListPages,
  type ListRow,
  loadedFrom,
  onlyFirstPage,
  patchPages,
} from "./pages";
import { createRowRefresher } from "./row-refresher";

/** How often, in ms, the server is asked at most how long the list is now. */
const COUNT_INTERVAL_MS = 2_000;

export interface LiveSource<Row extends ListRow> {
  /** The table whose changes concern the list. */
  table: string;
  /** The start of the query keys of all lists of these rows, whatever their filter and sort. */
  listsKey: QueryKey;
  /** Reads rows by id, at most 100. */
  fetchRows: (ids: string[]) => Promise<Row[]>;
  /** Tables whose rows are shown with these ones: a change there makes the rows that belong to it stale. */
  parents: {
    table: string;
    idOf: (row: Row) => string;
    /** Changes there also tell of added and deleted rows. */
    counts?: boolean;
  }[];
}

/** The list on screen: one filter, one sort. */
export interface LiveView<Row extends ListRow> {
  list: ListSource<Row>;
  /** The list has a filter, so that an update can also bring a row into it. */
  filtered: boolean;
  /** The list is in the order of adding, so that a new row comes after all others. */
  appends: boolean;
}

interface LiveListOptions<Row extends ListRow> extends LiveSource<Row> {
  client: QueryClient;
  view: () => LiveView<Row>;
  /** Told how many rows the server has beyond the ones the list knows of. */
  onNewRows: (count: number) => void;
  /** Told whether the last attempt to follow the server failed. */
  onBehind: (behind: boolean) => void;
}

export interface LiveList {
  changed: (changes: readonly Change[]) => void;
  /** Events may have been missed: everything loaded is checked, what is on screen first. */
  missed: () => void;
  /** Another list, or another part of it, is on screen. */
  show: (visibleIds: readonly string[]) => void;
  dispose: () => void;
}

/**
 * Keeps cached list pages in step with the server without reloading them: changed rows are read by id when they are
 * on screen and put in place, deleted rows go, and added rows are counted for a banner instead of moving the list.
 */
export function createLiveList<Row extends ListRow>(options: LiveListOptions<Row>): LiveList {
  const { client, table, listsKey, parents, view, onNewRows, onBehind } = options;
  let visible: readonly string[] = [];

  const cached = () => client.getQueryData<ListPages<Row>>(view().list.queryKey);
  const loadedRows = () => flattenPages(cached()?.pages ?? []);
  const loadedIds = () => loadedRows().map((row) => row.id);
  const edit = (change: (data: ListPages<Row>) => ListPages<Row>) =>
    client.setQueriesData<ListPages<Row>>({ queryKey: listsKey }, (data) => data && change(data));

  const refresher = createRowRefresher<Row>({
    fetchRows: options.fetchRows,
    visibleIds: () => visible,
    apply(fresh, gone) {
      onBehind(false);
      edit((data) => dropFromPages(patchPages(data, fresh), new Set(gone)));
    },
    onError: () => onBehind(true),
  });

  const count = paced(async () => {
    const data = cached();
    const { list } = view();
    if (data === undefined) return;
    try {
      const page = isShort(data) ? await readFirst(list) : null;
      const { total, total_is_capped } =
        (page && totalOf(page)) ?? (await list.fetchTotal(new AbortController().signal));
      onBehind(false);
      // Another list is on screen by now; it has asked for its own count.
      if (hashKey(view().list.queryKey) !== hashKey(list.queryKey)) return;
      const shown = client.getQueryData<ListTotal>(list.totalKey)?.total ?? 0;
      // New rows below what is loaded are met by scrolling; no banner has to lead to them.
      const below = view().appends && data.pages.at(-1)?.next_cursor !== null;
      if (page) client.setQueryData<ListPages<Row>>(list.queryKey, onlyFirstPage(page));
      onNewRows(page || below ? 0 : Math.max(0, total - shown));
      if (page || below || total < shown)
        client.setQueryData<ListTotal>(list.totalKey, { total, total_is_capped });
    } catch {
      onBehind(true);
    }
  }, COUNT_INTERVAL_MS);

  return {
    changed(changes) {
      for (const { table: changed, operation, ids } of changes) {
        for (const parent of parents.filter((candidate) => candidate.table === changed)) {
          if (parent.counts) count.request();
          if (operation !== "update") continue;
          const concerned = loadedRows().filter((row) => ids === null || ids.includes(parent.idOf(row)));
          refresher.markStale(concerned.map((row) => row.id));
        }
        if (changed !== table) continue;
        if (operation !== "update" || view().filtered) count.request();
        if (operation === "insert") continue;
        if (operation === "delete" && ids !== null) edit((data) => dropFromPages(data, new Set(ids)));
        else refresher.markStale(ids ?? loadedIds());
      }
    },
    missed() {
      refresher.markStale(loadedIds());
      count.request();
    },
    show(visibleIds) {
      visible = visibleIds;
      refresher.visibleChanged();
    },
    dispose() {
      refresher.dispose();
      count.dispose();
    },
  };
}

/** Reads the list's first page. */
export function readFirst<Row extends ListRow>({ fetchPage }: ListSource<Row>) {
  return fetchPage(null, FIRST_PAGE_SIZE, new AbortController().signal);
}

/** A list that fits in one page is simply read again: nothing can jump far. */
function isShort({ pages }: ListPages<ListRow>): boolean {
  const [page] = pages;
  return (
    pages.length === 1 && page !== undefined && page.rows.length < FIRST_PAGE_SIZE && loadedFrom(pages) === 0
  );
}
