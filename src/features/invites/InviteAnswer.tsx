import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "react-router-dom";
import { AuthCard } from "@/components/account/auth-card";
import { PasswordField } from "@/components/account/password-field";
import { Alert } from "@/components/ui/alert";
import { Button, buttonVariants } from "@/components/ui/button";
import { ErrorAlert } from "@/components/ui/error-alert";
import { ErrorState } from "@/components/ui/error-state";
import { Form } from "@/components/ui/form";
import { Skeleton } from "@/components/ui/skeleton";
import { toastError, toastSuccess } from "@/components/ui/toast";
import { signOut } from "@/features/auth/queries";
import { roleDescriptions } from "@/lib/roles";
import { inviteOptions, useAcceptInvite, useDeclineInvite } from "./queries";
import { refusal } from "./refusal";

interface InviteAnswerProps {
  inviteId: string;
  token: string | null;
  /** The account was made by this invite: it needs a password to sign in with next time. */
  isNew: boolean;
  user: { id: string; email: string };
}

/** What a signed-in user is asked: to join or to decline; or why that cannot be done with this link or account. */
export function InviteAnswer({ inviteId, token, isNew, user }: InviteAnswerProps) {
  const { data: invite, error, isFetching, refetch } = useQuery(inviteOptions(user.id, inviteId, token));
  const accept = useAcceptInvite();
  const decline = useDeclineInvite();
  const navigate = useNavigate();
  const home = (
    <Link to="/campaigns" className={buttonVariants({ size: "lg" })}>
      Go to the app
    </Link>
  );

  if (!invite) {
    return (
      <AuthCard title="Your invite" subtitle={`Signed in as ${user.email}`}>
        {error ? (
          <>
            <ErrorState error={error} onRetry={() => void refetch()} retrying={isFetching} className="p-0" />
            {home}
          </>
        ) : (
          <Skeleton className="h-24" />
        )}
      </AuthCard>
    );
  }
  const title = invite.workspace_name === null ? "Your invite" : `Join ${invite.workspace_name}`;
  const problem = refusal(invite, token !== null);
  if (invite.is_member || decline.isSuccess || problem) {
    const said = invite.is_member
      ? { title: "You are in already", message: `${invite.workspace_name} is one of your workspaces.` }
      : (problem ?? { title: "Invite declined", message: "You can close this page." });
    return (
      <AuthCard title={title} subtitle={`Signed in as ${user.email}`}>
        <Alert variant={invite.is_member || !problem ? "success" : "warning"} title={said.title}>
          {said.message}
        </Alert>
        {!invite.is_mine && !invite.is_member && (
          <Button variant="primary" size="lg" onClick={() => void signOut().catch(toastError)}>
            Sign out and use another account
          </Button>
        )}
        {invite.is_member ? (
          <Link
            to={`/campaigns?workspace=${invite.workspace_id}`}
            className={buttonVariants({ variant: "primary", size: "lg" })}
          >
            Open it
          </Link>
        ) : (
          home
        )}
      </AuthCard>
    );
  }
  return (
    <AuthCard title={title} subtitle={`Signed in as ${user.email}`}>
      <p className="text-sm">
        {invite.invited_by ?? "Somebody"} invites you as{" "}
        <strong className="font-semibold">{invite.role}</strong>:{" "}
        {roleDescriptions[invite.role].toLowerCase()}.
      </p>
      <ErrorAlert error={accept.error ?? decline.error} />
      <Form<{ password?: string }>
        onFormSubmit={({ password }) =>
          accept.mutate(
            { token: token ?? "", ...(password && { password }) },
            {
              onSuccess: ({ id, name }) => {
                toastSuccess({ title: `You are in ${name} now` });
                void navigate(`/campaigns?workspace=${id}`, { replace: true });
              },
            },
          )
        }
      >
        {isNew && (
          <>
            {/* Lets password managers file the password under the right account. */}
            <input type="text" name="username" autoComplete="username" value={user.email} readOnly hidden />
            <PasswordField label="Choose a password" autoComplete="new-password" />
          </>
        )}
        <Button type="submit" variant="primary" size="lg" pending={accept.isPending}>
          Join
        </Button>
        <Button size="lg" pending={decline.isPending} onClick={() => decline.mutate(inviteId)}>
          Decline
        </Button>
      </Form>
    </AuthCard>
  );
}
