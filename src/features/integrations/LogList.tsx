import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { type RefObject, useCallback } from "react";
import { NewRowsBanner } from "@/components/data-table/new-rows-banner";
import { Button } from "@/components/ui/button";
import { ErrorAlert } from "@/components/ui/error-alert";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { TimeAgo } from "@/components/ui/time-ago";
import { formatCount } from "@/lib/format";
import type { Log } from "./LogPage";
import { LogRows } from "./LogRows";
import { type LogEntry, MOST_NEW } from "./log-queries";

interface LogListProps<Entry extends LogEntry, Full extends LogEntry> {
  log: Log<Entry, Full>;
  query: UseInfiniteQueryResult<InfiniteData<{ entries: Entry[] }>>;
  /** How many have come since it was read. */
  newEntries: number;
  onRefresh: () => void;
  /** The box in which the entries are. */
  box: RefObject<HTMLDivElement | null>;
  labelledBy: string;
  /** What is said when there is nothing. */
  empty: string;
  nameOf: (integrationId: string) => string;
  onOpen: (id: number) => void;
}

/** Entries newest first, each of which opens; older ones come as the end is near, those that are new by a button. */
export function LogList<Entry extends LogEntry, Full extends LogEntry>(props: LogListProps<Entry, Full>) {
  const { log, query, newEntries, box } = props;
  const { fetchNextPage, isFetching } = query;
  const loadOlder = useCallback(() => {
    // It would put an end to a refresh that is under way.
    if (!isFetching) void fetchNextPage();
  }, [fetchNextPage, isFetching]);
  if (query.isPending) {
    return (
      <div className="flex flex-col gap-3 p-4" aria-busy>
        <Skeleton className="h-9" />
        <Skeleton className="h-9" />
        <Skeleton className="h-9" />
      </div>
    );
  }
  if (query.data === undefined) {
    return (
      <ErrorState
        error={query.error}
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
        className="py-8"
      />
    );
  }
  const entries = query.data.pages.flatMap((page) => page.entries);
  return (
    <div className="relative">
      {newEntries > 0 && (
        <NewRowsBanner
          label={newText(newEntries, log.noun)}
          pending={query.isRefetching}
          onShow={() => {
            props.onRefresh();
            // The button goes once that is done; the focus must not get lost with it.
            box.current?.focus({ preventScroll: true });
          }}
        />
      )}
      <LogRows
        box={box}
        entries={entries}
        empty={props.empty}
        hasOlder={query.hasNextPage && !query.isError}
        loadOlder={loadOlder}
        labelledBy={props.labelledBy}
        onOpen={props.onOpen}
        renderEntry={(entry) => (
          <EntryRow log={log} entry={entry} name={props.nameOf(entry.integration_id)} />
        )}
      />
      {query.isError && (
        <div className="border-t p-3">
          <ErrorAlert error={query.error} />
        </div>
      )}
      {query.isFetchingNextPage && (
        <p role="status" className="border-t p-3 text-center text-muted-foreground text-xs">
          Loading older {log.noun.many}…
        </p>
      )}
      {query.isFetchNextPageError && (
        <div className="flex justify-center border-t p-3">
          <Button onClick={() => void query.fetchNextPage()}>Try again</Button>
        </div>
      )}
    </div>
  );
}

interface EntryRowProps<Entry extends LogEntry, Full extends LogEntry> {
  log: Log<Entry, Full>;
  entry: Entry;
  /** Of its integration. */
  name: string;
}

function EntryRow<Entry extends LogEntry, Full extends LogEntry>(props: EntryRowProps<Entry, Full>) {
  const { log, entry, name } = props;
  const note = log.noteOf?.(entry);
  return (
    <>
      <span className="flex items-start gap-3">
        <span className="min-w-0 flex-1 break-words sm:truncate">
          <span className="font-medium">{name}</span>
          {note !== undefined && <span className="text-muted-foreground"> · {note}</span>}
        </span>
        <TimeAgo at={log.timeOf(entry)} className="shrink-0 text-muted-foreground text-xs leading-5" />
        {log.badgeOf(entry)}
      </span>
      {log.lineOf(entry)}
    </>
  );
}

/** "3 new deliveries", "50+ new deliveries". */
function newText(count: number, { one, many }: { one: string; many: string }): string {
  return count > MOST_NEW ? `${MOST_NEW}+ new ${many}` : formatCount(count, `new ${one}`, `new ${many}`);
}
