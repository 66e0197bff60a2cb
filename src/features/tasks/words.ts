import type { RowPatch } from "@contracts";
import { formatCount, formatNumber } from "@/lib/format";
import type { Task } from "./keys";

/** What is done to rows, while it is done and afterwards. */
interface Deed {
  doing: string;
  done: string;
}

function tagsText(tags: readonly string[]): string {
  const [first, ...others] = tags;
  return others.length === 0 ? `tag “${first}”` : formatCount(tags.length, "tag");
}

function deedOf({ add_tags, remove_tags, owner_id, do_not_contact }: RowPatch): Deed {
  if (add_tags) return { doing: `Adding ${tagsText(add_tags)}`, done: `Added ${tagsText(add_tags)}` };
  if (remove_tags)
    return { doing: `Removing ${tagsText(remove_tags)}`, done: `Removed ${tagsText(remove_tags)}` };
  if (owner_id === null) return { doing: "Taking the owner away", done: "Took the owner away" };
  if (owner_id !== undefined) return { doing: "Setting the owner", done: "Set the owner" };
  if (do_not_contact) return { doing: "Marking as do not contact", done: "Marked as do not contact" };
  return { doing: "Allowing contact", done: "Allowed contact" };
}

function rowsText({ list }: Task, count: number): string {
  return list === "contacts" ? formatCount(count, "contact") : formatCount(count, "company", "companies");
}

/** What a task does, such as "Adding tag “hot” to companies". */
export function activityText(task: Pick<Task, "kind" | "list" | "patch" | "campaign_name">): string {
  const { kind, list, patch, campaign_name: name } = task;
  if (kind === "archive") return `Archiving ${name}`;
  if (kind === "restore") return `Restoring ${name}`;
  if (kind === "delete") return `Deleting ${name}`;
  if (kind === "delete_rows") return `Deleting ${list} of ${name}`;
  return `${deedOf(patch).doing}: ${list} of ${name}`;
}

/** "12,000 of 300,000"; "Starting" before the first are done. */
export function progressText({ done, total }: Pick<Task, "done" | "total">): string {
  return done === 0 ? "Starting" : `${formatNumber(Math.min(done, total))} of ${formatNumber(total)}`;
}

/** What people are told when a task has ended: what happened, and what was kept. */
export function endText(task: Task): { title: string; description?: string } {
  const { kind, status, done, total, campaign_name: name, error_message: error, message } = task;
  const rows = kind === "edit_rows" || kind === "delete_rows";
  if (status === "failed") {
    const kept = rows && done > 0 ? ` ${progressText(task)} were done.` : "";
    return { title: `${activityText(task)} has stopped`, description: `${error ?? ""}${kept}`.trim() };
  }
  if (status === "cancelled") {
    const which = `${formatNumber(done)} of ${rowsText(task, total)}`;
    return {
      title: "Cancelled",
      description:
        kind === "delete_rows"
          ? `${which} were deleted; the others are kept.`
          : `${which} were changed and stay so; the others are as before.`,
    };
  }
  const note = message === null ? {} : { description: message };
  if (kind === "archive")
    return { title: `${name} is archived`, description: "It can be read, and restored at any time." };
  if (kind === "restore") return { title: `${name} is back`, ...note };
  if (kind === "delete") return { title: `${name} is deleted` };
  if (kind === "delete_rows") return { title: `${rowsText(task, done)} deleted`, ...note };
  return { title: deedOf(task.patch).done, description: rowsText(task, done) };
}
