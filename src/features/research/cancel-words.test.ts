// @vitest-environment jsdom
import type { Progress } from "@contracts";
import { describe, expect, test } from "vitest";
import { cancelText } from "./cancel-words";
import { progress, run } from "./research-fixture";

const none = { queued: 0, processing: 0, waiting: 0, completed: 0, failed: 0, cancelled: 0 };
const of = (counts: Partial<typeof none>, change: Partial<Progress> = {}) =>
  cancelText({
    ...progress,
    run: { ...run, stages: ["company"] },
    companies_total: 400,
    providers: { company: "clay" },
    stages: [{ ...none, ...counts, stage: "company" }],
    ...change,
  });

describe("the question before a cancel", () => {
  test("tells what is not sent, in the queue or not fed to it yet, from what is under way and paid", () => {
    expect(of({ completed: 93, queued: 100, processing: 70, waiting: 48 })).toBe(
      "What was found so far is kept. 189 jobs will not be sent. 118 are being worked on right now: their results are still taken, and they are paid. Pause instead lets them finish and keeps the rest for later.",
    );
    expect(of({ completed: 398, queued: 1, waiting: 1 })).toContain(
      "1 job will not be sent. 1 is being worked on right now: its result is still taken, and it is paid. Pause instead lets it finish",
    );
  });

  test("says nothing of a price where nobody is paid", () => {
    expect(of({ processing: 2 }, { providers: { company: null } })).toContain(
      "2 are being worked on right now: their results are still taken. Pause",
    );
  });

  test("says nothing of a rest where all is sent", () => {
    expect(of({ completed: 398, waiting: 2 })).toBe(
      "What was found so far is kept. 2 are being worked on right now: their results are still taken, and they are paid.",
    );
  });

  test("says nothing of what is under way where nothing is", () => {
    expect(of({ queued: 400 })).toBe(
      "What was found so far is kept. 400 jobs will not be sent. Pause instead keeps them for later.",
    );
  });

  test("does not offer to pause what is paused", () => {
    expect(of({ queued: 400 }, { run: { ...run, stages: ["company"], status: "paused" } })).toBe(
      "What was found so far is kept. 400 jobs will not be sent. Left paused, the run keeps the rest for later.",
    );
  });
});
