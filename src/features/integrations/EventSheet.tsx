import { useQuery } from "@tanstack/react-query";
import { Code } from "@/components/record/exchange";
import { Notes } from "@/components/record/notes";
import { PanelSkeleton } from "@/components/record/panel-skeleton";
import { ErrorState } from "@/components/ui/error-state";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { formatDateTime } from "@/lib/format";
import { useLast } from "@/lib/use-last";
import { eventOptions } from "./delivery-queries";
import { eventText } from "./event-words";
import { useProviderName } from "./queries";

interface EventSheetProps {
  workspaceId: string;
  /** The event shown, null while the sheet is closed. */
  id: number | null;
  onClose: () => void;
}

/** One received message with its body and what became of it. */
export function EventSheet({ workspaceId, id, onClose }: EventSheetProps) {
  const shown = useLast(id);
  const query = useQuery({ ...eventOptions(workspaceId, shown ?? 0), enabled: shown !== null });
  const nameOf = useProviderName(workspaceId);
  const event = query.data;
  return (
    <Sheet open={id !== null} onOpenChange={(open) => !open && onClose()}>
      <SheetContent
        title={event ? nameOf(event.integration_id) : "Received"}
        description={event && `Received ${formatDateTime(event.received_at)}`}
        className="sm:max-w-xl"
      >
        <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-5 py-4">
          {event ? (
            <>
              <p className="text-sm">{eventText(event)}</p>
              <Notes notes={event.notes} />
              <Code label="Message" text={event.body} />
              <p className="break-all text-muted-foreground text-xs">Id of the message: {event.event_id}</p>
            </>
          ) : query.error ? (
            <ErrorState
              error={query.error}
              onRetry={() => void query.refetch()}
              retrying={query.isFetching}
            />
          ) : (
            <PanelSkeleton />
          )}
        </div>
      </SheetContent>
    </Sheet>
  );
}
