import { expect, test } from "vitest";
import type { Task } from "./keys";
import { endedSince, tasksFor } from "./shown";

const task = (id: string, part: Partial<Task> = {}): Task => ({
  id,
  workspace_id: "w",
  campaign_id: "here",
  campaign_name: "Spring",
  kind: "edit_rows",
  list: "companies",
  patch: {},
  status: "running",
  total: 10,
  done: 1,
  message: null,
  error_message: null,
  created_by: "me",
  created_at: "2026-11-22T03:00:00Z",
  finished_at: null,
  ...part,
});
const ids = (tasks: readonly Task[]) => tasks.map(({ id }) => id);

test("one sees one's own tasks and those of the open campaign, that one's first", () => {
  const tasks = [
    task("mine elsewhere", { campaign_id: "there" }),
    task("a colleague's here", { created_by: "her" }),
    task("a colleague's elsewhere", { created_by: "her", campaign_id: "there" }),
    task("nobody's here", { created_by: null }),
  ];
  const viewer = { userId: "me", campaignId: "here", dismissed: [] };
  expect(ids(tasksFor(tasks, viewer))).toEqual(["a colleague's here", "nobody's here", "mine elsewhere"]);
  expect(ids(tasksFor(tasks, { ...viewer, campaignId: undefined }))).toEqual(["mine elsewhere"]);
});

test("failed tasks stay until they are dismissed; completed and cancelled ones go", () => {
  const tasks = [
    task("failed", { status: "failed" }),
    task("read", { status: "failed" }),
    task("done", { status: "completed" }),
    task("stopped", { status: "cancelled" }),
  ];
  expect(ids(tasksFor(tasks, { userId: "me", campaignId: "here", dismissed: ["read"] }))).toEqual(["failed"]);
});

test("only tasks that were seen running have ended since: what ended long ago is no news", () => {
  const before = [task("a"), task("b"), task("old", { status: "failed" })];
  const now = [
    task("a", { status: "completed" }),
    task("b"),
    task("old", { status: "failed" }),
    task("new", { status: "failed" }),
  ];
  expect(ids(endedSince(before, now))).toEqual(["a"]);
});
