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
