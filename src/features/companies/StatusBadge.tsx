import type { ResearchStatus } from "@contracts";
import { CircleCheck, CircleDashed, Clock, LoaderCircle, TriangleAlert } from "lucide-react";
import { Badge } from "@/components/ui/badge";

const LOOKS = {
  new: { label: "New", variant: "outline", Icon: CircleDashed },
  queued: { label: "Queued", variant: "neutral", Icon: Clock },
  researching: { label: "Researching", variant: "info", Icon: LoaderCircle },
  completed: { label: "Researched", variant: "success", Icon: CircleCheck },
  failed: { label: "Failed", variant: "destructive", Icon: TriangleAlert },
} as const;

/** A research status in words. */
export function statusLabel(status: ResearchStatus): string {
  return LOOKS[status].label;
}

/** Where a company is in its research. */
export function StatusBadge({ status }: { status: ResearchStatus }) {
  const { label, variant, Icon } = LOOKS[status];
  return (
    <Badge variant={variant}>
      <Icon aria-hidden className={status === "researching" ? "motion-safe:animate-spin" : undefined} />
      {label}
    </Badge>
  );
}
