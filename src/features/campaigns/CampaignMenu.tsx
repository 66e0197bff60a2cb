import { Archive, ArchiveRestore, Ellipsis, Pencil, Trash2 } from "lucide-react";
import { lazy, useState } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Lazily } from "@/components/ui/lazily";
import { toastError } from "@/components/ui/toast";
import { useRole } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { useMoveCampaign } from "./archive";
import { useCampaignDialogs } from "./dialogs";
import type { Campaign } from "./keys";

const EditCampaignDialog = lazy(() => import("./EditCampaignDialog"));
const DeleteCampaignDialog = lazy(() => import("./DeleteCampaignDialog"));

interface CampaignMenuProps {
  campaign: Campaign;
  onDeleted?: () => void;
}

/** What can be done to a campaign as a whole; nothing is drawn for viewers. */
export default function CampaignMenu({ campaign, onDeleted }: CampaignMenuProps) {
  const [editing, setEditing] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const setArchiving = useCampaignDialogs((state) => state.setArchiving);
  const restore = useMoveCampaign("restore");
  const role = useRole();
  const { state } = campaign;
  if (!can(role, "editCampaign") || state === "deleting") return null;
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger
          render={<Button variant="ghost" size="icon-sm" aria-label={`Actions for ${campaign.name}`} />}
        >
          <Ellipsis className="text-muted-foreground" />
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onClick={() => setEditing(true)}>
            <Pencil /> Edit…
          </DropdownMenuItem>
          {can(role, "archiveCampaign") && state === "active" && (
            <DropdownMenuItem onClick={() => setArchiving(campaign)}>
              <Archive /> Archive…
            </DropdownMenuItem>
          )}
          {can(role, "archiveCampaign") && state === "archived" && (
            <DropdownMenuItem onClick={() => restore.mutate(campaign, { onError: toastError })}>
              <ArchiveRestore /> Restore
            </DropdownMenuItem>
          )}
          {can(role, "deleteCampaign") && (
            <>
              <DropdownMenuSeparator />
              <DropdownMenuItem destructive onClick={() => setDeleting(true)}>
                <Trash2 /> Delete…
              </DropdownMenuItem>
            </>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      <Lazily when={editing}>
        <EditCampaignDialog campaign={campaign} open={editing} onOpenChange={setEditing} />
      </Lazily>
      <Lazily when={deleting}>
        <DeleteCampaignDialog
          campaign={campaign}
          open={deleting}
          onOpenChange={setDeleting}
          {...(onDeleted && { onDeleted })}
        />
      </Lazily>
    </>
  );
}
