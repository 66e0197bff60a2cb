import { expect, test } from "vitest";
import { firstChoices, type StageChoices } from "./plan";
import { choicesToDo, coverText, isAllDone, type NewestRun, nothingText, scopeCount } from "./scope-words";

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

test("where every company is researched, what else is chosen is done without that", () => {
  const researched = { company_count: 3, researched_count: 3 };
  const choices = { ...nothing, company: BY_CLAY, financials: BY_CLAY };
  const others = { ...choices, company: { ...BY_CLAY, on: false } };
  expect(choicesToDo(choices, undefined, researched, false)).toEqual(others);
  expect(choicesToDo(choices, undefined, researched, true)).toBe(choices);
  expect(choicesToDo(choices, undefined, { ...researched, researched_count: 2 }, false)).toBe(choices);
  expect(choicesToDo(choices, undefined, { company_count: 0, researched_count: 0 }, false)).toBe(choices);
  expect(choicesToDo(choices, undefined, undefined, false)).toBe(choices);
  const some = { list: "companies" as const, filter: { ids: ["a"] }, total: 0 };
  expect(choicesToDo(choices, some, researched, false)).toBe(choices);
  const alone = { ...nothing, company: BY_CLAY };
  expect(choicesToDo(alone, undefined, researched, false)).toBe(alone);
  const found = { ...choices, discover: BY_CLAY };
  expect(choicesToDo(found, undefined, researched, false)).toBe(found);
});

test("a run about companies that begins with the contacts there are tells of these, too", () => {
  const choices = { ...nothing, financials: BY_CLAY, enrich: BY_CLAY };
  expect(coverText(choices, undefined, null, false)).toBe(
    "The companies of this campaign for which this was not done yet, and the contacts not enriched yet",
  );
  const company = { ...nothing, company: BY_CLAY, sync: BY_CLAY };
  expect(coverText(company, undefined, 3, true)).toBe("All 3 companies of this campaign, and all contacts");
  const picked = { list: "companies" as const, filter: { ids: ["a", "b"] }, total: 2 };
  expect(coverText(company, picked, 2, false)).toBe(
    "2 companies you selected, and their contacts not handed on yet",
  );
  expect(coverText({ ...company, contacts: BY_CLAY }, picked, 2, false)).toBe("2 companies you selected");
});

test("contacts that were chosen are what the run covers", () => {
  const choices = { ...nothing, enrich: BY_CLAY };
  const picked = { list: "contacts" as const, filter: { ids: ["a", "b"] }, total: 2 };
  expect(scopeCount(choices, picked, undefined, false)).toBe(2);
  expect(coverText(choices, picked, 2, false)).toBe("2 contacts you selected");
  const shown = { ...picked, filter: { seniority: ["VP"] }, total: null };
  expect(coverText(choices, shown, null, false)).toBe("The contacts shown with the current filter");
  const all = { ...picked, filter: {} };
  expect(coverText(choices, all, 46, false)).toBe("All 46 contacts of this campaign");
  expect(coverText(choices, all, null, false)).toBe("All contacts of this campaign");
});

test("all is done only where the newest run has done it for every company, and no contacts wait", () => {
  const campaign = { company_count: 3, researched_count: 3 };
  const newest: NewestRun = { status: "completed", stages: ["company", "contacts"], companies_total: 3 };
  const choices = { ...nothing, contacts: BY_CLAY };
  expect(isAllDone(choices, newest, campaign)).toBe(true);
  expect(isAllDone({ ...choices, sync: BY_CLAY }, newest, campaign)).toBe(true);
  expect(isAllDone({ ...choices, financials: BY_CLAY }, newest, campaign)).toBe(false);
  expect(isAllDone({ ...choices, discover: BY_CLAY }, newest, campaign)).toBe(false);
  expect(isAllDone({ ...nothing, company: BY_CLAY, sync: BY_CLAY }, newest, campaign)).toBe(false);
  expect(isAllDone(nothing, newest, campaign)).toBe(false);
  expect(isAllDone(choices, { ...newest, companies_total: 2 }, campaign)).toBe(false);
  expect(isAllDone(choices, { ...newest, status: "cancelled" }, campaign)).toBe(false);
  expect(isAllDone(choices, newest, { ...campaign, researched_count: 2 })).toBe(false);
  expect(isAllDone(choices, null, campaign)).toBe(false);
  expect(isAllDone(choices, newest, undefined)).toBe(false);
});

test("that there is nothing to do says what to do", () => {
  expect(nothingText("contacts", { company_count: 3, researched_count: 3 })).toBe(
    "Nothing is left to do here. Tick “Again for those already enriched or handed on” to do it again.",
  );
  expect(nothingText("companies", { company_count: 0, researched_count: 0 })).toContain("no companies yet");
});
