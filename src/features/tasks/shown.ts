import type { Task } from "./keys";

interface Viewer {
  userId: string | undefined;
  /** The campaign whose page is open. */
  campaignId: string | undefined;
  /** Ids of failed tasks that the user has read of. */
  dismissed: readonly string[];
}

/** The tasks that concern a user: those under way and failed ones, their own or of the campaign that is open; that one's first. */
export function tasksFor(tasks: readonly Task[], { userId, campaignId, dismissed }: Viewer): Task[] {
  const here = (task: Task) => campaignId !== undefined && task.campaign_id === campaignId;
  const mine = (task: Task) => userId !== undefined && task.created_by === userId;
  return tasks
    .filter(
      (task) =>
        (here(task) || mine(task)) &&
        (task.status === "running" || (task.status === "failed" && !dismissed.includes(task.id))),
    )
    .toSorted((a, b) => Number(here(b)) - Number(here(a)));
}

/** Those that were under way before and have ended since. */
export function endedSince(before: readonly Task[], now: readonly Task[]): Task[] {
  const running = new Set(before.filter(({ status }) => status === "running").map(({ id }) => id));
  return now.filter(({ id, status }) => status !== "running" && running.has(id));
}
