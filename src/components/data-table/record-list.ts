import type { ListTotal } from "@contracts";
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type { Direction, Sort } from "./column";
import { editLists } from "./list-edits";
import type { ListSource } from "./list-query";
import type { LiveSource } from "./live-list";
import { flattenPages, type ListPage, type ListPages, type ListRow, patchRow } from "./pages";
import { type SettledRows, settledBy } from "./settled";

/** Whose rows a list holds: those of one campaign, or of all campaigns of a workspace that are not archived. */
export type ListScope = { campaign_id: string } | { workspace_id: string };

/** The id of the campaign or workspace; query keys know a scope by it. */
export function scopeId(scope: ListScope): string {
  return "campaign_id" in scope ? scope.campaign_id : scope.workspace_id;
}

/** The query keys of one table's records, in the lists of campaigns and workspaces and on their own. */
export function recordKeys<Filter>(table: string) {
  const campaign = (id: string) => [table, id] as const;
  const lists = (id: string) => [...campaign(id), "list"] as const;
  return {
    all: [table] as const,
    /** Everything cached of a campaign's (or workspace's) records. */
    campaign,
    /** Every list of a campaign's (or workspace's) records, whatever its filter and sort. */
    lists,
    list: (id: string, filter: Filter, sort: Sort) => [...lists(id), filter, sort] as const,
    total: (id: string, filter: Filter, sort: Sort) => [...campaign(id), "total", filter, sort] as const,
    rows: (id: string, ids: readonly string[]) => [...campaign(id), "rows", ids] as const,
    detail: (campaignId: string, id: string) => [...campaign(campaignId), "detail", id] as const,
    /** The best matches of a search in a workspace. */
    found: (workspaceId: string, q: string, limit: number) =>
      [...campaign(workspaceId), "found", q, limit] as const,
  };
}

/** What says which rows a list has, in which order. */
export type ListRequest<Filter> = ListScope & { filter: Filter; sort: string; direction: Direction };

/** What the database's `list_…` functions take. */
type PageRequest<Filter> = ListRequest<Filter> & {
  page_size: number;
  /** `false`: the page does not wait for it. */
  with_total: boolean;
  /** Left out for the first page. */
  cursor?: string;
};

/** How one table's records are read. */
interface RecordSource<Row extends ListRow, Filter> {
  /** The table whose changes concern the lists. */
  table: string;
  keys: ReturnType<typeof recordKeys<Filter>>;
  readPage: (request: PageRequest<Filter>, signal: AbortSignal) => Promise<ListPage<Row>>;
  readTotal: (scope: ListScope, filter: Filter, signal: AbortSignal) => Promise<ListTotal>;
  /** The cursor of the page that begins with a row, by its index. */
  readPlace: (request: ListRequest<Filter>, row: number, signal: AbortSignal) => Promise<string | null>;
  /** Reads rows by id, at most 100; those that are gone are missing. */
  readRows: (scope: ListScope, ids: string[], signal: AbortSignal) => Promise<Row[]>;
  campaignOf: (row: Row) => string;
  /** A table whose rows are shown with these ones. */
  parent?: LiveSource<Row>["parents"][number];
}

/** One table's records in the lists of campaigns and workspaces. */
export interface RecordList<Row extends ListRow, Filter> {
  keys: ReturnType<typeof recordKeys<Filter>>;
  /** The records that match. */
  list: (scope: ListScope, filter: Filter, sort: Sort) => ListSource<Row>;
  /** The records that match now, counted, and a filter that leaves out those added later. */
  settle: (scope: ListScope, filter: Filter, signal: AbortSignal) => Promise<SettledRows<Filter>>;
  /** What the lists of a scope follow: changed records are read by id. */
  liveSource: (client: QueryClient, scope: ListScope) => LiveSource<Row>;
  /** The rows that any cached list of a campaign holds, each once. */
  cachedRows: (client: QueryClient, campaignId: string) => Row[];
  /** Writes changed fields of a record into every cached list and into its panel. */
  patch: (client: QueryClient, campaignId: string, id: string, fields: Partial<Row>) => void;
}

/** The lists of one table's records. */
export function recordList<
  Row extends ListRow & { created_at: string },
  Filter extends { created_before?: string | undefined },
>(source: RecordSource<Row, Filter>): RecordList<Row, Filter> {
  const { table, keys, readPage, readRows, parent } = source;
  const rowsOptions = (scope: ListScope, ids: string[]) =>
    queryOptions({
      queryKey: keys.rows(scopeId(scope), ids),
      staleTime: 0,
      gcTime: 0,
      queryFn: ({ signal }) => readRows(scope, ids, signal),
    });
  return {
    keys,
    list(scope, filter, sort) {
      const request = { ...scope, filter, sort: sort.by, direction: sort.direction };
      return {
        queryKey: keys.list(scopeId(scope), filter, sort),
        totalKey: keys.total(scopeId(scope), filter, sort),
        fetchPage: (cursor, size, signal) =>
          readPage(
            { ...request, page_size: size, with_total: false, ...(cursor !== null && { cursor }) },
            signal,
          ),
        fetchTotal: (signal) => source.readTotal(scope, filter, signal),
        ...(sort.by !== "relevance" && {
          fetchPlace: (row: number, signal: AbortSignal) => source.readPlace(request, row, signal),
        }),
      };
    },
    async settle(scope, filter, signal) {
      const newestFirst = { sort: "created_at", direction: "desc", page_size: 1, with_total: true } as const;
      return settledBy(filter, await readPage({ ...scope, filter, ...newestFirst }, signal));
    },
    liveSource: (client, scope) => ({
      table,
      listsKey: keys.lists(scopeId(scope)),
      fetchRows: (ids) => client.fetchQuery(rowsOptions(scope, ids)),
      parents: [
        ...(parent ? [parent] : []),
        // A workspace is told of its campaigns' counters, not of each row.
        ...("workspace_id" in scope ? [{ table: "campaigns", idOf: source.campaignOf, counts: true }] : []),
      ],
    }),
    cachedRows(client, campaignId) {
      const lists = client.getQueriesData<ListPages<Row>>({ queryKey: keys.lists(campaignId) });
      return flattenPages(lists.flatMap(([, data]) => data?.pages ?? []));
    },
    patch(client, campaignId, id, fields) {
      editLists<Row>(
        client,
        { queryKey: keys.all, predicate: ({ queryKey }) => queryKey[2] === "list" },
        (data) => patchRow(data, id, fields),
      );
      client.setQueryData<Row>(keys.detail(campaignId, id), (record) => record && { ...record, ...fields });
    },
  };
}
