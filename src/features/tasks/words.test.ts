import { expect, test } from "vitest";
import type { Task } from "./keys";
import { activityText, endText, progressText } from "./words";

const task: Task = {
  id: "t1",
  workspace_id: "w",
  campaign_id: "c",
  campaign_name: "Spring",
  kind: "edit_rows",
  list: "companies",
  patch: { add_tags: ["hot"] },
  status: "running",
  total: 300_000,
  done: 12_000,
  message: null,
  error_message: null,
  created_by: "u",
  created_at: "2026-11-22T03:00:00Z",
  finished_at: null,
};

test.each([
  [{ patch: { add_tags: ["hot"] } }, "Adding tag “hot”: companies of Spring"],
  [{ patch: { remove_tags: ["a", "b"] } }, "Removing 2 tags: companies of Spring"],
  [{ patch: { owner_id: null } }, "Taking the owner away: companies of Spring"],
  [{ patch: { owner_id: "u" }, list: "contacts" }, "Setting the owner: contacts of Spring"],
  [{ patch: { do_not_contact: true }, list: "contacts" }, "Marking as do not contact: contacts of Spring"],
  [{ patch: { do_not_contact: false }, list: "contacts" }, "Allowing contact: contacts of Spring"],
  [{ kind: "delete_rows" }, "Deleting companies of Spring"],
  [{ kind: "archive" }, "Archiving Spring"],
  [{ kind: "restore" }, "Restoring Spring"],
  [{ kind: "delete" }, "Deleting Spring"],
] satisfies [Partial<Task>, string][])("a task says what it does: %j", (part, text) => {
  expect(activityText({ ...task, ...part })).toBe(text);
});

test("how far it is never passes the whole", () => {
  expect(progressText({ done: 0, total: 5 })).toBe("Starting");
  expect(progressText({ done: 12_000, total: 300_000 })).toBe("12,000 of 300,000");
  expect(progressText({ done: 7, total: 5 })).toBe("5 of 5");
});

test("a cancelled task says what was changed and what is as before", () => {
  expect(endText({ ...task, status: "cancelled" }).description).toBe(
    "12,000 of 300,000 companies were changed and stay so; the others are as before.",
  );
  expect(endText({ ...task, kind: "delete_rows", list: "contacts", status: "cancelled" }).description).toBe(
    "12,000 of 300,000 contacts were deleted; the others are kept.",
  );
});

test("a failed task says why, and how much was done", () => {
  expect(endText({ ...task, status: "failed", error_message: "The owner has left." })).toEqual({
    title: "Adding tag “hot”: companies of Spring has stopped",
    description: "The owner has left. 12,000 of 300,000 were done.",
  });
});

test("a completed one says what was done to how many", () => {
  const completed: Task = { ...task, status: "completed", done: 1, total: 1 };
  expect(endText(completed)).toEqual({ title: "Added tag “hot”", description: "1 company" });
  expect(endText({ ...completed, kind: "delete_rows" })).toEqual({ title: "1 company deleted" });
  expect(endText({ ...completed, kind: "restore", message: "3 rows have no owner now." })).toEqual({
    title: "Spring is back",
    description: "3 rows have no owner now.",
  });
});
