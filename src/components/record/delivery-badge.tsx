import { Badge } from "@/components/ui/badge";

interface DeliveryBadgeProps {
  delivery: { status: number | null; error_reason: string | null };
}

/** The status of a delivery; one that brought no results is marked, also with a status of 200. */
export function DeliveryBadge({ delivery: { status, error_reason } }: DeliveryBadgeProps) {
  return (
    <Badge variant={error_reason === null ? "success" : "destructive"} className="tabular-nums">
      {status ?? "No response"}
      {error_reason !== null && <span className="sr-only"> failed</span>}
    </Badge>
  );
}
