import type { JobStatus, ResearchRun, ResearchStage } from "@contracts";
import type { ComponentProps } from "react";
import type { Badge } from "@/components/ui/badge";

type Look = { label: string; variant: ComponentProps<typeof Badge>["variant"] };

/** What a stage is called and what it does. */
export const STAGES: Record<ResearchStage, { label: string; does: string }> = {
  company: {
    label: "Company",
    does: "Description, industry, address, phone, e-mail, social links and investments",
  },
  contacts: { label: "Contacts", does: "People with their titles and LinkedIn links" },
};

export const RUN_STATUS: Record<ResearchRun["status"], Look> = {
  running: { label: "Running", variant: "info" },
  paused: { label: "Paused", variant: "warning" },
  completed: { label: "Done", variant: "success" },
  cancelled: { label: "Cancelled", variant: "outline" },
};

export const JOB_STATUS: Record<JobStatus, Look> = {
  queued: { label: "Queued", variant: "neutral" },
  processing: { label: "Working", variant: "info" },
  waiting: { label: "Waiting", variant: "warning" },
  completed: { label: "Done", variant: "success" },
  failed: { label: "Failed", variant: "destructive" },
  cancelled: { label: "Cancelled", variant: "outline" },
};

/** The stages of a run in words: "Company, contacts". */
export function stagesText(stages: readonly ResearchStage[]): string {
  const text = stages.map((stage) => STAGES[stage].label.toLowerCase()).join(", ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
