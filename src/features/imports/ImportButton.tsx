import { FileUp } from "lucide-react";
import { lazy, Suspense } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";
import { useRole } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { closeImportDialog, openImportDialog, useImportDialog } from "./import-dialog";
import { PageDropZone } from "./PageDropZone";

// What reads CSV is loaded when somebody imports.
const ImportDialog = lazy(() => import("./ImportDialog"));

interface ImportButtonProps {
  campaignId: string;
  variant?: ButtonProps["variant"];
}

/**
 * Opens the import dialog of a campaign, and draws it for everything else on the campaign's pages that opens it, such as a file
 * dropped on them. Viewers, who cannot import, do not see it.
 */
export function ImportButton({ campaignId, variant = "secondary" }: ImportButtonProps) {
  const dialog = useImportDialog();
  const role = useRole();
  if (!can(role, "import")) return null;
  return (
    <>
      <Button variant={variant} onClick={() => openImportDialog(campaignId)}>
        <FileUp />
        Import
      </Button>
      <PageDropZone campaignId={campaignId} />
      {dialog.campaignId === campaignId && (
        <Suspense>
          <ImportDialog
            campaignId={campaignId}
            file={dialog.file}
            unfinished={dialog.unfinished}
            onClose={closeImportDialog}
          />
        </Suspense>
      )}
    </>
  );
}
