import type { JobStatus, ResearchStage } from "@contracts";
import type { ComponentProps } from "react";
import type { Badge } from "@/components/ui/badge";

/** What a stage is called. */
export const STAGE_LABEL: Record<ResearchStage, string> = {
  discover: "Find companies",
  company: "Company",
  financials: "Financials",
  contacts: "Contacts",
  enrich: "Enrich contacts",
  sync: "Sync",
};

/** Stages in words: "Company, contacts". */
export function stagesText(stages: readonly ResearchStage[]): string {
  const text = stages.map((stage) => STAGE_LABEL[stage].toLowerCase()).join(", ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A state in words and the look of its badge. */
export type BadgeLook = { label: string; variant: ComponentProps<typeof Badge>["variant"] };

export const JOB_STATUS: Record<JobStatus, BadgeLook> = {
  queued: { label: "Queued", variant: "neutral" },
  processing: { label: "Working", variant: "info" },
  waiting: { label: "Handed over", variant: "warning" },
  completed: { label: "Done", variant: "success" },
  failed: { label: "Failed", variant: "destructive" },
  cancelled: { label: "Cancelled", variant: "outline" },
};
