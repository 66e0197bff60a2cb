import type { Progress, ResearchStage, RowList } from "@contracts";
import { STAGE_LABEL } from "@/components/record/job-labels";
import { formatAmount } from "@/lib/format";
import { checkNumber, readNumber } from "@/lib/typed-number";
import { costOf, exact, type PaidStage, stagesAbout } from "./plan";
import { countOf } from "./scope-words";
import { leftOf, stageTotals } from "./totals";

/** What is wrong with a typed spending cap, in words; null if nothing is. */
export function checkCap(text: string): string | null {
  return checkNumber({ min: 0, max: 1_000_000_000, whole: false, optional: true }, text);
}

/** What is wrong with a typed cap that is to let a run go on which has spent so much, in words; null if nothing is. */
export function checkHigherCap(text: string, spent: number): string | null {
  if (text.trim() === "") return "Enter an amount, or remove the cap.";
  const problem = checkCap(text);
  if (problem !== null) return problem;
  return readNumber(text) > spent ? null : `Enter more than ${formatAmount(spent)}, which is spent already.`;
}

/** What a run covers: rows of a list, and how many; null when not known. */
export interface Covered {
  list: RowList;
  count: number | null;
}

/** What a run may cost, in words, and what a cap does to it. */
export function estimateText(paid: readonly PaidStage[], covered: Covered, cap: number | null): string {
  const ofRows = stagesAbout(covered.list, paid);
  const beside = besideText(paid.filter((one) => !ofRows.includes(one)));
  if (costOf(ofRows) === 0) {
    return beside === ""
      ? "Costs nothing, as far as the settings of these integrations say."
      : `Costs ${beside}.`;
  }
  return rowsText(ofRows, covered, cap) + (beside === "" ? "" : ` Beside that ${beside}.`);
}

const UNITS: Partial<Record<PaidStage["stage"], string>> = {
  discover: "page",
  enrich: "contact",
  sync: "contact",
};

/** What is paid for what is no row of the list, and nobody knows the number of: "0.50 for each contact". */
function besideText(paid: readonly PaidStage[]): string {
  const costs = new Map<string, number>();
  for (const { stage, integration } of paid) {
    const unit = UNITS[stage];
    const cost = integration.cost_per_job;
    if (unit && cost > 0) costs.set(unit, exact((costs.get(unit) ?? 0) + cost));
  }
  return [...costs].map(([unit, cost]) => `${formatAmount(cost)} for each ${unit}`).join(" and ");
}

function rowsText(paid: readonly PaidStage[], { list, count }: Covered, cap: number | null): string {
  const each = costOf(paid);
  const parts = paid
    .filter(({ integration }) => integration.cost_per_job > 0)
    .map(
      ({ stage, integration }) =>
        `${STAGE_LABEL[stage].toLowerCase()} ${formatAmount(integration.cost_per_job)}`,
    )
    .join(", ");
  if (count === null)
    return `Costs up to ${formatAmount(each)} a ${list === "contacts" ? "contact" : "company"} (${parts}).`;
  const total = exact(each * count);
  const estimate = `Costs up to ${formatAmount(total)} for ${countOf(list, count)} (for each: ${parts}).`;
  return cap !== null && cap < total
    ? `${estimate} The cap is below that: what it does not cover is not sent.`
    : estimate;
}

/** What a job of a stage costs; null if unknown. */
type CostOfStage = (stage: ResearchStage) => number | null;

/** Whether what a run that has not ended has left to send would cost more than its cap. */
export function isCapReached(
  { run, stages, spent }: Pick<Progress, "run" | "stages" | "spent">,
  costOf: CostOfStage,
): boolean {
  const { spend_cap: cap } = run;
  if (cap === null || (run.status !== "running" && run.status !== "paused")) return false;
  const held = stages.filter(({ stage, queued }) => {
    const cost = costOf(stage);
    return queued > 0 && cost !== null && cost > 0 && exact(spent + cost) > cap;
  });
  const goingOn = stages.some(({ stage, queued, processing }) => {
    const isHeld = held.some((one) => one.stage === stage);
    return processing > 0 || (queued > 0 && !isHeld);
  });
  return held.length > 0 && !goingOn;
}

/** What a run will have spent when all that is left of it, as far as it is known, is sent. */
export function costInAll(progress: Progress, costOf: CostOfStage): number {
  return stageTotals(progress).reduce(
    (sum, totals) => exact(sum + leftOf(totals) * (costOf(totals.stage) ?? 0)),
    progress.spent,
  );
}
