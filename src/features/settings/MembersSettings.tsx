import { useQuery } from "@tanstack/react-query";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { membersOptions } from "@/features/workspaces/queries";
import { formatDate } from "@/lib/format";
import { useUserId } from "@/stores/session";

/** Who is in the workspace, and as what. */
export function MembersSettings({ workspaceId }: { workspaceId: string }) {
  const members = useQuery(membersOptions(workspaceId));
  return (
    <Card>
      <CardHeader>
        <CardTitle>Members</CardTitle>
      </CardHeader>
      {members.isPending ? (
        <div className="flex flex-col gap-3 p-4">
          <Skeleton className="h-6" />
        </div>
      ) : members.data ? (
        <MemberList members={members.data} />
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

interface Member {
  user_id: string;
  email: string;
  role: string;
  created_at: string;
}

function MemberList({ members }: { members: readonly Member[] }) {
  const userId = useUserId();
  return (
    <ul className="divide-y">
      {members.map((member) => (
        <li key={member.user_id} className="flex items-center gap-3 px-4 py-2.5">
          <Avatar name={member.email} />
          <span className="flex min-w-0 flex-1 gap-1">
            <span className="truncate">{member.email}</span>
            {member.user_id === userId && <span className="text-muted-foreground">(you)</span>}
          </span>
          <span className="text-muted-foreground text-xs max-sm:hidden">
            since {formatDate(member.created_at)}
          </span>
          <Badge variant={member.role === "owner" ? "primary" : "neutral"} className="capitalize">
            {member.role}
          </Badge>
        </li>
      ))}
    </ul>
  );
}
