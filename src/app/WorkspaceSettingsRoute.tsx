import { DeleteWorkspace } from "@/features/members/DeleteWorkspace";
import { ArchiveSettings } from "@/features/settings/ArchiveSettings";
import { WorkspaceSettings } from "@/features/settings/WorkspaceSettings";
import { useCurrentWorkspace } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";

/** The workspace's settings, and its end for owners. */
export default function WorkspaceSettingsRoute() {
  const workspace = useCurrentWorkspace();
  if (!workspace) return null;
  return (
    <>
      <WorkspaceSettings key={workspace.id} workspace={workspace} />
      <ArchiveSettings key={`${workspace.id} archive`} workspace={workspace} />
      {can(workspace.role, "deleteWorkspace") && (
        <DeleteWorkspace key={`${workspace.id} end`} workspace={workspace} />
      )}
    </>
  );
}
