import { useInfiniteQuery } from "@tanstack/react-query";
import { Badge } from "@/components/ui/badge";
import { useCurrentWorkspace } from "@/features/workspaces/queries";
import { formatDateTime, formatRelative } from "@/lib/format";
import { eventListOptions } from "./delivery-queries";
import { EventSheet } from "./EventSheet";
import { eventText } from "./event-words";
import { useProviderName } from "./queries";
import { TrafficList } from "./TrafficList";
import { TrafficPage } from "./TrafficPage";
import { useTrafficState } from "./traffic-state";
import { useRefresh } from "./use-traffic";

/** What came in from integrations. */
export default function EventsPage() {
  const workspace = useCurrentWorkspace();
  return workspace ? <Events key={workspace.id} workspaceId={workspace.id} /> : null;
}

function Events({ workspaceId }: { workspaceId: string }) {
  const { filter, setFilter, open, setOpen } = useTrafficState();
  const options = eventListOptions(workspaceId, filter);
  const query = useInfiniteQuery(options);
  const refresh = useRefresh(options.queryKey, query);
  const nameOf = useProviderName(workspaceId);
  const isNarrowed = filter.problems || filter.integrationId !== "";
  return (
    <TrafficPage
      workspaceId={workspaceId}
      title="Received"
      hint="Results that came to the callback address, kept for 30 days."
      problemsLabel="Only with results that were not used"
      filter={filter}
      onFilter={setFilter}
      onRefresh={refresh}
      refreshing={query.isRefetching}
    >
      <TrafficList
        query={query}
        empty={
          isNarrowed
            ? "None of the last 30 days fits."
            : "Nothing was received yet. Results come here when a service answers later, by callback."
        }
        onOpen={setOpen}
      >
        {(row) => (
          <>
            <span className="flex min-w-0 flex-1 flex-col">
              <span className="truncate font-medium">{nameOf(row.integration_id)}</span>
              <span className="text-muted-foreground text-xs">{eventText(row)}</span>
            </span>
            <time
              dateTime={row.received_at}
              title={formatDateTime(row.received_at)}
              className="shrink-0 text-muted-foreground text-xs leading-5"
            >
              {formatRelative(row.received_at)}
            </time>
            <Badge variant={row.ignored > 0 ? "warning" : "success"}>
              {row.ignored > 0 ? "Not all used" : "Used"}
            </Badge>
          </>
        )}
      </TrafficList>
      <EventSheet workspaceId={workspaceId} id={open} onClose={() => setOpen(null)} />
    </TrafficPage>
  );
}
