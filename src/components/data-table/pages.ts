/** Anything a list shows: rows are told apart by `id`. */
export interface ListRow {
  id: string;
}

/** One keyset page as the server sends it. Only the first page may carry a total. */
export interface ListPage<Row> {
  rows: Row[];
  next_cursor: string | null;
  prev_cursor?: string | null | undefined;
  total?: number | null | undefined;
  total_is_capped?: boolean | null | undefined;
}

/** A page and the index in the list, from 0, of its first row. */
export interface LoadedPage<Row> extends ListPage<Row> {
  start: number;
}

/** Where a page is: behind its cursor (null: at the top), and the index of its first row, or of the first row after it. */
export type PagePlace = { cursor: string | null; start: number } | { cursor: string; end: number };

export const FIRST_PAGE: PagePlace = { cursor: null, start: 0 };

/**
 * The pages that are loaded, in the form react-query caches them: some that follow each other, from anywhere in the list.
 */
export interface ListPages<Row> {
  pages: LoadedPage<Row>[];
  pageParams: PagePlace[];
}

/** A list of one page that begins at the top. */
export function onlyFirstPage<Row>(page: ListPage<Row>): ListPages<Row> {
  return { pages: [{ ...page, start: 0 }], pageParams: [FIRST_PAGE] };
}

/**
 * The index of the first loaded row. Indexes are estimates while others insert and delete above; what is certain is that nothing
 * is before a page without `prev_cursor`, and something before a page with one.
 */
export function loadedFrom(pages: readonly LoadedPage<unknown>[]): number {
  const [first] = pages;
  if (first === undefined || typeof first.prev_cursor !== "string") return 0;
  return Math.max(1, first.start);
}

/** The place of the page after the loaded ones, null at the end of the list. */
export function nextPlace(pages: readonly LoadedPage<unknown>[]): PagePlace | null {
  const cursor = pages.at(-1)?.next_cursor ?? null;
  if (cursor === null) return null;
  const loaded = pages.reduce((count, page) => count + page.rows.length, 0);
  return { cursor, start: loadedFrom(pages) + loaded };
}

/** The place of the page before the loaded ones, null at the top of the list. */
export function placeBefore(pages: readonly LoadedPage<unknown>[]): PagePlace | null {
  const cursor = pages[0]?.prev_cursor ?? null;
  return cursor === null ? null : { cursor, end: loadedFrom(pages) };
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

/** Puts a page in the place of the one that was loaded from there; nothing changes where that is no longer loaded. */
export function replacePage<Row extends ListRow>(
  data: ListPages<Row>,
  place: PagePlace | undefined,
  page: ListPage<Row>,
): ListPages<Row> {
  const at = place === undefined ? -1 : data.pageParams.indexOf(place);
  const pages = data.pages.map((loaded, i) => (i === at ? { ...page, start: loaded.start } : loaded));
  return at === -1 ? data : { ...data, pages };
}

/** Writes changed fields into the cached row with the id, where there is one. */
export function patchRow<Row extends ListRow>(
  data: ListPages<Row>,
  id: string,
  fields: Partial<Row>,
): ListPages<Row> {
  const [row] = data.pages.flatMap(({ rows }) => rows.find((candidate) => candidate.id === id) ?? []);
  return row === undefined ? data : patchPages(data, [{ ...row, ...fields }]);
}

/** Takes rows out of the cached pages; those below move up. The total is the server's to say. Pages without a change keep their identity. */
export function dropFromPages<Row extends ListRow>(
  data: ListPages<Row>,
  ids: ReadonlySet<string>,
): ListPages<Row> {
  let dropped = 0;
  const pages = data.pages.map((page) => {
    const rows = page.rows.filter((row) => !ids.has(row.id));
    const moved = dropped;
    dropped += page.rows.length - rows.length;
    if (rows.length === page.rows.length && moved === 0) return page;
    return { ...page, rows, start: page.start - moved };
  });
  return dropped > 0 ? { ...data, pages } : data;
}

/** How far beyond the loaded rows the scrollbar reaches in a list without places to jump to: what is on the way is loaded. */
const REACH = 1_000;

interface Reach {
  /** Index of the row after the last loaded one. */
  end: number;
  hasMore: boolean;
  /** Rows in the list, or at least so many; null when not known. */
  total: number | null;
  /** Any row can be gone to at once. */
  canJump: boolean;
}

/** How many rows the scrollbar stands for; never less than what is loaded. */
export function scrollRowCount({ end, hasMore, total, canJump }: Reach): number {
  if (!hasMore) return end;
  if (total === null) return end + 1;
  return Math.max(end + 1, canJump ? total : Math.min(total, end + REACH));
}
