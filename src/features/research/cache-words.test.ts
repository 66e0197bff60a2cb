import type { Integration } from "@contracts";
import { expect, test } from "vitest";
import { daysKept, knownText } from "./cache-words";
import { firstChoices } from "./plan";

// The other settings do not matter here.
const integration = (id: string, cache_days: number) => ({ id, cache_days }) as Integration;

test("results are used again for as long as each who does a chosen stage says", () => {
  const all = [integration("a", 30), integration("b", 0)];
  const choices = firstChoices(null, all);
  expect(daysKept(choices, all)).toEqual([7]);
  const by = (company: string | null, contacts: string | null) => ({
    ...choices,
    company: { on: true, provider: company },
    contacts: { on: true, provider: contacts },
  });
  expect(daysKept(by("a", null), all)).toEqual([7, 30]);
  expect(daysKept(by("a", "b"), all)).toEqual([30]);
  expect(daysKept(by("b", "b"), all)).toEqual([]);
  expect(daysKept({ ...by("b", "b"), sync: { on: true, provider: "a" } }, all)).toEqual([]);
});

test("the words say how old a result may be", () => {
  expect(knownText([1])).toContain("results of the last day are");
  expect(knownText([30])).toContain("results of the last 30 days are");
  expect(knownText([7, 30])).toContain("results of the last 7 to 30 days are");
});
