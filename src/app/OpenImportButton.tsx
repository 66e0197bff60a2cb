import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { openImportDialog } from "@/features/imports/import-dialog";
import { roleAllows, useCurrentWorkspace } from "@/features/workspaces/queries";

interface OpenImportButtonProps {
  campaignId: string;
  children: ReactNode;
}

/** Opens the campaign's import dialog from an empty list; viewers, who cannot import, do not see it. */
export function OpenImportButton({ campaignId, children }: OpenImportButtonProps) {
  const role = useCurrentWorkspace()?.role;
  if (!roleAllows(role, "member")) return null;
  return (
    <Button variant="primary" onClick={() => openImportDialog(campaignId)}>
      {children}
    </Button>
  );
}
