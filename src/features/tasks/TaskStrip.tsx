import { CircleAlert, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { toastError } from "@/components/ui/toast";
import { useRole } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { useDismissedTasks } from "./dismissed";
import type { Task } from "./keys";
import { useCancelTask } from "./queries";
import { activityText, endText, progressText } from "./words";

/** So many are shown; more at a time are rare. */
const SHOWN = 3;

function RunningTask({ task }: { task: Task }) {
  const cancel = useCancelTask();
  const mayCancel = can(useRole(), "editRows") && (task.kind === "edit_rows" || task.kind === "delete_rows");
  const activity = activityText(task);
  return (
    <li className="flex min-h-10 items-center gap-3 px-4 py-1.5 text-sm sm:px-6">
      <span className="min-w-0 truncate font-medium">{activity}</span>
      <Progress
        value={Math.min(task.done, task.total)}
        max={Math.max(task.total, 1)}
        label={activity}
        valueText={progressText(task)}
        className="min-w-10 max-w-48 flex-1"
      />
      <span className="shrink-0 text-muted-foreground tabular-nums">{progressText(task)}</span>
      {mayCancel && (
        <Button
          variant="ghost"
          size="sm"
          className="ml-auto"
          pending={cancel.isPending}
          onClick={() => cancel.mutate(task.id, { onError: toastError })}
        >
          Cancel
        </Button>
      )}
    </li>
  );
}

function FailedTask({ task }: { task: Task }) {
  const dismiss = useDismissedTasks((state) => state.dismiss);
  const { title, description } = endText(task);
  return (
    <li className="flex items-start gap-2 px-4 py-2 text-sm sm:px-6">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-destructive-text" />
      <p className="min-w-0 flex-1 break-words">
        <span className="font-medium">{title}.</span>{" "}
        <span className="text-muted-foreground">{description}</span>
      </p>
      <Button variant="ghost" size="icon-sm" aria-label="Dismiss" onClick={() => dismiss(task.id)}>
        <X className="text-muted-foreground" />
      </Button>
    </li>
  );
}

/** Background tasks below the page: how far they are, or why they stopped. */
export default function TaskStrip({ tasks }: { tasks: readonly Task[] }) {
  const more = tasks.length - SHOWN;
  if (tasks.length === 0) return null;
  return (
    <section aria-label="Background tasks" className="shrink-0 border-t bg-muted/60">
      <ul className="divide-y">
        {tasks
          .slice(0, SHOWN)
          .map((task) =>
            task.status === "running" ? (
              <RunningTask key={task.id} task={task} />
            ) : (
              <FailedTask key={task.id} task={task} />
            ),
          )}
      </ul>
      {more > 0 && (
        <p className="border-t px-4 py-1 text-muted-foreground text-xs sm:px-6">and {more} more</p>
      )}
    </section>
  );
}
