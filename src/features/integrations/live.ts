import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLiveRecord } from "@/components/record/use-live-record";
import { integrationKeys } from "./keys";
import {
  type LogEntry,
  type LogFilter,
  type LogSource,
  logListOptions,
  newEntriesOptions,
} from "./log-queries";

/** How often, in ms, it is counted at most what is new in a log: a busy integration makes many entries a second. */
const INTERVAL_MS = 3_000;

/** Keeps the integrations of a workspace current: their settings, and when their secrets were saved. */
export function useLiveIntegrations(workspaceId: string): void {
  useLiveRecord(`workspace:${workspaceId}`, ({ table }) => table === "integrations", [
    integrationKeys.list(workspaceId),
  ]);
}

/** A log as it was when it was read last, and how many entries have come since. */
export function useLog<Entry extends LogEntry, Full extends LogEntry>(
  source: LogSource<Entry, Full>,
  workspaceId: string,
  filter: LogFilter,
) {
  const client = useQueryClient();
  const list = logListOptions(source, workspaceId, filter);
  const query = useInfiniteQuery(list);
  const newest = query.data?.pages[0]?.entries[0]?.id ?? 0;
  const newer = newEntriesOptions(source, workspaceId, filter, newest);
  const { data: newEntries = 0 } = useQuery({ ...newer, enabled: query.data !== undefined });
  useLiveRecord(
    `workspace:${workspaceId}`,
    ({ table }) => table === source.table,
    [newer.queryKey],
    INTERVAL_MS,
  );
  return {
    query,
    newEntries,
    /** Reads the newest entries, and forgets older pages instead of reading them all again. */
    refresh() {
      client.setQueryData<InfiniteData<unknown>>(
        list.queryKey,
        (data) => data && { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
      );
      void query.refetch();
    },
  };
}
