import type { Progress, StageProgress } from "@contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runTotals, stageTotals } from "./totals";

const NONE = { queued: 0, processing: 0, waiting: 0, completed: 0, failed: 0, cancelled: 0 };

const progressOf = (
  stages: Partial<StageProgress>[],
  companies = 100,
  status: Progress["run"]["status"] = "running",
): Progress => ({
  at: "",
  run: {
    id: "r",
    campaign_id: "c",
    status,
    stages: ["company", "contacts"],
    spend_cap: null,
    afresh: false,
    jobs_from_cache: 0,
    created_at: "",
    finished_at: null,
  },
  stages: stages.map((counts, at) => ({ ...NONE, ...counts, stage: at === 0 ? "company" : "contacts" })),
  providers: {},
  spent: 0,
  source: null,
  companies_total: companies,
  companies_fed: 0,
  contacts_total: 0,
  rate_per_minute: 0,
  rates: [],
  eta_seconds: null,
  failures: [],
  engine: { ready: true, reason: null },
});

describe("the bars of a run", () => {
  it("count companies that are not queued yet", () => {
    expect(stageTotals(progressOf([{ queued: 10 }, {}])).map(({ total }) => total)).toEqual([100, 100]);
  });

  it("do not expect contacts of companies that failed", () => {
    const totals = stageTotals(progressOf([{ completed: 40, failed: 10, queued: 50 }, { completed: 40 }]));
    expect(totals.map(({ total }) => total)).toEqual([100, 90]);
  });

  it("expect as many figures as contacts, whatever became of the figures", () => {
    const { stages, ...rest } = progressOf([{ completed: 40, failed: 10, queued: 50 }, {}]);
    const [company, contacts] = stages;
    if (!company || !contacts) throw new Error("there are two stages");
    const financials: StageProgress = { ...contacts, stage: "financials", failed: 30 };
    const totals = stageTotals({ ...rest, stages: [company, financials, contacts] });
    expect(totals.map(({ total }) => total)).toEqual([100, 90, 90]);
    expect(stageTotals({ ...rest, stages: [financials, contacts] }).map(({ total }) => total)).toEqual([
      100, 100,
    ]);
  });

  it("expect of a source what is asked for, and the contacts that are known", () => {
    const { stages, ...rest } = progressOf([{ completed: 5 }, {}], 5);
    const pages = { ...NONE, stage: "discover" as const, completed: 2, processing: 3 };
    const enriched = { ...NONE, stage: "enrich" as const, queued: 4 };
    const totals = stageTotals({ ...rest, contacts_total: 7, stages: [pages, ...stages, enriched] });
    expect(totals.map(({ total }) => total)).toEqual([5, 5, 5, 7]);
  });

  it("expect to hand on the contacts that can still be enriched, or all if none are to be", () => {
    const enriched = { ...NONE, stage: "enrich" as const, completed: 3, failed: 2 };
    const handedOn = { ...NONE, stage: "sync" as const, completed: 1, queued: 2 };
    const run = { ...progressOf([]), contacts_total: 7 };
    expect(stageTotals({ ...run, stages: [enriched, handedOn] }).map(({ total }) => total)).toEqual([7, 5]);
    expect(stageTotals({ ...run, stages: [handedOn] }).map(({ total }) => total)).toEqual([7]);
  });

  it("are full when a run has ended", () => {
    const ended = progressOf([{ completed: 60, failed: 5 }, { completed: 60 }], 100, "completed");
    expect(runTotals(ended)).toEqual({ total: 125, done: 125, failed: 5, underWay: 0, left: 0 });
  });

  it("tell what is under way from what is left, in the queue or to come", () => {
    const first = { queued: 10, processing: 4, waiting: 3, completed: 20, failed: 2 };
    expect(runTotals(progressOf([first, { queued: 5, processing: 1, completed: 14 }]))).toEqual({
      total: 198,
      done: 36,
      failed: 2,
      underWay: 8,
      left: 154,
    });
  });

  it("never show more done than there is", () => {
    const count = fc.nat(50);
    const counts = fc.record({
      queued: count,
      processing: count,
      waiting: count,
      completed: count,
      failed: count,
      cancelled: count,
    });
    const status = fc.constantFrom<Progress["run"]["status"]>("running", "paused", "completed", "cancelled");
    fc.assert(
      fc.property(counts, counts, fc.nat(400), status, (first, second, companies, of) => {
        const progress = progressOf([first, second], companies, of);
        for (const { total, completed, failed, cancelled, working, waiting, queued } of stageTotals(
          progress,
        )) {
          expect(completed + failed + cancelled + working + waiting + queued).toBeLessThanOrEqual(total);
        }
        const { done, underWay, left, total } = runTotals(progress);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(done + underWay + left).toBe(total);
      }),
    );
  });
});
