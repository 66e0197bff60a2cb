import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { openImportDialog } from "@/features/imports/import-dialog";
import { useRole } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";

interface OpenImportButtonProps {
  campaignId: string;
  children: ReactNode;
}

/** Opens the campaign's import dialog from an empty list; viewers, who cannot import, do not see it. */
export function OpenImportButton({ campaignId, children }: OpenImportButtonProps) {
  const role = useRole();
  if (!can(role, "import")) return null;
  return (
    <Button variant="primary" onClick={() => openImportDialog(campaignId)}>
      {children}
    </Button>
  );
}
