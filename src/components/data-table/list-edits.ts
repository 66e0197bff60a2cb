import type { Query, QueryClient, QueryFilters, QueryKey } from "@tanstack/react-query";
import type { ListPages, ListRow, LoadedPage } from "./pages";

/**
 * Edits of cached lists. React Query puts a page that arrives behind the pages that there were when it was asked for: what has been
 * written since would be lost. So every edit is noted while a list is being read, and done again when the answer is in place.
 */
type ListEdit<Row extends ListRow> = (data: ListPages<Row>) => ListPages<Row>;

/** One read of a list that is under way, with the edits since it began, oldest first. */
interface Reading {
  edits: ListEdit<ListRow>[];
  /** Of the fetch it is part of; null for a read of one's own. */
  signal: AbortSignal | null;
}

const underWay = new WeakMap<Query, Set<Reading>>();
const arrived = new WeakMap<LoadedPage<ListRow>, () => ListEdit<ListRow>>();

/** Changes all cached lists of some query keys. Doing an edit twice must be the same as doing it once. */
export function editLists<Row extends ListRow>(
  client: QueryClient,
  lists: QueryFilters,
  edit: ListEdit<Row>,
): void {
  for (const query of client.getQueryCache().findAll(lists)) {
    // All lists of a key are of the same rows.
    for (const { edits } of underWay.get(query) ?? []) edits.push(edit as unknown as ListEdit<ListRow>);
    client.setQueryData<ListPages<Row>>(query.queryKey, (data) => {
      const edited = data && edit(data);
      return edited === data ? undefined : edited;
    });
  }
}

/** Whether a page of one of the lists is under way. */
export function isReading(client: QueryClient, lists: QueryFilters): boolean {
  return client
    .getQueryCache()
    .findAll(lists)
    .some((query) => (underWay.get(query)?.size ?? 0) > 0);
}

/** Begins to note the edits of a list; `end` stops that and gives them as one. */
function begin(client: QueryClient, queryKey: QueryKey, signal: AbortSignal | null) {
  const query = client.getQueryCache().find({ queryKey, exact: true });
  const reading: Reading = { edits: [], signal };
  const readings = query && (underWay.get(query) ?? new Set());
  if (query && readings) underWay.set(query, readings.add(reading));
  return {
    end(): ListEdit<ListRow> {
      readings?.delete(reading);
      return (data) => reading.edits.reduce((edited, edit) => edit(edited), data);
    },
    /** The fetch has failed or ended: pages of it that have arrived are not coming. */
    giveUp() {
      for (const other of readings ?? []) if (other.signal === signal) readings?.delete(other);
    },
  };
}

/** Reads a page for a query function; its `structuralSharing` must be `settlePages`. */
export async function readPage<Row extends ListRow>(
  client: QueryClient,
  queryKey: QueryKey,
  signal: AbortSignal,
  read: () => Promise<LoadedPage<Row>>,
): Promise<LoadedPage<Row>> {
  const { end, giveUp } = begin(client, queryKey, signal);
  signal.addEventListener("abort", giveUp, { once: true });
  try {
    const page = await read();
    arrived.set(page, end);
    return page;
  } catch (error) {
    giveUp();
    throw error;
  }
}

/** What is cached when a query has got its pages: they, with the edits since these were asked for. */
export function settlePages(_before: unknown, data: unknown): unknown {
  // What `listPagesOptions` caches.
  let settled = data as ListPages<ListRow>;
  for (const page of settled.pages) {
    const edits = arrived.get(page);
    if (edits === undefined) continue;
    arrived.delete(page);
    settled = edits()(settled);
  }
  return settled;
}

/** Reads something and puts it into a list, together with the edits that are made meanwhile. */
export async function readInto<Row extends ListRow, Read>(
  client: QueryClient,
  queryKey: QueryKey,
  read: () => Promise<Read>,
  put: (data: ListPages<Row>, read: Read) => ListPages<Row>,
): Promise<Read> {
  const { end } = begin(client, queryKey, null);
  try {
    const answer = await read();
    const edits = end();
    // As in `editLists`.
    const again = edits as unknown as ListEdit<Row>;
    editLists<Row>(client, { queryKey, exact: true }, (data) => again(put(data, answer)));
    return answer;
  } finally {
    end();
  }
}
