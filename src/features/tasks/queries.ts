import { bulkTask } from "@contracts";
import { type QueryClient, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import * as z from "zod/mini";
import { unwrap } from "@/lib/errors";
import { rpc } from "@/lib/rpc";
import { getSupabase } from "@/lib/supabase";
import { type Task, taskKeys } from "./keys";
import { tellEnd } from "./tell-end";

const columns =
  "id, workspace_id, campaign_id, campaign_name, kind, list, patch, status, total, done, message, error_message, created_by, created_at, finished_at";
const tasks = z.array(z.omit(bulkTask, { filter: true }));

/** How long a failed task is told of, in milliseconds. */
const failedFor = 24 * 60 * 60 * 1_000;
const limit = 50;

/** The tasks of a workspace that are under way, those that were at the last answer, and those that failed within a day; the newest first. */
export function tasksOptions(queryClient: QueryClient, workspaceId: string) {
  const queryKey = taskKeys.shown(workspaceId);
  return queryOptions({
    queryKey,
    queryFn: async ({ signal }): Promise<Task[]> => {
      const known = queryClient.getQueryData<Task[]>(queryKey) ?? [];
      const running = known.filter(({ status }) => status === "running").map(({ id }) => id);
      const since = new Date(Date.now() - failedFor).toISOString();
      const wanted = [
        "status.eq.running",
        `and(status.eq.failed,finished_at.gt."${since}")`,
        ...(running.length > 0 ? [`id.in.(${running.join(",")})`] : []),
      ];
      return tasks.parse(
        unwrap(
          await getSupabase()
            .from("bulk_tasks")
            .select(columns)
            .eq("workspace_id", workspaceId)
            .or(wanted.join(","))
            .order("created_at", { ascending: false })
            .order("id")
            .limit(limit)
            .abortSignal(signal),
        ),
      );
    },
  });
}

/** Takes in a task that was just started or stopped: one that is done already is told at once, others are followed with all that are shown. */
export function useNoteTask(): (task: Task) => void {
  const queryClient = useQueryClient();
  return (task) => {
    noteTask(queryClient, task);
    if (task.status === "completed") tellEnd(task);
  };
}

function noteTask(queryClient: QueryClient, task: Task): void {
  queryClient.setQueryData<Task[]>(taskKeys.shown(task.workspace_id), (shown = []) =>
    shown.some(({ id }) => id === task.id)
      ? shown.map((one) => (one.id === task.id ? task : one))
      : [task, ...shown],
  );
}

/** Ends a task where it is. */
export function useCancelTask() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (taskId: string) => rpc("cancel_task", { task_id: taskId }),
    onSuccess: (task) => noteTask(queryClient, task),
  });
}
