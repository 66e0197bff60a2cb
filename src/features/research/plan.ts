import type { Integration, ResearchPlan, ResearchStage } from "@contracts";
import { RESEARCH_STAGES } from "@contracts";

/** Whether a stage is to be done, and who does it: an integration's id, null for the web researcher. */
export interface StageChoice {
  on: boolean;
  provider: string | null;
}

/** What a dialog about a new run has chosen, by stage. */
export type StageChoices = Record<ResearchStage, StageChoice>;

/** A stage that is to be done by an integration, and what that costs for one company. */
export interface PaidStage {
  stage: ResearchStage;
  integration: Integration;
}

/**
 * The choices that a campaign's dialog begins with: those of its last run as far as they still can be, else the stages of the web
 * researcher. It knows no financials; these take an integration.
 */
export function firstChoices(last: ResearchPlan | null, integrations: readonly Integration[]): StageChoices {
  const known = (id: string | null | undefined) =>
    integrations.find((integration) => integration.id === id)?.id ?? null;
  const choice = (stage: "company" | "contacts"): StageChoice => ({
    on: last?.stages.includes(stage) ?? true,
    provider: known(last?.providers[stage]),
  });
  const remembered = known(last?.providers.financials);
  return {
    company: choice("company"),
    financials: {
      on: remembered !== null && last?.stages.includes("financials") === true,
      provider: remembered ?? integrations[0]?.id ?? null,
    },
    contacts: choice("contacts"),
  };
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

/** What one company costs at all these stages, in the workspace's own currency. */
export function costOfCompany(paid: readonly PaidStage[]): number {
  return exact(paid.reduce((sum, { integration }) => sum + integration.cost_per_job, 0));
}
