import type { ResearchStage } from "@contracts";
import { stagesText } from "@/components/record/job-labels";
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

interface About {
  jobs: number;
  stages: readonly ResearchStage[];
}

/** What a delivery was, about what, and how long it took: "sent again · Company · 10 jobs · 120 ms". */
export function deliveryNote(delivery: Sent & About & { duration_ms: number }): string {
  const { batch_id, resent_by, jobs, stages, duration_ms } = delivery;
  return [
    batch_id === null ? "test" : resent_by !== null && "sent again",
    stages.length > 0 && stagesText(stages),
    jobs > 0 && formatCount(jobs, "job"),
    formatMilliseconds(duration_ms),
  ]
    .filter(Boolean)
    .join(" · ");
}

/** When a delivery was sent, and as what. */
export function deliveryText({ sent_at, ...delivery }: Sent & { sent_at: string }): string {
  const at = formatDateTime(sent_at);
  if (delivery.batch_id === null) return `A test, sent ${at}`;
  return delivery.resent_by === null ? `Sent ${at}` : `Sent again ${at}`;
}
