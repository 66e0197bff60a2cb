import type { Progress, ResearchRun, ResearchStage } from "@contracts";
import { type BadgeLook, STAGE_LABEL } from "@/components/record/job-labels";
import { formatCount } from "@/lib/format";
import { isAboutContacts } from "./plan";

/** What a stage finds out, or does. */
export const STAGE_FINDS: Record<ResearchStage, string> = {
  discover: "Companies of a list on the web or of an API are added to this campaign",
  company: "Description, industry, address, phone, e-mail, social links and investments",
  financials: "Revenue, funding and other figures",
  contacts: "People with their titles and LinkedIn links",
  enrich: "E-mail address, phone and title of each contact, except those who are not to be contacted",
  sync: "Each contact is handed on to a CRM by an integration, except those who are not to be contacted",
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

/** Whom a run covers, in words: "20 companies", or contacts where it is about these alone. */
export function subjectsText({ run, companies_total, contacts_total }: Progress): string {
  return run.stages.every(isAboutContacts)
    ? formatCount(contacts_total, "contact")
    : formatCount(companies_total, "company", "companies");
}

/** That a run has started, in words. */
export function startedText(progress: Progress): string {
  return progress.source === null
    ? `Research of ${subjectsText(progress)} has started`
    : "The source is being read";
}

/** Where a run reads companies: the host of its source; null if they are the campaign's. */
export function sourceHost({ source }: Progress): string | null {
  if (source === null) return null;
  return URL.canParse(source.url) ? new URL(source.url).host : source.url;
}
