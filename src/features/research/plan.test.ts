import type { Integration, ResearchPlan } from "@contracts";
import { describe, expect, test } from "vitest";
import {
  choicesFor,
  chosenProviders,
  chosenStages,
  costOf,
  firstChoices,
  paidStages,
  stagesAbout,
  stagesProblem,
} from "./plan";

const integration = (id: string, cost: number): Integration => ({
  id,
  workspace_id: "w",
  kind: "webhook",
  name: id,
  url: "https://example.com",
  auth_header: null,
  batch_size: 10,
  max_in_flight: 20,
  requests_per_second: null,
  burst: 1,
  timeout_seconds: 60,
  deadline_seconds: 1_200,
  cost_per_job: cost,
  cache_days: 30,
  signing_secret_at: null,
  header_secret_at: null,
  created_at: "2026-01-01T00:00:00Z",
  deleted_at: null,
});
const all = [integration("n8n", 0.1), integration("clay", 0.2)];
const last: ResearchPlan = {
  stages: ["company", "financials"],
  providers: { company: "n8n", financials: "clay" },
  spend_cap: 5,
};

describe("a start of research offers", () => {
  test("the web researcher's stages at first", () => {
    const choices = firstChoices(null, []);
    expect(chosenStages(choices)).toEqual(["company", "contacts"]);
    expect(chosenProviders(choices)).toEqual({});
  });

  test("what was chosen last", () => {
    const choices = firstChoices(last, all);
    expect(chosenStages(choices)).toEqual(["company", "financials"]);
    expect(chosenProviders(choices)).toEqual({ company: "n8n", financials: "clay" });
  });

  test("the web researcher instead of an integration that was deleted, and no financials then", () => {
    const choices = firstChoices(last, []);
    expect(chosenStages(choices)).toEqual(["company"]);
    expect(chosenProviders(choices)).toEqual({});
    expect(firstChoices(last, [integration("other", 0)]).financials).toEqual({
      on: false,
      provider: "other",
    });
  });
});

test("an empty campaign begins with a source, others as they did last", () => {
  expect(chosenStages(firstChoices(null, [], true))).toEqual(["discover", "company", "contacts"]);
  const again = firstChoices({ ...last, stages: ["discover", "company"] }, all);
  expect(chosenStages(again)).toEqual(["discover", "company"]);
  expect(chosenStages(choicesFor("companies", again))).toEqual(["company"]);
});

test("contacts that a source's companies do not have yet cannot be enriched, nor handed on", () => {
  const choices = firstChoices(null, all, true);
  const enriching = { ...choices, enrich: { on: true, provider: "clay" } };
  expect(stagesProblem(enriching)).toBeNull();
  const found = { on: false, provider: null };
  expect(stagesProblem({ ...enriching, contacts: found })).toContain("no contacts yet");
  const handedOn = { ...choices, contacts: found, sync: { on: true, provider: "clay" } };
  expect(stagesProblem(handedOn)).toContain("no contacts yet");
  expect(stagesProblem(choicesFor("companies", handedOn))).toBeNull();
});

describe("for contacts that are chosen already, a start offers", () => {
  const stagesFor = (plan: ResearchPlan, integrations = all) =>
    chosenStages(choicesFor("contacts", firstChoices(plan, integrations)));

  test("to enrich them, whatever was found out about companies", () => {
    expect(stagesFor(last)).toEqual(["enrich"]);
  });

  test("what the campaign's last run did with the contacts that it found", () => {
    const sync: ResearchPlan = { ...last, stages: ["company", "sync"], providers: { sync: "n8n" } };
    expect(stagesFor(sync)).toEqual(["sync"]);
    const both: ResearchPlan = {
      ...last,
      stages: ["enrich", "sync"],
      providers: { enrich: "clay", sync: "n8n" },
    };
    expect(stagesFor(both)).toEqual(["enrich", "sync"]);
  });

  test("nothing where nobody can do it", () => {
    expect(stagesFor(last, [])).toEqual([]);
  });
});

test("a company costs what its stages at integrations cost, without the noise of decimals", () => {
  const paid = paidStages(firstChoices(last, all), all);
  expect(paid.map(({ stage }) => stage)).toEqual(["company", "financials"]);
  expect(costOf(stagesAbout("companies", paid))).toBe(0.3);
  expect(stagesAbout("contacts", paid)).toEqual([]);
  expect(costOf([])).toBe(0);
});
