import { FIRST_PAGE_SIZE, NEXT_PAGE_SIZE } from "@contracts";
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type { Direction, Sort } from "./column";
import { type ListQueryOptions, listQueryOptions } from "./list-query";
import type { LiveSource } from "./live-list";
import { flattenPages, type ListPage, type ListPages, type ListRow, patchRow } from "./pages";

/** The query keys of one table's records in campaigns. */
export function recordKeys<Filter>(table: string) {
  const campaign = (campaignId: string) => [table, campaignId] as const;
  const lists = (campaignId: string) => [...campaign(campaignId), "list"] as const;
  return {
    /** Everything cached of a campaign's records. */
    campaign,
    /** Every list of a campaign's records, whatever its filter and sort. */
    lists,
    list: (campaignId: string, filter: Filter, sort: Sort) => [...lists(campaignId), filter, sort] as const,
    rows: (campaignId: string, ids: readonly string[]) => [...campaign(campaignId), "rows", ids] as const,
    detail: (campaignId: string, id: string) => [...campaign(campaignId), "detail", id] as const,
  };
}

/** What the database's `list_…` functions take. */
interface ListArguments<Filter> {
  campaign_id: string;
  filter: Filter;
  sort: string;
  direction: Direction;
  page_size: number;
  /** Left out for the first page. */
  cursor?: string;
}

/** How one table's records are read. */
interface RecordSource<Row extends ListRow, Filter> {
  /** The table whose changes concern the lists. */
  table: string;
  keys: ReturnType<typeof recordKeys<Filter>>;
  /** Reads one page; the first one carries the total. */
  readPage: (request: ListArguments<Filter>, signal: AbortSignal) => Promise<ListPage<Row>>;
  /** Reads rows by id, at most 100; those that are gone are missing. */
  readRows: (campaignId: string, ids: string[], signal: AbortSignal) => Promise<Row[]>;
  /** A table whose rows are shown with these ones. */
  parent?: LiveSource<Row>["parent"];
}

/** One table's records in the lists of campaigns. */
export interface RecordList<Row extends ListRow, Filter> {
  keys: ReturnType<typeof recordKeys<Filter>>;
  /** The records that match, page by page. */
  listOptions: (campaignId: string, filter: Filter, sort: Sort) => ListQueryOptions<Row>;
  /** The first `size` records that match, with the total. */
  fetchFirst: (campaignId: string, filter: Filter, sort: Sort, size: number) => Promise<ListPage<Row>>;
  /** What the lists of a campaign follow: changed records are read by id. */
  liveSource: (client: QueryClient, campaignId: string) => LiveSource<Row>;
  /** The rows that any cached list of a campaign holds, each once. */
  cachedRows: (client: QueryClient, campaignId: string) => Row[];
  /** Writes changed fields of a record into every cached list of its campaign and into its panel. */
  patch: (client: QueryClient, campaignId: string, id: string, fields: Partial<Row>) => void;
}

/** The lists of one table's records. */
export function recordList<Row extends ListRow, Filter>(
  source: RecordSource<Row, Filter>,
): RecordList<Row, Filter> {
  const { table, keys, readPage, readRows, parent } = source;
  const request = (campaignId: string, filter: Filter, sort: Sort, size: number) => ({
    campaign_id: campaignId,
    filter,
    sort: sort.by,
    direction: sort.direction,
    page_size: size,
  });
  const rowsOptions = (campaignId: string, ids: string[]) =>
    queryOptions({
      queryKey: keys.rows(campaignId, ids),
      staleTime: 0,
      gcTime: 0,
      queryFn: ({ signal }) => readRows(campaignId, ids, signal),
    });
  return {
    keys,
    listOptions: (campaignId, filter, sort) =>
      listQueryOptions({
        queryKey: keys.list(campaignId, filter, sort),
        fetchPage: (cursor, signal) =>
          cursor === null
            ? readPage(request(campaignId, filter, sort, FIRST_PAGE_SIZE), signal)
            : readPage({ ...request(campaignId, filter, sort, NEXT_PAGE_SIZE), cursor }, signal),
      }),
    fetchFirst: (campaignId, filter, sort, size) =>
      readPage(request(campaignId, filter, sort, size), new AbortController().signal),
    liveSource: (client, campaignId) => ({
      table,
      listsKey: keys.lists(campaignId),
      fetchRows: (ids) => client.fetchQuery(rowsOptions(campaignId, ids)),
      ...(parent && { parent }),
    }),
    cachedRows(client, campaignId) {
      const lists = client.getQueriesData<ListPages<Row>>({ queryKey: keys.lists(campaignId) });
      return flattenPages(lists.flatMap(([, data]) => data?.pages ?? []));
    },
    patch(client, campaignId, id, fields) {
      client.setQueriesData<ListPages<Row>>(
        { queryKey: keys.lists(campaignId) },
        (data) => data && patchRow(data, id, fields),
      );
      client.setQueryData<Row>(keys.detail(campaignId, id), (record) => record && { ...record, ...fields });
    },
  };
}
