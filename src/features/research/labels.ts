import type { ResearchRun, ResearchStage } from "@contracts";
import { type BadgeLook, STAGE_LABEL } from "@/components/record/job-labels";

/** What a stage finds out. */
export const STAGE_FINDS: Record<ResearchStage, string> = {
  company: "Description, industry, address, phone, e-mail, social links and investments",
  financials: "Revenue, funding and other figures",
  contacts: "People with their titles and LinkedIn links",
};

export const RUN_STATUS: Record<ResearchRun["status"], BadgeLook> = {
  running: { label: "Running", variant: "info" },
  paused: { label: "Paused", variant: "warning" },
  completed: { label: "Done", variant: "success" },
  cancelled: { label: "Cancelled", variant: "outline" },
};

/** The stages of a run in words: "Company, contacts". */
export function stagesText(stages: readonly ResearchStage[]): string {
  const text = stages.map((stage) => STAGE_LABEL[stage].toLowerCase()).join(", ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
