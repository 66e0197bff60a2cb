import { partialMatchKey, type QueryClient, type QueryKey } from "@tanstack/react-query";
import { type Change, mergeChanges } from "@/lib/changes";
import { createListCount } from "./list-count";
import { editLists, isReading } from "./list-edits";
import type { ListSource } from "./list-query";
import { dropFromPages, flattenPages, type ListPages, type ListRow, patchPages } from "./pages";
import { createRowRefresher } from "./row-refresher";

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
 * on screen and put in place, deleted rows go, and added rows are counted for a banner instead of moving the list. Lists that are
 * cached but not on screen are kept in step alike.
 */
export function createLiveList<Row extends ListRow>(options: LiveListOptions<Row>): LiveList {
  const { client, table, parents, onBehind } = options;
  const lists = { queryKey: options.listsKey };
  let visible: readonly string[] = [];
  /** What changed while pages were under way: they may have been read before. */
  let heard: Change[] = [];

  const loadedRows = () =>
    flattenPages(
      client
        .getQueriesData<ListPages<Row>>(lists)
        .flatMap(([, data]) => (data === undefined ? [] : data.pages)),
    );

  const refresher = createRowRefresher<Row>({
    fetchRows: options.fetchRows,
    visibleIds: () => visible,
    apply(fresh, gone) {
      onBehind(false);
      const without = new Set(gone);
      editLists<Row>(client, lists, (data) => dropFromPages(patchPages(data, fresh), without));
    },
    onError: () => onBehind(true),
  });
  const count = createListCount<Row>(options);

  /** The loaded rows that a change makes stale. */
  const concerned = ({ table: changed, operation, ids }: Change, rows: readonly Row[]) => {
    const among = ids && new Set(ids);
    const idsOf = [
      ...(changed === table && operation !== "insert" ? [(row: Row) => row.id] : []),
      ...(operation === "update" ? parents.filter((parent) => parent.table === changed) : []).map(
        (p) => p.idOf,
      ),
    ];
    return idsOf.flatMap((idOf) => rows.filter((row) => among?.has(idOf(row)) ?? true));
  };
  const markStale = (changes: readonly Change[], atOnce = false) => {
    const rows = loadedRows();
    const stale = changes.flatMap((change) => concerned(change, rows));
    refresher.markStale(
      stale.map(({ id }) => id),
      atOnce,
    );
    if (isReading(client, lists)) heard = mergeChanges([...heard, ...changes]);
  };

  const unsubscribe = client.getQueryCache().subscribe((event) => {
    if (event.type !== "updated" || event.action.type !== "success") return;
    if (!partialMatchKey(event.query.queryKey, options.listsKey)) return;
    count.loaded();
    if (heard.length === 0 || isReading(client, lists)) return;
    const changes = heard;
    heard = [];
    markStale(changes);
  });

  return {
    changed(changes) {
      for (const { table: changed, operation, ids } of changes) {
        if (parents.some((parent) => parent.counts && parent.table === changed)) count.request();
        if (changed !== table) continue;
        if (operation !== "update" || options.view().filtered) count.request();
        if (operation === "delete" && ids !== null) {
          const gone = new Set(ids);
          editLists<Row>(client, lists, (data) => dropFromPages(data, gone));
        }
      }
      markStale(changes);
    },
    missed() {
      markStale([{ table, operation: "update", ids: null }], true);
      count.request(true);
    },
    show(visibleIds) {
      visible = visibleIds;
      refresher.visibleChanged();
    },
    dispose() {
      unsubscribe();
      refresher.dispose();
      count.dispose();
    },
  };
}
