import { describe, expect, test } from "vitest";
import { jobText, type KeptAttempt, triesOf } from "./job-story";

const now = new Date("2026-11-22T10:00:00Z");
const job = {
  status: "completed" as const,
  attempt: 2,
  batch_id: "b2",
  cached_at: null,
  polled_since: null,
  run_after: "2026-11-22T09:00:00Z",
  error_code: null,
  error_message: null,
  started_at: "2026-11-22T09:55:00Z",
  finished_at: "2026-11-22T09:56:00Z",
};
const kept: KeptAttempt[] = [
  {
    attempt: 1,
    batch_id: "b1",
    outcome: "retry",
    error_message: "n8n.example.com answered 503.",
    finished_at: "2026-11-22T09:50:00Z",
  },
];

describe("the tries of a job", () => {
  test("are those that are kept and the one that brought the result", () => {
    expect(triesOf(job, kept)).toMatchObject([
      { attempt: 1, outcome: "retry", batchId: "b1", message: "n8n.example.com answered 503." },
      { attempt: 2, outcome: "completed", batchId: "b2" },
    ]);
  });

  test("show a request once, also when its result came after it was given up", () => {
    const tries = triesOf({ ...job, batch_id: "b1" }, kept);
    expect(tries.map(({ batchId }) => batchId)).toEqual(["b1", null]);
    expect(tries.at(-1)?.message).toContain("The result came for a request above");
    const again = triesOf({ ...job, batch_id: "b1", status: "waiting" }, kept);
    expect(again.at(-1)).toMatchObject({ outcome: "waiting", message: "The request above was sent again." });
  });

  test("of a job that failed end with the failure", () => {
    const failed = { ...job, status: "failed" as const };
    expect(triesOf(failed, kept)).toHaveLength(1);
    expect(triesOf({ ...job, status: "queued", attempt: 0 }, [])).toEqual([]);
  });
});

test("a result that was known took no try", () => {
  const known = { ...job, attempt: 0, batch_id: null, cached_at: "2026-11-20T09:00:00Z" };
  expect(triesOf(known, [])).toEqual([]);
  expect(jobText(known, "Clay", null, now)).toMatch(
    /known: Clay was asked for it Nov 20, 2026, .+ Nothing was sent/,
  );
});

describe("a job says", () => {
  test("until when its answer is awaited", () => {
    const text = jobText({ ...job, status: "waiting" }, "Clay", "2026-11-22T10:20:00Z", now);
    expect(text).toMatch(/^Handed over to Clay, the answer is awaited until Nov 22, 2026, .+\.$/);
    expect(jobText({ ...job, status: "waiting" }, "Clay", null, now)).toMatch(/is awaited\.$/);
  });

  test("when it is tried again, or that it is next", () => {
    const later = { ...job, status: "queued" as const, run_after: "2026-11-22T11:00:00Z" };
    expect(jobText(later, "Clay", null, now)).toMatch(/^Next try at \d+:\d\d:00\s[AP]M, the 3rd of 5\.$/);
    expect(jobText({ ...later, polled_since: "2026-11-22T09:55:00Z" }, "Clay", null, now)).toMatch(
      /^Clay is at work on it, since 5 minutes ago, and is asked again at \d+:\d\d:00\s[AP]M\.$/,
    );
    expect(jobText({ ...later, attempt: 0 }, "Clay", null, now)).toContain("another campaign");
    const unsent = { ...later, attempt: 0, error_code: "slice_over" };
    expect(jobText(unsent, "Clay", null, now)).toContain("the 1st of 5");
    const soon = { ...later, attempt: 0, run_after: "2026-11-22T10:00:02Z" };
    for (const next of [{ ...job, status: "queued" as const }, soon])
      expect(jobText(next, "Clay", null, now)).toBe("It waits for its turn.");
  });

  test("that its run is paused, and nothing of a next try, which is not due then", () => {
    const queued = { ...job, status: "queued" as const };
    for (const next of [queued, { ...queued, run_after: "2026-11-22T11:00:00Z" }])
      expect(jobText(next, "Clay", null, now, true)).toBe("It waits: the run is paused.");
    expect(jobText({ ...queued, polled_since: "2026-11-22T09:55:00Z" }, "Clay", null, now, true)).toBe(
      "Clay is at work on it, since 5 minutes ago, and is not asked again while the run is paused.",
    );
    expect(jobText({ ...job, status: "processing" }, "Clay", null, now, true)).toContain("is at work on it");
  });

  test("why it failed", () => {
    const failed = { ...job, status: "failed" as const, error_message: "No website is known." };
    expect(jobText(failed, "Web researcher", null, now)).toBe("No website is known.");
  });
});
