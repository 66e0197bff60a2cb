import { expect, test } from "vitest";
import { firstChoices, type StageChoices } from "./plan";
import { coverText } from "./scope-words";

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
