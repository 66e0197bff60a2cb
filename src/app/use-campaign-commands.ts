import { Building2, FileUp, History, Sparkles, Users } from "lucide-react";
import { useMemo } from "react";
import { useNavigate } from "react-router-dom";
import { openImportDialog } from "@/features/imports/import-dialog";
import { useRole } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { type Command, useCommands } from "@/stores/commands";

/** Registers the commands of the open campaign: its pages, and importing for those who may. */
export function useCampaignCommands(campaignId: string): void {
  const navigate = useNavigate();
  const mayImport = can(useRole(), "import");
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
    return [
      page("companies", "Companies", Building2),
      page("contacts", "Contacts", Users),
      page("research", "Research", Sparkles),
      page("imports", "Imports", History),
      ...(mayImport ? [importing] : []),
    ];
  }, [navigate, campaignId, mayImport]);
  useCommands(commands);
}
