import { DeliveryBadge } from "@/components/record/delivery-badge";
import { DeliveryBody } from "./DeliveryBody";
import { type Log, LogPage } from "./LogPage";
import { type DeliveryEntry, deliveryLog, type FullDelivery } from "./log-sources";
import { deliveryNote, deliveryText } from "./log-words";

const DELIVERIES: Log<DeliveryEntry, FullDelivery> = {
  source: deliveryLog,
  title: "Deliveries",
  hint: "Requests to integrations, kept for 30 days without secrets.",
  problemsLabel: "Only failed ones",
  empty: "Nothing was sent yet. Research that uses an integration sends requests, and so does a test.",
  noun: { one: "delivery", many: "deliveries" },
  timeOf: ({ sent_at }) => sent_at,
  noteOf: deliveryNote,
  lineOf: ({ error_reason, address }) =>
    error_reason !== null ? (
      <span className="line-clamp-4 break-words sm:line-clamp-2 text-destructive-text text-xs">
        {error_reason}
      </span>
    ) : (
      <span className="truncate text-muted-foreground text-xs">{address}</span>
    ),
  badgeOf: (entry) => <DeliveryBadge delivery={entry} />,
  describe: deliveryText,
  Body: DeliveryBody,
};

/** What went out to integrations. */
export default function DeliveriesPage() {
  return <LogPage log={DELIVERIES} />;
}
