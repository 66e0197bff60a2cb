import type { Invite } from "@contracts";
import { useQuery } from "@tanstack/react-query";
import { Link2, Mail, X } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { toastError, toastNews, toastSuccess } from "@/components/ui/toast";
import type { Workspace } from "@/features/workspaces/queries";
import { formatDate } from "@/lib/format";
import { mayManage } from "@/lib/roles";
import { InviteLink } from "./InviteLink";
import { pendingInvitesOptions, useRevokeInvite, useSendInvite } from "./invite-queries";
import { inviteState } from "./invite-state";
import { membersOptions } from "./queries";
import { roleNames } from "./role-names";

/** The invites that wait for an answer; nothing is drawn while there are none. */
export function PendingInvites({ workspace }: { workspace: Workspace }) {
  const invites = useQuery(pendingInvitesOptions(workspace.id));
  const [linked, setLinked] = useState<Invite | null>(null);
  if (invites.data?.length === 0 && !linked) return null;
  return (
    <Card aria-labelledby="invites">
      <CardHeader>
        <CardTitle id="invites">Waiting for an answer</CardTitle>
      </CardHeader>
      {invites.isPending ? (
        <Skeleton className="m-4 h-6" />
      ) : invites.data ? (
        <ul className="divide-y" aria-labelledby="invites">
          {invites.data.map((invite) => (
            <InviteRow
              key={invite.id}
              workspace={workspace}
              invite={invite}
              onLink={() => setLinked(invite)}
            />
          ))}
        </ul>
      ) : (
        <ErrorState
          error={invites.error}
          onRetry={() => void invites.refetch()}
          retrying={invites.isFetching}
          className="py-8"
        />
      )}
      <Dialog open={linked !== null} onOpenChange={(open) => !open && setLinked(null)}>
        <DialogContent title="Invite by a link" description={`Send it to ${linked?.email ?? ""} yourself.`}>
          {linked && <InviteLink key={linked.id} workspaceId={workspace.id} inviteId={linked.id} />}
        </DialogContent>
      </Dialog>
    </Card>
  );
}

interface InviteRowProps {
  workspace: Workspace;
  invite: Invite;
  onLink: () => void;
}

function InviteRow({ workspace, invite, onLink }: InviteRowProps) {
  const { data: members } = useQuery(membersOptions(workspace.id));
  const send = useSendInvite(workspace.id);
  const revoke = useRevokeInvite(workspace.id);
  const state = inviteState(invite, members, Date.now());
  const sendAgain = () =>
    send.mutate(
      { invite_id: invite.id },
      {
        onSuccess: ({ problem }) =>
          problem
            ? toastNews({ title: "No mail was sent", description: problem })
            : toastSuccess({ title: "Invite sent again", description: invite.email }),
        onError: toastError,
      },
    );
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5">
      <div className="flex min-w-40 flex-1 flex-col">
        <span className="truncate">{invite.email}</span>
        <span className="text-muted-foreground text-xs">
          {state === "expired"
            ? "Expired: send it again"
            : state === "void"
              ? "Who invited may no longer do so: send it again"
              : `${state === "unmailed" ? "Not mailed: hand over a link" : "Mailed"}, until ${formatDate(invite.expires_at)}`}
        </span>
      </div>
      <Badge variant={state === "mailed" ? "neutral" : "warning"}>{roleNames[invite.role]}</Badge>
      {mayManage(workspace.role, invite.role) && (
        <div className="flex items-center max-sm:-ml-2.5 max-sm:w-full">
          <Button variant="ghost" size="sm" pending={send.isPending} onClick={sendAgain}>
            <Mail /> Send again
          </Button>
          <Button variant="ghost" size="sm" onClick={onLink} aria-label={`Link for ${invite.email}`}>
            <Link2 /> Link
          </Button>
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={`Take back the invite of ${invite.email}`}
            title="Take back"
            onClick={() =>
              revoke.mutate(invite.id, {
                onSuccess: () => toastSuccess({ title: "Invite taken back", description: invite.email }),
                onError: toastError,
              })
            }
          >
            <X className="text-muted-foreground" />
          </Button>
        </div>
      )}
    </li>
  );
}
