import { lazy } from "react";
import { useMatch } from "react-router-dom";
import { Lazily } from "@/components/ui/lazily";
import { useCurrentWorkspace } from "@/features/workspaces/queries";
import { useUserId } from "@/stores/session";
import { useDismissedTasks } from "./dismissed";
import { useLiveTasks } from "./live";
import { tasksFor } from "./shown";

const TaskStrip = lazy(() => import("./TaskStrip"));

/** The background tasks that concern the user where they are; nothing while there are none. */
export default function Tasks() {
  const tasks = useLiveTasks(useCurrentWorkspace()?.id);
  const campaignId = useMatch("/c/:campaignId/*")?.params.campaignId;
  const userId = useUserId();
  const dismissed = useDismissedTasks((state) => state.ids);
  const shown = tasksFor(tasks, { userId, campaignId, dismissed });
  return (
    <Lazily when={shown.length > 0}>
      <TaskStrip tasks={shown} />
    </Lazily>
  );
}
