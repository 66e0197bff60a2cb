import { Link, useLocation } from "react-router-dom";
import { AuthCard } from "@/components/account/auth-card";
import { EmailField } from "@/components/account/email-field";
import { Alert } from "@/components/ui/alert";
import { Button, buttonVariants } from "@/components/ui/button";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Form } from "@/components/ui/form";
import { getConfig } from "@/lib/config";
import type { ErrorDescription } from "@/lib/errors";
import { useSignInLink } from "./queries";

interface SignedOutInviteProps {
  /** Why the mailed link did not sign in. */
  problem: ErrorDescription | null;
  error: unknown;
}

/** The ways to sign in and come back to the invite: a password, a new account, or a link by mail. */
export function SignedOutInvite({ problem, error }: SignedOutInviteProps) {
  const { pathname, search } = useLocation();
  const link = useSignInLink();
  const next = `?${new URLSearchParams({ next: pathname + search })}`;
  return (
    <AuthCard
      title="You are invited to a workspace"
      subtitle="Sign in with the e-mail address that the invite was sent to, and you come back here."
    >
      {problem && (
        <Alert variant="warning" title={problem.title}>
          {problem.message}
        </Alert>
      )}
      <ErrorAlert error={error} />
      <div className="flex flex-col gap-2">
        <Link
          to={{ pathname: "/sign-in", search: next }}
          className={buttonVariants({ variant: "primary", size: "lg" })}
        >
          Sign in
        </Link>
        <Link to={{ pathname: "/sign-up", search: next }} className={buttonVariants({ size: "lg" })}>
          Create an account
        </Link>
      </div>
      <div className="flex flex-col gap-4 border-t pt-5">
        {link.isSuccess ? (
          <Alert variant="success" title="Check your mail">
            A link that signs {link.variables} in is on its way. Open it in this browser.
            {getConfig().mailbox && " This installation shows its mail at /mailbox."}
          </Alert>
        ) : (
          <Form<{ email: string }> onFormSubmit={({ email }) => link.mutate(email)}>
            <ErrorAlert error={link.error} />
            <EmailField />
            <Button type="submit" size="lg" pending={link.isPending}>
              Mail me a link instead
            </Button>
          </Form>
        )}
      </div>
    </AuthCard>
  );
}
