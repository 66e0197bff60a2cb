import { toastNews, toastSuccess } from "@/components/ui/toast";
import type { Task } from "./keys";
import { endText } from "./words";

/** Says that a task has ended. Failed ones stay on screen until they are dismissed, so they need no toast. */
export function tellEnd(task: Task): void {
  if (task.status === "failed") return;
  const { title, description } = endText(task);
  if (task.status === "completed") toastSuccess({ title, ...(description !== undefined && { description }) });
  else toastNews({ title, description: description ?? "" });
}
