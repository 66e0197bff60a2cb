import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { logKeys } from "./keys";

/** Which entries of a log are listed. */
export interface LogFilter {
  /** Of this integration only; "" for all. */
  integrationId: string;
  /** Only those that need a look: deliveries that failed, events of which something was not used. */
  problems: boolean;
}

/** What every log shows of an entry. */
export interface LogEntry {
  id: number;
  integration_id: string;
}

/** How the entries of a table of the database are read: what went to integrations, or came from them. */
export interface LogSource<Entry extends LogEntry, Full extends LogEntry> {
  table: "deliveries" | "events";
  /** Entries newest first, as `cut` says, without bodies. */
  read: (filter: LogFilter, cut: Cut, signal: AbortSignal) => Promise<Entry[]>;
  /** One entry with everything. */
  readOne: (workspaceId: string, id: number, signal: AbortSignal) => Promise<Full>;
}

/** A part of the log of a workspace: so many of the newest entries below an id, or above one. */
export type Cut = { workspaceId: string; limit: number } & ({ below: number | null } | { above: number });

interface LogPage<Entry> {
  entries: Entry[];
  /** The id that the next page begins below; null at the end. */
  next: number | null;
}

/** The parts of a PostgREST query that cutting a log needs. */
interface Cuttable<Query> {
  match: (values: Record<string, string>) => Query;
  filter: (column: string, operator: string, value: unknown) => Query;
  order: (column: "id", options: { ascending: boolean }) => Query;
  limit: (count: number) => Query;
}

const pageSize = 50;
/** More new entries than this are not counted. */
export const MOST_NEW = 50;
const firstPage: number | null = null;

/** The part of a table's entries. */
export function cutLog<Query extends Cuttable<Query>>(
  all: Query,
  { integrationId }: LogFilter,
  cut: Cut,
): Query {
  const { workspaceId, limit } = cut;
  const part = all
    .match({ workspace_id: workspaceId, ...(integrationId !== "" && { integration_id: integrationId }) })
    .order("id", { ascending: false })
    .limit(limit);
  if ("above" in cut) return part.filter("id", "gt", cut.above);
  return cut.below === null ? part : part.filter("id", "lt", cut.below);
}

/** A log newest first, in keyset pages. What is shown stays as it is until somebody asks for what is new. */
export function logListOptions<Entry extends LogEntry, Full extends LogEntry>(
  { table, read }: LogSource<Entry, Full>,
  workspaceId: string,
  filter: LogFilter,
) {
  return infiniteQueryOptions({
    queryKey: logKeys.list(workspaceId, table, filter),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    initialPageParam: firstPage,
    queryFn: async ({ pageParam: below, signal }): Promise<LogPage<Entry>> => {
      const found = await read(filter, { workspaceId, below, limit: pageSize + 1 }, signal);
      const entries = found.slice(0, pageSize);
      return { entries, next: found.length > pageSize ? (entries.at(-1)?.id ?? null) : null };
    },
    getNextPageParam: ({ next }) => next,
  });
}

/** How many entries there are above an id, `MOST_NEW` + 1 at most. */
export function newEntriesOptions<Entry extends LogEntry, Full extends LogEntry>(
  { table, read }: LogSource<Entry, Full>,
  workspaceId: string,
  filter: LogFilter,
  above: number,
) {
  return queryOptions({
    queryKey: logKeys.newer(workspaceId, table, filter, above),
    staleTime: Number.POSITIVE_INFINITY, // it is told when there are more
    gcTime: 0,
    queryFn: async ({ signal }) =>
      (await read(filter, { workspaceId, above, limit: MOST_NEW + 1 }, signal)).length,
  });
}

/** One entry of a log, which is written once. */
export function logEntryOptions<Entry extends LogEntry, Full extends LogEntry>(
  { table, readOne }: LogSource<Entry, Full>,
  workspaceId: string,
  id: number,
) {
  return queryOptions({
    queryKey: logKeys.entry(workspaceId, table, id),
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => readOne(workspaceId, id, signal),
  });
}
