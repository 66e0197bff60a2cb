import type { Member } from "@contracts";
import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { Workspace } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { useUserId } from "@/stores/session";
import { type MemberDeed, MemberDialogs } from "./MemberDialogs";
import { MemberRow } from "./MemberRow";
import { membersOptions } from "./queries";

interface MembersCardProps {
  workspace: Workspace;
  onInvite: () => void;
}

/** The list of members with what the user may do to each. */
export function MembersCard({ workspace, onInvite }: MembersCardProps) {
  const members = useQuery(membersOptions(workspace.id));
  const mayInvite = can(workspace.role, "invite");
  return (
    <Card aria-labelledby="members">
      <CardHeader className="items-center">
        <div className="flex min-w-0 flex-col">
          <CardTitle id="members">Members</CardTitle>
          {!mayInvite && <p className="text-muted-foreground text-xs">Owners and admins invite people.</p>}
        </div>
        {mayInvite && (
          <Button variant="primary" onClick={onInvite}>
            <UserPlus /> Invite
          </Button>
        )}
      </CardHeader>
      {members.isPending ? (
        <div className="flex flex-col gap-3 p-4">
          <Skeleton className="h-6" />
          <Skeleton className="h-6" />
        </div>
      ) : members.data ? (
        <MemberList workspace={workspace} members={members.data} />
      ) : (
        <ErrorState
          error={members.error}
          onRetry={() => void members.refetch()}
          retrying={members.isFetching}
          className="py-8"
        />
      )}
    </Card>
  );
}

function MemberList({ workspace, members }: { workspace: Workspace; members: readonly Member[] }) {
  const userId = useUserId();
  const [deed, setDeed] = useState<MemberDeed | null>(null);
  const isOnlyOwner = members.filter(({ role }) => role === "owner").length < 2;
  return (
    <>
      <ul className="divide-y" aria-labelledby="members">
        {members.map((member) => (
          <MemberRow
            key={member.user_id}
            workspace={workspace}
            member={member}
            isMe={member.user_id === userId}
            isOnlyOwner={isOnlyOwner && member.role === "owner"}
            onDeed={setDeed}
          />
        ))}
      </ul>
      <MemberDialogs workspace={workspace} deed={deed} onClose={() => setDeed(null)} />
    </>
  );
}
