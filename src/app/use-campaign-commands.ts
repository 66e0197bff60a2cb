import { useQuery } from "@tanstack/react-query";
import { Archive, ArchiveRestore, Building2, FileUp, History, Sparkles, Users } from "lucide-react";
import { useMemo } from "react";
import { useNavigate } from "react-router-dom";
import { toastError } from "@/components/ui/toast";
import { useMoveCampaign } from "@/features/campaigns/archive";
import { useCampaignDialogs } from "@/features/campaigns/dialogs";
import { campaignOptions } from "@/features/campaigns/queries";
import { openImportDialog } from "@/features/imports/import-dialog";
import { useRole } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { type Command, useCommands } from "@/stores/commands";

/** Registers the commands of the open campaign: its pages, and for those who may importing, archiving and restoring. */
export function useCampaignCommands(campaignId: string): void {
  const navigate = useNavigate();
  const role = useRole();
  const { data: campaign } = useQuery(campaignOptions(campaignId));
  const { mutate: restore } = useMoveCampaign("restore");
  const commands = useMemo<Command[]>(() => {
    const page = (path: string, label: string, icon: Command["icon"]): Command => ({
      id: `campaign-${path}`,
      label,
      group: "This campaign",
      ...(icon && { icon }),
      run: () => void navigate(`/c/${campaignId}/${path}`),
    });
    const importing: Command = {
      id: "campaign-import",
      label: "Import a file",
      group: "This campaign",
      icon: FileUp,
      keywords: "csv upload add companies contacts",
      run: () => openImportDialog(campaignId),
    };
    const rows = [page("companies", "Companies", Building2), page("contacts", "Contacts", Users)];
    const mayMove = can(role, "archiveCampaign");
    if (campaign?.state === "archived") {
      const restoring: Command = {
        id: "campaign-restore",
        label: "Restore this campaign",
        group: "This campaign",
        icon: ArchiveRestore,
        keywords: "unarchive bring back",
        run: () => restore(campaign, { onError: toastError }),
      };
      return mayMove ? [...rows, restoring] : rows;
    }
    if (campaign?.state !== "active") return rows;
    const archiving: Command = {
      id: "campaign-archive",
      label: "Archive this campaign",
      group: "This campaign",
      icon: Archive,
      keywords: "put away close finish",
      run: () => useCampaignDialogs.getState().setArchiving(campaign),
    };
    return [
      ...rows,
      page("research", "Research", Sparkles),
      page("imports", "Imports", History),
      ...(can(role, "import") ? [importing] : []),
      ...(mayMove ? [archiving] : []),
    ];
  }, [navigate, campaignId, campaign, role, restore]);
  useCommands(commands);
}
