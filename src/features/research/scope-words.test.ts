import { expect, test } from "vitest";
import { firstChoices, type StageChoices } from "./plan";
import { coverText, scopeCount } from "./scope-words";

const OFF = { on: false, provider: null };
const BY_CLAY = { on: true, provider: "clay" };
const nothing: StageChoices = { ...firstChoices(null, []), company: OFF, contacts: OFF };

test("a run about contacts alone says which: those that what it does first was not done for yet", () => {
  const cover = (choices: StageChoices, again = false) => coverText(choices, undefined, null, again);
  expect(cover({ ...nothing, sync: BY_CLAY })).toBe("The contacts of this campaign not handed on yet");
  expect(cover({ ...nothing, enrich: BY_CLAY, sync: BY_CLAY })).toBe(
    "The contacts of this campaign not enriched yet",
  );
  expect(cover({ ...nothing, sync: BY_CLAY }, true)).toBe("All contacts of this campaign");
});

test("a later stage is offered for companies that are researched, however many lack it", () => {
  const campaign = { company_count: 3, researched_count: 3 };
  const choices = { ...nothing, financials: BY_CLAY };
  expect(scopeCount(choices, undefined, campaign, false)).toBeNull();
  expect(coverText(choices, undefined, null, false)).toBe(
    "The companies of this campaign for which this was not done yet",
  );
  expect(scopeCount(choices, undefined, campaign, true)).toBe(3);
  expect(scopeCount({ ...choices, company: BY_CLAY }, undefined, campaign, false)).toBe(0);
  expect(scopeCount(choices, undefined, { company_count: 0, researched_count: 0 }, false)).toBe(0);
});
