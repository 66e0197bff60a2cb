import { paced } from "./pace";
import type { ListRow } from "./pages";

/** Shortest time between two requests for changed rows, and most rows in one request: their ids must fit in a URL. */
const INTERVAL_MS = 300;
export const MAX_IDS = 100;

interface RowRefresherOptions<Row extends ListRow> {
  /** Reads rows by id, at most MAX_IDS; rows that are gone are missing from the answer. */
  fetchRows: (ids: string[]) => Promise<Row[]>;
  /** Ids of the rows on screen right now. */
  visibleIds: () => readonly string[];
  /** Shows what was read: fresh rows, and the ids asked for that no longer exist. */
  apply: (fresh: Row[], gone: string[]) => void;
  onError: (error: unknown) => void;
  interval?: number;
}

export interface RowRefresher {
  /**
   * These rows changed on the server. They are read again once they are on screen, not before. `atOnce`: the server is there again,
   * what failed need not wait.
   */
  markStale: (ids: Iterable<string>, atOnce?: boolean) => void;
  /** The rows on screen changed: some of them may be stale. */
  visibleChanged: () => void;
  dispose: () => void;
}

/**
 * Keeps the rows on screen fresh without reloading the list: changed rows are remembered by id, and those on
 * screen are read by id, many at once. A burst of changes costs one request per interval. Rows that could not be
 * read stay stale and are tried again, after pauses that grow.
 */
export function createRowRefresher<Row extends ListRow>(options: RowRefresherOptions<Row>): RowRefresher {
  const stale = new Set<string>();
  const due = () => options.visibleIds().filter((id) => stale.has(id));

  const refresh = paced(async () => {
    const ids = due().slice(0, MAX_IDS);
    if (ids.length === 0) return true;
    // Taken off first: a change that arrives while the request is out marks the row stale again.
    for (const id of ids) stale.delete(id);
    try {
      const fresh = await options.fetchRows(ids);
      const found = new Set(fresh.map((row) => row.id));
      options.apply(
        fresh,
        ids.filter((id) => !found.has(id)),
      );
      if (due().length > 0) refresh.request();
      return true;
    } catch (error) {
      for (const id of ids) stale.add(id);
      options.onError(error);
      return false;
    }
  }, options.interval ?? INTERVAL_MS);

  return {
    markStale(ids, atOnce) {
      for (const id of ids) stale.add(id);
      if (due().length > 0) refresh.request(atOnce);
    },
    visibleChanged() {
      if (due().length > 0) refresh.request();
    },
    dispose: refresh.dispose,
  };
}
