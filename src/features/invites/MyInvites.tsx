import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { toastError, toastSuccess } from "@/components/ui/toast";
import { formatDate } from "@/lib/format";
import { useUserId } from "@/stores/session";
import { myInvitesOptions, useDeclineInvite } from "./queries";

/** What the user is invited to; nothing is drawn when that is nothing. Accepting takes the link, which proves that the mail arrived. */
export function MyInvites() {
  const { data: invites } = useQuery(myInvitesOptions(useUserId()));
  const decline = useDeclineInvite();
  if (!invites?.length) return null;
  return (
    <Card aria-labelledby="my-invites" className="text-left">
      <CardHeader>
        <CardTitle id="my-invites">Invites for you</CardTitle>
      </CardHeader>
      <ul className="divide-y" aria-labelledby="my-invites">
        {invites.map(({ id, workspace_name, role, invited_by, expires_at }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5">
            <div className="flex min-w-48 flex-1 flex-col">
              <span className="truncate font-medium">{workspace_name}</span>
              <span className="text-muted-foreground text-xs">
                As {role}
                {invited_by && ` by ${invited_by}`}, until {formatDate(expires_at)}. To join, open the link
                that was sent to you.
              </span>
            </div>
            <Button
              size="sm"
              pending={decline.isPending && decline.variables === id}
              onClick={() =>
                decline.mutate(id, {
                  onSuccess: () => toastSuccess({ title: "Invite declined", description: workspace_name }),
                  onError: toastError,
                })
              }
            >
              Decline
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
