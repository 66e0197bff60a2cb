import { useQuery } from "@tanstack/react-query";
import { Archive, ArchiveRestore, Building2, FileUp, History, Sparkles, Users } from "lucide-react";
import { useMemo } from "react";
import { useNavigate } from "react-router-dom";
import { toastError } from "@/components/ui/toast";
import { useMoveCampaign } from "@/features/campaigns/archive";
import { useCampaignDialogs } from "@/features/campaigns/dialogs";
import { campaignOptions } from "@/features/campaigns/queries";
import { openImportDialog } from "@/features/imports/import-dialog";
import { activeRunOptions } from "@/features/research/queries";
import { useRole } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { type Command, useCommands } from "@/stores/commands";

/**
 * Registers the commands of the open campaign: its pages, and for those who may importing, research, archiving and restoring.
 * `startResearch` opens the options of a new run.
 */
export function useCampaignCommands(campaignId: string, startResearch: () => void): void {
  const navigate = useNavigate();
  const role = useRole();
  const { data: campaign } = useQuery(campaignOptions(campaignId));
  const { data: active } = useQuery(activeRunOptions(campaignId));
  const runId = active?.id;
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
    const researching: Command = {
      id: "campaign-start-research",
      label: runId === undefined ? "Start research" : "Watch research",
      group: "This campaign",
      icon: Sparkles,
      keywords: "start run enrich find out",
      run: runId === undefined ? startResearch : () => void navigate(`/c/${campaignId}/research/${runId}`),
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
      ...(can(role, "research") ? [researching] : []),
      ...(mayMove ? [archiving] : []),
    ];
  }, [navigate, campaignId, campaign, role, runId, restore, startResearch]);
  useCommands(commands);
}
