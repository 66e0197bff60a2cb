import type { Integration, Progress } from "@contracts";
import { describe, expect, test } from "vitest";
import { checkCap, checkHigherCap, costInAll, estimateText, isCapReached } from "./cost-words";
import { progress } from "./research-fixture";

const integration: Integration = {
  id: "n8n",
  workspace_id: "w",
  kind: "n8n",
  name: "n8n",
  url: "https://example.com",
  auth_header: null,
  batch_size: 10,
  max_in_flight: 20,
  requests_per_second: null,
  burst: 1,
  timeout_seconds: 60,
  deadline_seconds: 1_200,
  cost_per_job: 0.02,
  cache_days: 30,
  signing_secret_at: null,
  header_secret_at: null,
  created_at: "2026-01-01T00:00:00Z",
  deleted_at: null,
};
const paid = [{ stage: "company", integration } as const];

describe("the estimate", () => {
  const of = (count: number | null) => ({ list: "companies" as const, count });

  test("says what all companies cost at most and where it comes from", () => {
    expect(estimateText(paid, of(620), null)).toBe(
      "Costs up to 12.40 for 620 companies (for each: company 0.02).",
    );
    expect(estimateText(paid, of(null), null)).toContain("0.02 a company");
  });

  test("says when the cap does not cover it", () => {
    const seven = [{ stage: "company", integration: { ...integration, cost_per_job: 0.07 } } as const];
    expect(estimateText(seven, of(100), 7)).not.toContain("The cap");
    expect(estimateText(paid, of(620), 10)).toContain("The cap is below that");
    expect(estimateText(paid, of(620), 12.4)).not.toContain("The cap");
  });

  test("says what is paid for pages and contacts, of which nobody knows how many there are", () => {
    const beside = [{ stage: "enrich", integration } as const, { stage: "discover", integration } as const];
    expect(estimateText(beside, of(null), null)).toBe("Costs 0.02 for each contact and 0.02 for each page.");
    expect(estimateText([...paid, ...beside.slice(0, 1)], of(10), null)).toBe(
      "Costs up to 0.20 for 10 companies (for each: company 0.02). Beside that 0.02 for each contact.",
    );
  });

  test("says what both stages about contacts cost together", () => {
    const paidTwice = [{ stage: "enrich", integration } as const, { stage: "sync", integration } as const];
    expect(estimateText(paidTwice, of(null), null)).toBe("Costs 0.04 for each contact.");
    expect(estimateText(paidTwice, { list: "contacts", count: 12 }, null)).toBe(
      "Costs up to 0.48 for 12 contacts (for each: enrich contacts 0.02, sync 0.02).",
    );
  });

  test("does not promise that something is free, only that nothing is set", () => {
    const free = [{ stage: "company", integration: { ...integration, cost_per_job: 0 } } as const];
    expect(estimateText(free, of(620), null)).toContain("as far as the settings");
  });
});

test.each(["-5", "a lot", "1,000"])("a cap of %j is refused", (text) => {
  expect(checkCap(text)).not.toBeNull();
});

test.each([
  ["", "Enter an amount, or remove the cap."],
  ["a lot", "Enter a number, such as 10 or 0.5, without separators."],
  ["0.2", "Enter more than 0.20, which is spent already."],
  ["0.21", null],
])("a cap of %j for a run that has spent 0.20: %j", (text, problem) => {
  expect(checkHigherCap(text, 0.2)).toBe(problem);
});

describe("the cap is reached", () => {
  const counts = { queued: 5, processing: 0, waiting: 0, completed: 10, failed: 0, cancelled: 0 };
  const run: Progress["run"] = {
    id: "r",
    campaign_id: "c",
    status: "running",
    stages: ["company", "contacts"],
    spend_cap: 0.2,
    afresh: false,
    jobs_from_cache: 0,
    created_at: "2026-01-01T00:00:00Z",
    finished_at: null,
  };
  const web = { ...counts, stage: "contacts" as const, queued: 0 };
  const at = (spent: number, change: Partial<typeof counts> = {}, other = web) =>
    isCapReached({ run, spent, stages: [{ stage: "company", ...counts, ...change }, other] }, (stage) =>
      stage === "company" ? 0.02 : 0,
    );

  test("when the next job would cost more than is left", () => {
    expect(at(0.2)).toBe(true);
    expect(at(0.19)).toBe(true);
    expect(at(0.18)).toBe(false);
  });

  test("not while other jobs go on, nor when none is left", () => {
    expect(at(0.2, { processing: 1 })).toBe(false);
    expect(at(0.2, {}, { ...web, queued: 3 })).toBe(false);
    expect(at(0.2, { queued: 0 })).toBe(false);
  });

  test("also while the run is paused, not when it has ended", () => {
    const of = (status: Progress["run"]["status"]) =>
      isCapReached({ run: { ...run, status }, spent: 0.2, stages: [{ ...web, queued: 3 }] }, () => 0.02);
    expect((["running", "paused", "completed", "cancelled"] as const).map(of)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test("what it takes to send the rest is what is spent, what is queued, and what is to come", () => {
    const stages: Progress["stages"] = [
      { stage: "company", ...counts, queued: 5, waiting: 2 },
      { ...web, completed: 10 },
    ];
    const of = (costOf: () => number | null, companies_total: number) =>
      costInAll({ ...progress, run, stages, companies_total, spent: 0.2, companies_fed: 17 }, costOf);
    expect(of(() => 0.02, 20)).toBe(0.56);
    expect(of(() => 0.02, 17)).toBe(0.44);
    expect(of(() => null, 20)).toBe(0.2);
  });

  test("not without a cap", () => {
    expect(isCapReached({ run: { ...run, spend_cap: null }, spent: 9, stages: [web] }, () => 0.02)).toBe(
      false,
    );
  });
});
