/** Anything a list shows: rows are told apart by `id`. */
export interface ListRow {
  id: string;
}

/** One keyset page as the server sends it. Only the first page carries a total. */
export interface ListPage<Row> {
  rows: Row[];
  next_cursor: string | null;
  total?: number | null | undefined;
  total_is_capped?: boolean | null | undefined;
}

/** The pages loaded so far, in the form react-query caches them. */
export interface ListPages<Row> {
  pages: ListPage<Row>[];
  pageParams: (string | null)[];
}

/**
 * All loaded rows in list order. A row that moved between two requests (its sort value changed) can be in two
 * pages; it is shown once, where it came first.
 */
export function flattenPages<Row extends ListRow>(pages: readonly ListPage<Row>[]): Row[] {
  const seen = new Set<string>();
  const rows: Row[] = [];
  for (const page of pages) {
    for (const row of page.rows) {
      if (seen.has(row.id)) continue;
      seen.add(row.id);
      rows.push(row);
    }
  }
  return rows;
}

/**
 * Puts refetched rows in the place of the cached rows with the same id. Rows that are not cached are left out:
 * where they belong in the order is the server's to say. Pages without a change keep their identity.
 */
export function patchPages<Row extends ListRow>(data: ListPages<Row>, fresh: readonly Row[]): ListPages<Row> {
  if (fresh.length === 0) return data;
  const byId = new Map(fresh.map((row) => [row.id, row]));
  let changed = false;
  const pages = data.pages.map((page) => {
    if (!page.rows.some((row) => byId.has(row.id))) return page;
    changed = true;
    return { ...page, rows: page.rows.map((row) => byId.get(row.id) ?? row) };
  });
  return changed ? { ...data, pages } : data;
}

/** Writes changed fields into the cached row with the id, where there is one. */
export function patchRow<Row extends ListRow>(
  data: ListPages<Row>,
  id: string,
  fields: Partial<Row>,
): ListPages<Row> {
  const row = flattenPages(data.pages).find((candidate) => candidate.id === id);
  return row === undefined ? data : patchPages(data, [{ ...row, ...fields }]);
}

/** Takes rows out of the cached pages. The total is the server's to say. Pages without a change keep their identity. */
export function dropFromPages<Row extends ListRow>(
  data: ListPages<Row>,
  ids: ReadonlySet<string>,
): ListPages<Row> {
  let changed = false;
  const pages = data.pages.map((page) => {
    const rows = page.rows.filter((row) => !ids.has(row.id));
    if (rows.length === page.rows.length) return page;
    changed = true;
    return { ...page, rows };
  });
  return changed ? { ...data, pages } : data;
}

/** Puts the total of a page that was read later in the place of the first page's. */
export function withTotal<Row extends ListRow>(
  data: ListPages<Row>,
  { total, total_is_capped }: ListPage<Row>,
): ListPages<Row> {
  const pages = data.pages.map((page, index) => (index === 0 ? { ...page, total, total_is_capped } : page));
  return { ...data, pages };
}

/** How far beyond the loaded rows the scrollbar reaches: dragging it loads every page on the way there. */
export const REACH = 10_000;

/**
 * How many rows the scrollbar stands for: the server's total where it is known, but never so far beyond the
 * loaded rows that getting there would take hundreds of requests. Never less than what is loaded.
 */
export function scrollRowCount(loaded: number, total: number | null, hasMore: boolean): number {
  if (!hasMore) return loaded;
  const beyond = total === null ? 1 : Math.max(1, Math.min(total - loaded, REACH));
  return loaded + beyond;
}
