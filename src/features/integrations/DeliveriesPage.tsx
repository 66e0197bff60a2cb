import { useInfiniteQuery } from "@tanstack/react-query";
import { DeliveryBadge } from "@/components/record/delivery-badge";
import { useCurrentWorkspace } from "@/features/workspaces/queries";
import { formatDateTime, formatRelative } from "@/lib/format";
import { DeliverySheet } from "./DeliverySheet";
import { deliveryListOptions } from "./delivery-queries";
import { useProviderName } from "./queries";
import { TrafficList } from "./TrafficList";
import { TrafficPage } from "./TrafficPage";
import { useTrafficState } from "./traffic-state";
import { useRefresh } from "./use-traffic";

/** What went out to integrations. */
export default function DeliveriesPage() {
  const workspace = useCurrentWorkspace();
  return workspace ? <Deliveries key={workspace.id} workspaceId={workspace.id} /> : null;
}

function Deliveries({ workspaceId }: { workspaceId: string }) {
  const { filter, setFilter, open, setOpen } = useTrafficState();
  const options = deliveryListOptions(workspaceId, filter);
  const query = useInfiniteQuery(options);
  const refresh = useRefresh(options.queryKey, query);
  const nameOf = useProviderName(workspaceId);
  const isNarrowed = filter.problems || filter.integrationId !== "";
  return (
    <TrafficPage
      workspaceId={workspaceId}
      title="Deliveries"
      hint="Requests to integrations, kept for 30 days without secrets."
      problemsLabel="Only failed ones"
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
            : "Nothing was sent yet. Research that uses an integration sends requests, and so does a test."
        }
        onOpen={setOpen}
      >
        {(row) => (
          <>
            <span className="flex min-w-0 flex-1 flex-col">
              <span className="truncate">
                <span className="font-medium">{nameOf(row.integration_id)}</span>
                {row.batch_id === null && <span className="text-muted-foreground"> · test</span>}
              </span>
              {row.error_reason !== null ? (
                <span className="line-clamp-2 break-words text-destructive-text text-xs">
                  {row.error_reason}
                </span>
              ) : (
                <span className="truncate text-muted-foreground text-xs">{row.address}</span>
              )}
            </span>
            <time
              dateTime={row.sent_at}
              title={formatDateTime(row.sent_at)}
              className="shrink-0 text-muted-foreground text-xs leading-5"
            >
              {formatRelative(row.sent_at)}
            </time>
            <DeliveryBadge delivery={row} />
          </>
        )}
      </TrafficList>
      <DeliverySheet workspaceId={workspaceId} id={open} onClose={() => setOpen(null)} />
    </TrafficPage>
  );
}
