import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Archive, ArchiveRestore, type LucideIcon, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { toastError } from "@/components/ui/toast";
import { tasksOptions } from "@/features/tasks/queries";
import { useRole } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { type Move, useMoveCampaign } from "./archive";
import type { Campaign } from "./keys";

type BusyState = "archiving" | "restoring" | "deleting";

const texts: Record<BusyState, { icon: LucideIcon; title: string; message: string }> = {
  archiving: {
    icon: Archive,
    title: "This campaign is being archived",
    message: "Nothing in it can be changed meanwhile. Afterwards it can be read here, and restored.",
  },
  restoring: {
    icon: ArchiveRestore,
    title: "This campaign is being restored",
    message: "Nothing in it can be changed until all of its companies and contacts are back.",
  },
  deleting: {
    icon: Trash2,
    title: "This campaign is being deleted",
    message: "Its companies and contacts are going, and then the campaign itself.",
  },
};

function MoveButton({ campaign, move, label }: { campaign: Campaign; move: Move; label: string }) {
  const { mutate, isPending } = useMoveCampaign(move);
  return (
    <Button pending={isPending} onClick={() => mutate(campaign, { onError: toastError })}>
      {label}
    </Button>
  );
}

/** In the place of the pages of a campaign whose rows are on their way, with the way on where that has stopped halfway. */
export default function BusyCampaign({ campaign, state }: { campaign: Campaign; state: BusyState }) {
  const queryClient = useQueryClient();
  const { data: tasks } = useQuery(tasksOptions(queryClient, campaign.workspace_id));
  const failed = tasks?.some((task) => task.campaign_id === campaign.id && task.status === "failed");
  const running = tasks?.some((task) => task.campaign_id === campaign.id && task.status === "running");
  const mayGoOn = can(useRole(), "archiveCampaign") && failed && !running && state !== "deleting";
  const { icon, title, message } = texts[state];
  return (
    <EmptyState
      icon={icon}
      title={title}
      message={message}
      action={
        mayGoOn && (
          <>
            {state === "archiving" && (
              <MoveButton campaign={campaign} move="archive" label="Go on archiving" />
            )}
            <MoveButton
              campaign={campaign}
              move="restore"
              label={state === "archiving" ? "Bring it back" : "Go on restoring"}
            />
          </>
        )
      }
      className="flex-1"
    />
  );
}
