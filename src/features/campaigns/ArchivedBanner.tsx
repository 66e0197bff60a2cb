import { useQuery } from "@tanstack/react-query";
import { Archive } from "lucide-react";
import { Button } from "@/components/ui/button";
import { toastError } from "@/components/ui/toast";
import { membersOptions } from "@/features/members/queries";
import { useRole } from "@/features/workspaces/queries";
import { formatDate } from "@/lib/format";
import { can } from "@/lib/roles";
import { archivedOptions, useMoveCampaign } from "./archive";
import type { Campaign } from "./keys";

/** Since when a campaign is archived, who did it, and the way back. */
export default function ArchivedBanner({ campaign }: { campaign: Campaign }) {
  const { data: archived } = useQuery(archivedOptions(campaign.id));
  const { data: members } = useQuery(membersOptions(campaign.workspace_id));
  const mayRestore = can(useRole(), "archiveCampaign");
  const restore = useMoveCampaign("restore");
  const person = members?.find(({ user_id }) => user_id === archived?.archived_by)?.email;
  const by = archived?.archived_by === null ? " because nobody worked on it" : person ? ` by ${person}` : "";
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b bg-muted/60 px-4 py-2 text-sm sm:px-6">
      <Archive aria-hidden className="size-4 shrink-0 text-muted-foreground max-sm:hidden" />
      <p className="min-w-0">
        <strong className="font-medium">
          {archived?.archived_at ? `Archived on ${formatDate(archived.archived_at)}${by}.` : "Archived."}
        </strong>{" "}
        <span className="text-muted-foreground">
          {mayRestore
            ? "It can be read; restore it to change anything."
            : "It can be read; a member can restore it."}
        </span>
      </p>
      {mayRestore && (
        <Button
          size="sm"
          className="ml-auto"
          pending={restore.isPending}
          onClick={() => restore.mutate(campaign, { onError: toastError })}
        >
          Restore
        </Button>
      )}
    </div>
  );
}
