import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { toastNews, toastSuccess } from "@/components/ui/toast";
import { useChannel } from "@/lib/realtime";
import { useUserId } from "@/stores/session";
import { type Task, taskKeys } from "./keys";
import { tasksOptions } from "./queries";
import { endedSince } from "./shown";
import { endText } from "./words";

const NONE: readonly Task[] = [];

/** The workspace's tasks, followed live; tells the user how those that they started have ended. Once, in the shell. */
export function useLiveTasks(workspaceId: string | undefined): readonly Task[] {
  const queryClient = useQueryClient();
  const { data = NONE } = useQuery({
    ...tasksOptions(queryClient, workspaceId ?? ""),
    enabled: workspaceId !== undefined,
  });
  const reread = () => {
    if (workspaceId) void queryClient.invalidateQueries({ queryKey: taskKeys.shown(workspaceId) });
  };
  useChannel(
    workspaceId ? `workspace:${workspaceId}` : null,
    (changes) => {
      if (changes.some(({ table }) => table === "bulk_tasks")) reread();
    },
    reread,
  );

  const userId = useUserId();
  const before = useRef(data);
  useEffect(() => {
    const ended = endedSince(before.current, data).filter((task) => task.created_by === userId);
    before.current = data;
    for (const task of ended) tellEnd(task);
  }, [data, userId]);
  return data;
}

/** Says that a task has ended. Failed ones stay on screen until they are dismissed, so they need no toast. */
export function tellEnd(task: Task): void {
  if (task.status === "failed") return;
  const { title, description } = endText(task);
  if (task.status === "completed") toastSuccess({ title, ...(description !== undefined && { description }) });
  else toastNews({ title, description: description ?? "" });
}
