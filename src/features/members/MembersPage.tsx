import { useState } from "react";
import { useCurrentWorkspace, type Workspace } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { InviteDialog } from "./InviteDialog";
import { useLiveMembers } from "./live";
import { MembersCard } from "./MembersCard";
import { PendingInvites } from "./PendingInvites";

/** Who is in the workspace as what, and who is asked. */
export default function MembersPage() {
  const workspace = useCurrentWorkspace();
  return workspace ? <Members key={workspace.id} workspace={workspace} /> : null;
}

function Members({ workspace }: { workspace: Workspace }) {
  const [inviting, setInviting] = useState(false);
  useLiveMembers(workspace.id);
  return (
    <>
      <MembersCard workspace={workspace} onInvite={() => setInviting(true)} />
      {can(workspace.role, "invite") && (
        <>
          <PendingInvites workspace={workspace} />
          <InviteDialog workspace={workspace} open={inviting} onOpenChange={setInviting} />
        </>
      )}
    </>
  );
}
