// @vitest-environment jsdom
import type { Progress, StageProgress } from "@contracts";
import { expect, test } from "vitest";
import { runLook, startedWords } from "./labels";
import { progress, run } from "./research-fixture";

const NONE = { queued: 0, processing: 0, waiting: 0, completed: 0, failed: 0, cancelled: 0 };
const after = (
  counts: Partial<StageProgress>,
  status: Progress["run"]["status"] = "completed",
): Progress => ({
  ...progress,
  run: { ...run, status },
  stages: [{ ...NONE, stage: "company", ...counts }],
});

test("a run that has ended is done, with what failed of it, or has failed as a whole", () => {
  expect(runLook(after({ completed: 20 }))).toEqual({ label: "Done", variant: "success" });
  expect(runLook(after({ completed: 18, failed: 2 }))).toEqual({
    label: "Done, 2 failed",
    variant: "warning",
  });
  expect(runLook(after({ failed: 20 }))).toEqual({ label: "Failed", variant: "destructive" });
  expect(runLook(after({ failed: 2 }, "running")).label).toBe("Running");
  expect(runLook(after({ failed: 2 }, "cancelled")).label).toBe("Cancelled");
});

test("a start of fewer than were chosen says why", () => {
  const contacts: Progress = { ...progress, run: { ...run, stages: ["enrich"] }, contacts_total: 24 };
  expect(startedWords(contacts, 46)).toEqual({
    title: "Research of 24 of 46 contacts has started",
    description: "The others were done already or are not to be contacted.",
  });
  expect(startedWords(progress, 21)).toEqual({
    title: "Research of 20 of 21 companies has started",
    description: "The others were done already.",
  });
});

test("a start of all that were chosen, or of more than are counted, says nothing of others", () => {
  const title = "Research of 20 companies has started";
  for (const chosen of [20, null, 100_001]) expect(startedWords(progress, chosen)).toEqual({ title });
});
