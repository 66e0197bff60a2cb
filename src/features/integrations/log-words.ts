import { formatCount, formatDateTime, formatMilliseconds } from "@/lib/format";

/** What became of a received message: "3 results used, 1 not". */
export function eventText({ taken, ignored }: { taken: number; ignored: number }): string {
  const used = `${formatCount(taken, "result")} used`;
  return ignored === 0 ? used : `${used}, ${formatCount(ignored, "result")} not`;
}

interface Sent {
  batch_id: string | null;
  resent_by: string | null;
}

/** How long a delivery took, and what is special about it if anything is: "sent again · 120 ms". */
export function deliveryNote({ batch_id, resent_by, duration_ms }: Sent & { duration_ms: number }): string {
  const took = formatMilliseconds(duration_ms);
  if (batch_id === null) return `test · ${took}`;
  return resent_by === null ? took : `sent again · ${took}`;
}

/** When a delivery was sent, and as what. */
export function deliveryText({ sent_at, ...delivery }: Sent & { sent_at: string }): string {
  const at = formatDateTime(sent_at);
  if (delivery.batch_id === null) return `A test, sent ${at}`;
  return delivery.resent_by === null ? `Sent ${at}` : `Sent again ${at}`;
}
