import type { CompanyStage, Integration, ResearchPlan, ResearchStage, RowList } from "@contracts";
import { COMPANY_STAGES, CONTACT_STAGES, INTEGRATION_STAGES, RESEARCH_STAGES } from "@contracts";

/** Whether a stage is to be done, and who does it: an integration's id, null for the web researcher. */
export interface StageChoice {
  on: boolean;
  provider: string | null;
}

/** What a dialog about a new run has chosen, by stage. */
export type StageChoices = Record<ResearchStage, StageChoice>;

/** A stage that is to be done by an integration, and what that costs for one subject. */
export interface PaidStage {
  stage: ResearchStage;
  integration: Integration;
}

/** Whether only integrations do this stage. */
export function needsIntegration(stage: ResearchStage): boolean {
  return INTEGRATION_STAGES.some((one) => one === stage);
}

/** Whether a stage is about companies, not about pages or contacts. */
export function isAboutCompanies(stage: ResearchStage): stage is CompanyStage {
  return COMPANY_STAGES.some((one) => one === stage);
}

/** Whether a stage is about contacts, each alone. */
export function isAboutContacts(stage: ResearchStage): boolean {
  return CONTACT_STAGES.some((one) => one === stage);
}

/** Whether a run of these stages is about contacts alone. */
export function isOnlyAboutContacts(stages: readonly ResearchStage[]): boolean {
  return stages.every(isAboutContacts);
}

/**
 * The choices that a campaign's dialog begins with: those of its last run as far as they still can be, else the stages of the web
 * researcher. Stages that it cannot do take an integration. An empty campaign begins with a source.
 */
export function firstChoices(
  last: ResearchPlan | null,
  integrations: readonly Integration[],
  isEmpty = false,
): StageChoices {
  const known = (id: string | null | undefined) =>
    integrations.find((integration) => integration.id === id)?.id ?? null;
  const byAnybody = (stage: ResearchStage, first: boolean): StageChoice => ({
    on: last?.stages.includes(stage) ?? first,
    provider: known(last?.providers[stage]),
  });
  const byIntegration = (stage: ResearchStage): StageChoice => {
    const remembered = known(last?.providers[stage]);
    return {
      on: remembered !== null && last?.stages.includes(stage) === true,
      provider: remembered ?? integrations[0]?.id ?? null,
    };
  };
  return {
    discover: { ...byAnybody("discover", false), ...(isEmpty && { on: true }) },
    company: byAnybody("company", true),
    financials: byIntegration("financials"),
    contacts: byAnybody("contacts", true),
    enrich: byIntegration("enrich"),
    sync: byIntegration("sync"),
  };
}

/** A plan of another campaign: its source is not this one's. */
export function withoutSource(plan: ResearchPlan): ResearchPlan {
  const stages = plan.stages.filter((stage) => stage !== "discover");
  return { ...plan, stages: stages.length === 0 ? ["company", "contacts"] : stages, source: null };
}

/** The stages that a run can have, in their order: of the whole campaign, or of rows of a list that are chosen already. */
export function offeredStages(list: RowList | null): readonly ResearchStage[] {
  if (list === null) return RESEARCH_STAGES;
  return list === "contacts" ? CONTACT_STAGES : RESEARCH_STAGES.filter((stage) => stage !== "discover");
}

/** The choices for rows that are chosen already: no other stage is done. Contacts are enriched unless the campaign's last run of companies only handed them on. */
export function choicesFor(list: RowList | null, choices: StageChoices): StageChoices {
  const offered = offeredStages(list);
  const kept = (stage: ResearchStage): StageChoice => ({
    ...choices[stage],
    on: choices[stage].on && offered.includes(stage),
  });
  const { enrich, sync } = choices;
  return {
    discover: kept("discover"),
    company: kept("company"),
    financials: kept("financials"),
    contacts: kept("contacts"),
    enrich:
      list === "contacts" ? { ...enrich, on: enrich.provider !== null && (enrich.on || !sync.on) } : enrich,
    sync,
  };
}

/** Whether a stage begins with the contacts that there are: nobody looks for others before. */
export function startsWithContacts(choices: StageChoices): boolean {
  return !choices.contacts.on && CONTACT_STAGES.some((stage) => choices[stage].on);
}

/** Why these stages cannot be done together, in words; null if they can. */
export function stagesProblem(choices: StageChoices): string | null {
  return choices.discover.on && startsWithContacts(choices)
    ? "Companies that a source brings have no contacts yet: look for contacts as well, or leave out what is done with them."
    : null;
}

/** The stages that are to be done, in their order. */
export function chosenStages(choices: StageChoices): ResearchStage[] {
  return RESEARCH_STAGES.filter((stage) => choices[stage].on);
}

/** Who does each chosen stage, where that is an integration. */
export function chosenProviders(choices: StageChoices): Record<string, string> {
  return Object.fromEntries(
    chosenStages(choices).flatMap((stage) => {
      const { provider } = choices[stage];
      return provider === null ? [] : [[stage, provider]];
    }),
  );
}

/** The chosen stages that integrations do. */
export function paidStages(choices: StageChoices, integrations: readonly Integration[]): PaidStage[] {
  return chosenStages(choices).flatMap((stage) => {
    const integration = integrations.find(({ id }) => id === choices[stage].provider);
    return integration ? [{ stage, integration }] : [];
  });
}

/** An amount without the noise of decimals: four places are the smallest there are. */
export function exact(amount: number): number {
  return Math.round(amount * 10_000) / 10_000;
}

/** Those of the stages that are about the rows of a list, each row alone. */
export function stagesAbout(list: RowList, paid: readonly PaidStage[]): PaidStage[] {
  const isAbout = list === "contacts" ? isAboutContacts : isAboutCompanies;
  return paid.filter(({ stage }) => isAbout(stage));
}

/** What a row costs at all these stages, in the workspace's own currency. */
export function costOf(paid: readonly PaidStage[]): number {
  return exact(paid.reduce((sum, { integration }) => sum + integration.cost_per_job, 0));
}
