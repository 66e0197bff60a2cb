import { COMPANY_STAGES, type CompanyFilter } from "@contracts";
import type { RowScope } from "@/components/data-table/settled";
import type { Tables } from "@/database.types";
import { formatCount } from "@/lib/format";
import type { StageChoices } from "./plan";

/** The companies that research is offered for, when not the whole campaign: those shown, or those selected. */
export type ResearchScope = RowScope<CompanyFilter>;

type Campaign = Pick<Tables<"campaigns">, "company_count" | "researched_count">;

/** What the run will cover, in words. */
export function coverText(
  choices: StageChoices,
  scope: ResearchScope | undefined,
  count: number | null,
  again: boolean,
): string {
  if (choices.discover.on) return "The companies that the source names are added to this campaign";
  if (!COMPANY_STAGES.some((stage) => choices[stage].on)) {
    const of = scope === undefined ? "this campaign" : "these companies";
    if (again) return `All contacts of ${of}`;
    return `The contacts of ${of} not ${choices.enrich.on ? "enriched" : "handed on"} yet`;
  }
  if (scope === undefined && !again && !choices.company.on)
    return "The companies of this campaign for which this was not done yet";
  return scopeText(scope, count, again);
}

/** Which companies the run will cover, in words. */
function scopeText(scope: ResearchScope | undefined, count: number | null, again: boolean): string {
  const companies = count === null ? "The companies" : formatCount(count, "company", "companies");
  if (scope !== undefined)
    return `${companies} ${scope.filter.ids ? "you selected" : "shown with the current filter"}`;
  if (count === null) return `${companies} of this campaign`;
  return again ? `All ${companies} of this campaign` : `${companies} of this campaign not researched yet`;
}

/** How many companies the run will cover; null when not known: nobody has counted which lack a later stage. */
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

/** Why there is nothing to research, and what to do. */
export function nothingText(campaign: Campaign | undefined): string {
  return campaign?.company_count === 0
    ? "This campaign has no companies yet: find some in a source, or import them first."
    : "Every company of this campaign is researched. To research them again, tick the box below.";
}
