import { PageHeader } from "@/components/ui/page-header";
import { useCurrentWorkspace } from "@/features/workspaces/queries";
import { AppearanceSettings } from "./AppearanceSettings";
import { MembersSettings } from "./MembersSettings";
import { ProfileSettings } from "./ProfileSettings";
import { WorkspaceSettings } from "./WorkspaceSettings";

/** Settings of the user and of the current workspace. */
export default function SettingsPage() {
  const workspace = useCurrentWorkspace();
  return (
    <>
      <PageHeader title="Settings" />
      <div className="mx-auto flex w-full max-w-2xl flex-col gap-5 p-4 sm:p-6">
        <ProfileSettings />
        <AppearanceSettings />
        {workspace && (
          <>
            <WorkspaceSettings key={workspace.id} workspace={workspace} />
            <MembersSettings workspaceId={workspace.id} />
          </>
        )}
      </div>
    </>
  );
}
