import { COMPANY_STAGES, type CompanyFilter, type ContactFilter, type RowList } from "@contracts";
import type { RowScope } from "@/components/data-table/settled";
import type { Tables } from "@/database.types";
import { formatCount } from "@/lib/format";
import { chosenStages, isAboutCompanies, type StageChoices, startsWithContacts } from "./plan";

/** The rows that research is offered for, when not the whole campaign: those shown, or those selected. */
export interface ResearchScope extends RowScope<CompanyFilter | ContactFilter> {
  list: RowList;
}

type Campaign = Pick<Tables<"campaigns">, "company_count" | "researched_count">;

/** The campaign's newest run, as far as it says what is done. */
export type NewestRun = Pick<Tables<"research_runs">, "status" | "stages" | "companies_total">;

/** So many rows of a list, in words. */
export function countOf(list: RowList, count: number): string {
  return list === "contacts" ? formatCount(count, "contact") : formatCount(count, "company", "companies");
}

/**
 * The choices as the run will have them: where every company of the campaign is researched, what else is chosen is done without finding
 * out about the companies themselves, which would leave them all out.
 */
export function choicesToDo(
  choices: StageChoices,
  scope: ResearchScope | undefined,
  campaign: Campaign | undefined,
  again: boolean,
): StageChoices {
  if (scope !== undefined || choices.discover.on || !choices.company.on || campaign?.company_count === 0)
    return choices;
  if (scopeCount(choices, scope, campaign, again) !== 0) return choices;
  const others = { ...choices, company: { ...choices.company, on: false } };
  return chosenStages(others).length === 0 ? choices : others;
}

/** What the run will cover, in words. */
export function coverText(
  choices: StageChoices,
  scope: ResearchScope | undefined,
  count: number | null,
  again: boolean,
): string {
  if (choices.discover.on) return "The companies that the source names are added to this campaign";
  if (scope?.list === "contacts") return chosenText(scope, count);
  if (!COMPANY_STAGES.some((stage) => choices[stage].on)) {
    const of = scope === undefined ? "this campaign" : "these companies";
    if (again) return `All contacts of ${of}`;
    return `The contacts of ${of} not ${choices.enrich.on ? "enriched" : "handed on"} yet`;
  }
  const companies =
    scope === undefined && !again && !choices.company.on
      ? "The companies of this campaign for which this was not done yet"
      : scopeText(scope, count, again);
  if (!startsWithContacts(choices)) return companies;
  const contacts = scope === undefined ? "contacts" : "their contacts";
  if (again) return `${companies}, and all ${contacts}`;
  const open = scope === undefined ? `the ${contacts}` : contacts;
  return `${companies}, and ${open} not ${choices.enrich.on ? "enriched" : "handed on"} yet`;
}

/** Which companies the run will cover, in words. */
function scopeText(scope: ResearchScope | undefined, count: number | null, again: boolean): string {
  if (scope !== undefined) return chosenText(scope, count);
  const companies = count === null ? "The companies" : countOf("companies", count);
  if (count === null) return `${companies} of this campaign`;
  return again ? `All ${companies} of this campaign` : `${companies} of this campaign not researched yet`;
}

/** Which rows were chosen, in words. */
function chosenText({ list, filter }: ResearchScope, count: number | null): string {
  const isAll = Object.keys(filter).length === 0;
  if (isAll) return `All ${count === null ? list : countOf(list, count)} of this campaign`;
  const rows = count === null ? `The ${list}` : countOf(list, count);
  return `${rows} ${filter.ids ? "you selected" : "shown with the current filter"}`;
}

/** How many rows the run will cover; null when not known: nobody has counted which lack a later stage. */
export function scopeCount(
  choices: StageChoices,
  scope: ResearchScope | undefined,
  campaign: Campaign | undefined,
  again: boolean,
): number | null {
  if (scope !== undefined) return scope.total;
  if (campaign === undefined || campaign.company_count === 0) return campaign?.company_count ?? null;
  if (!again && !choices.company.on) return null;
  return again ? campaign.company_count : Math.max(0, campaign.company_count - campaign.researched_count);
}

/**
 * Whether the campaign's newest run has done all of this for every company: it covered them all, and none of them failed or came
 * later. Contacts are not looked at.
 */
export function isAllDone(
  choices: StageChoices,
  newest: NewestRun | null | undefined,
  campaign: Campaign | undefined,
): boolean {
  if (!newest || !campaign || campaign.company_count === 0) return false;
  const { status, stages, companies_total: covered } = newest;
  if (status !== "completed" || covered < campaign.company_count) return false;
  if (campaign.researched_count < campaign.company_count) return false;
  if (choices.discover.on || startsWithContacts(choices)) return false;
  const wanted = chosenStages(choices).filter(isAboutCompanies);
  return wanted.length > 0 && wanted.every((stage) => stages.includes(stage));
}

/** What takes rows that were done before. */
export function againLabel(list: RowList): string {
  return list === "contacts"
    ? "Again for those already enriched or handed on"
    : "Again for those already researched";
}

/** Why there is nothing to research, and what to do. */
export function nothingText(list: RowList, campaign: Campaign | undefined): string {
  return campaign?.company_count === 0
    ? "This campaign has no companies yet: find some in a source, or import them first."
    : `Nothing is left to do here. Tick “${againLabel(list)}” to do it again.`;
}
