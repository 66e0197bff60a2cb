import type { Progress, ResearchRun, ResearchStage, RowList } from "@contracts";
import type { BadgeLook } from "@/components/record/job-labels";
import { formatNumber } from "@/lib/format";
import { isOnlyAboutContacts } from "./plan";
import { countOf } from "./scope-words";
import type { EndedJobs } from "./totals";

/** What a stage finds out, or does. */
export const STAGE_FINDS: Record<ResearchStage, string> = {
  discover: "Companies of a list on the web or of an API are added to this campaign",
  company: "Description, industry, address, phone, e-mail, social links and investments",
  financials: "Revenue, funding and other figures",
  contacts: "People with their titles and LinkedIn links",
  enrich: "E-mail address, phone and title of each contact, except those who are not to be contacted",
  sync: "Each contact is handed on to a CRM by an integration, except those who are not to be contacted",
};

const RUN_STATUS: Record<ResearchRun["status"], BadgeLook> = {
  running: { label: "Running", variant: "info" },
  paused: { label: "Paused", variant: "warning" },
  completed: { label: "Done", variant: "success" },
  cancelled: { label: "Cancelled", variant: "outline" },
};

/** How a run stands: as its status says, whether its cap keeps it from sending, and whether what has ended has failed. */
export function runLook(
  status: ResearchRun["status"],
  { done, failed }: EndedJobs,
  isCapReached = false,
): BadgeLook {
  if (status === "running" && isCapReached) return { label: "Stopped by its cap", variant: "warning" };
  if (status !== "completed" || failed === 0) return RUN_STATUS[status];
  return failed === done
    ? { label: "Failed", variant: "destructive" }
    : { label: `Done, ${formatNumber(failed)} failed`, variant: "warning" };
}

/** Whom a run covers: companies, or contacts where it is about these alone. */
function subjectsOf({ run, companies_total, contacts_total }: Progress) {
  return isOnlyAboutContacts(run.stages)
    ? ({ list: "contacts", count: contacts_total } as const)
    : ({ list: "companies", count: companies_total } as const);
}

/** Whom a run covers, in words: "20 companies". */
export function subjectsText(progress: Progress): string {
  const { list, count } = subjectsOf(progress);
  return countOf(list, count);
}

/** Of more rows a start does not count all that are to do. */
const MOST_COUNTED = 100_000;

const LEFT_OUT: Record<RowList, string> = {
  companies: "The others were done already.",
  contacts: "The others were done already or are not to be contacted.",
};

/** That a run has started, in words. `chosen`: of how many rows; null when that is not known, or the campaign as a whole was meant. */
export function startedWords(progress: Progress, chosen: number | null) {
  if (progress.source !== null) return { title: "The source is being read" };
  const { list, count } = subjectsOf(progress);
  if (chosen === null || chosen <= count || chosen > MOST_COUNTED)
    return { title: `Research of ${countOf(list, count)} has started` };
  return {
    title: `Research of ${formatNumber(count)} of ${countOf(list, chosen)} has started`,
    description: LEFT_OUT[list],
  };
}

/** Where a run reads companies: the host of its source; null if they are the campaign's. */
export function sourceHost({ source }: Progress): string | null {
  if (source === null) return null;
  return URL.canParse(source.url) ? new URL(source.url).host : source.url;
}
