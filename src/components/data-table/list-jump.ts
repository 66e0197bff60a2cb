import { NEXT_PAGE_SIZE } from "@contracts";
import type { QueryClient } from "@tanstack/react-query";
import { readInto } from "./list-edits";
import { type ListSource, listTotalOptions } from "./list-query";
import type { ListPages, ListRow, LoadedPage, PagePlace } from "./pages";

/**
 * Puts the page that begins with a row, by its index, in the place of all loaded pages; those around it are read from there. A
 * list that has become shorter than the row shows its end.
 */
export async function jumpTo<Row extends ListRow>(
  client: QueryClient,
  source: ListSource<Row>,
  row: number,
  signal: AbortSignal,
): Promise<void> {
  const { queryKey } = source;
  // A page that is under way belongs to the pages that go.
  await client.cancelQueries({ queryKey, exact: true });
  const read = async () => {
    let [page, place] = await pageAt(source, row, signal);
    if (page.rows.length === 0 && row > 0) {
      const { total } = await client.fetchQuery({ ...listTotalOptions(source), staleTime: 0 });
      [page, place] = await pageAt(source, Math.max(0, Math.min(row, total) - NEXT_PAGE_SIZE), signal);
    }
    signal.throwIfAborted();
    return { pages: [page], pageParams: [place] };
  };
  await readInto<Row, ListPages<Row>>(client, queryKey, read, (_replaced, there) => there);
}

async function pageAt<Row extends ListRow>(
  { fetchPlace, fetchPage }: ListSource<Row>,
  row: number,
  signal: AbortSignal,
): Promise<[LoadedPage<Row>, PagePlace]> {
  const cursor = row === 0 || fetchPlace === undefined ? null : await fetchPlace(row, signal);
  const start = cursor === null ? 0 : row;
  return [
    { ...(await fetchPage(cursor, NEXT_PAGE_SIZE, signal)), start },
    { cursor, start },
  ];
}
