import type { Integration } from "@contracts";
import { WEB_CACHE_DAYS } from "@contracts";
import { chosenStages, type StageChoices } from "./plan";

/** For how many days those who do the chosen stages use results again, fewest first; none for those that never do. */
export function daysKept(choices: StageChoices, integrations: readonly Integration[]): number[] {
  const days = chosenStages(choices)
    .filter((stage) => stage !== "discover" && stage !== "sync") // a source is always read as it is now, and each contact handed on
    .map((stage) => {
      const { provider } = choices[stage];
      if (provider === null) return WEB_CACHE_DAYS;
      return integrations.find(({ id }) => id === provider)?.cache_days ?? 0;
    });
  return [...new Set(days)].filter((one) => one > 0).toSorted((a, b) => a - b);
}

/** What happens with results that are known already unless they are asked for again. */
export function knownText(days: readonly number[]): string {
  const [fewest] = days;
  const most = days.at(-1);
  const span = fewest === most ? `${most === 1 ? "day" : `${most} days`}` : `${fewest} to ${most} days`;
  return `Everything is asked for, and paid for, anew. Otherwise results of the last ${span} are used where there are any: at once, and for nothing.`;
}
