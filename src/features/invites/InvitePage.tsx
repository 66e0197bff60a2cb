import { useParams, useSearchParams } from "react-router-dom";
import { AuthCard } from "@/components/account/auth-card";
import { Button } from "@/components/ui/button";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Skeleton } from "@/components/ui/skeleton";
import { useSession } from "@/stores/session";
import { InviteAnswer } from "./InviteAnswer";
import { SignedOutInvite } from "./SignedOutInvite";
import { useArrival } from "./use-arrival";

/** Where an invite's link leads: for signed-in, signed-out and wrong accounts, and for who the mail has just signed in. */
export default function InvitePage() {
  const { inviteId = "" } = useParams();
  const [search] = useSearchParams();
  const user = useSession((state) => state.user);
  const arrival = useArrival();

  if (user === undefined || (arrival.isTaking && !user)) {
    return (
      <AuthCard title="Your invite">
        <Skeleton className="h-9" />
        <Skeleton className="h-9" />
      </AuthCard>
    );
  }
  if (user && arrival.offered) {
    return (
      <AuthCard title="Your invite" subtitle={`You are signed in as ${user.email ?? "somebody else"}.`}>
        <p className="text-sm">
          This link is for <strong className="font-semibold">{arrival.offered.email}</strong>. Going on signs
          the other account out in this browser; what it saved is kept.
        </p>
        <ErrorAlert error={arrival.error} />
        <Button variant="primary" size="lg" pending={arrival.isTaking} onClick={arrival.take}>
          Continue as {arrival.offered.email}
        </Button>
      </AuthCard>
    );
  }
  if (!user) return <SignedOutInvite problem={arrival.problem} error={arrival.error} />;
  return (
    <InviteAnswer
      key={user.id}
      inviteId={inviteId}
      token={search.get("token")}
      isNew={search.has("welcome")}
      user={{ id: user.id, email: user.email ?? "" }}
    />
  );
}
