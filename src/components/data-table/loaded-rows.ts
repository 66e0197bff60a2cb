import { useMemo, useState } from "react";
import type { ListPage, ListRow } from "./pages";

/**
 * As `flattenPages`, for one list that is loaded page by page: pages that follow those of the call before are put behind its rows. Lists
 * without a way back (archived rows, best matches) keep all their pages, and looking at every row for each further page would take
 * ever longer.
 */
export function createFlattener<Row extends ListRow>(): (pages: readonly ListPage<Row>[]) => Row[] {
  let known: readonly ListPage<Row>[] = [];
  let rows: Row[] = [];
  let seen = new Set<string>();
  return (pages) => {
    const follow = known.length <= pages.length && known.every((page, at) => page === pages[at]);
    if (!follow) seen = new Set();
    const added: Row[] = [];
    for (const page of follow ? pages.slice(known.length) : pages) {
      for (const row of page.rows) {
        if (seen.has(row.id)) continue;
        seen.add(row.id);
        added.push(row);
      }
    }
    known = pages;
    rows = follow ? rows.concat(added) : added;
    return rows;
  };
}

/** All loaded rows in list order, each once, where it came first. */
export function useLoadedRows<Row extends ListRow>(pages: readonly ListPage<Row>[] | undefined): Row[] {
  const [flatten] = useState(createFlattener<Row>);
  return useMemo(() => flatten(pages ?? []), [flatten, pages]);
}
