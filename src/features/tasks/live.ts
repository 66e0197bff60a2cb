import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useChannel } from "@/lib/realtime";
import { useUserId } from "@/stores/session";
import { type Task, taskKeys } from "./keys";
import { tasksOptions } from "./queries";
import { endedSince } from "./shown";
import { tellEnd } from "./tell-end";

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
