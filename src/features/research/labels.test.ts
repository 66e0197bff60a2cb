// @vitest-environment jsdom
import type { Progress } from "@contracts";
import { expect, test } from "vitest";
import { runLook, startedWords } from "./labels";
import { progress, run } from "./research-fixture";

test("a run that has ended is done, with what failed of it, or has failed as a whole", () => {
  expect(runLook("completed", { done: 20, failed: 0 })).toEqual({ label: "Done", variant: "success" });
  expect(runLook("completed", { done: 0, failed: 0 }).label).toBe("Done");
  expect(runLook("completed", { done: 20, failed: 2 })).toEqual({
    label: "Done, 2 failed",
    variant: "warning",
  });
  expect(runLook("completed", { done: 20, failed: 20 })).toEqual({ label: "Failed", variant: "destructive" });
  expect(runLook("running", { done: 2, failed: 2 }).label).toBe("Running");
  expect(runLook("cancelled", { done: 2, failed: 2 }).label).toBe("Cancelled");
});

test("a run that its cap keeps from sending is stopped by it, unless it is paused anyway", () => {
  const ended = { done: 2, failed: 0 };
  expect(runLook("running", ended, true)).toEqual({ label: "Stopped by its cap", variant: "warning" });
  expect(runLook("paused", ended, true).label).toBe("Paused");
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
