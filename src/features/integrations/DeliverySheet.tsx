import { useQuery } from "@tanstack/react-query";
import { Exchange } from "@/components/record/exchange";
import { Notes } from "@/components/record/notes";
import { PanelSkeleton } from "@/components/record/panel-skeleton";
import { Alert } from "@/components/ui/alert";
import { ErrorState } from "@/components/ui/error-state";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { formatDateTime } from "@/lib/format";
import { useLast } from "@/lib/use-last";
import { deliveryOptions } from "./delivery-queries";
import { useProviderName } from "./queries";

interface DeliverySheetProps {
  workspaceId: string;
  /** The delivery shown, null while the sheet is closed. */
  id: number | null;
  onClose: () => void;
}

/** One delivery with its request and response. */
export function DeliverySheet({ workspaceId, id, onClose }: DeliverySheetProps) {
  const shown = useLast(id);
  const query = useQuery({ ...deliveryOptions(workspaceId, shown ?? 0), enabled: shown !== null });
  const nameOf = useProviderName(workspaceId);
  const delivery = query.data;
  return (
    <Sheet open={id !== null} onOpenChange={(open) => !open && onClose()}>
      <SheetContent
        title={delivery ? nameOf(delivery.integration_id) : "Delivery"}
        description={
          delivery &&
          `${delivery.batch_id === null ? "A test, sent" : "Sent"} ${formatDateTime(delivery.sent_at)}`
        }
        className="sm:max-w-xl"
      >
        <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-5 py-4">
          {delivery ? (
            <>
              {delivery.error_reason !== null && (
                <Alert variant="destructive" title="This delivery failed">
                  {delivery.error_reason}
                </Alert>
              )}
              <Exchange data={delivery} open />
              <Notes notes={delivery.notes} />
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
