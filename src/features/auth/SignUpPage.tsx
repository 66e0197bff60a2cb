import { Link, useLocation } from "react-router-dom";
import { AuthCard } from "@/components/account/auth-card";
import { EmailField } from "@/components/account/email-field";
import { PasswordField } from "@/components/account/password-field";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Form } from "@/components/ui/form";
import { linkClasses } from "@/components/ui/link";
import { useSignUp } from "./queries";
import { safePath } from "./safe-path";

/** Making an account; a workspace comes with it. */
export default function SignUpPage() {
  const { search } = useLocation();
  const signUp = useSignUp();
  return (
    <AuthCard
      title="Create your account"
      subtitle="You get a workspace of your own right away."
      footer={
        <>
          Have an account?{" "}
          <Link to={{ pathname: "/sign-in", search }} className={linkClasses}>
            Sign in
          </Link>
        </>
      }
    >
      {signUp.data?.signedIn === false ? (
        <Alert variant="success" title="Check your mail">
          We sent a link to {signUp.variables?.email}. Open it in this browser to finish.
        </Alert>
      ) : (
        <>
          <ErrorAlert error={signUp.error} />
          <Form<{ email: string; password: string }>
            onFormSubmit={(values) =>
              signUp.mutate({ ...values, next: safePath(new URLSearchParams(search).get("next")) })
            }
          >
            <EmailField autoFocus />
            <PasswordField label="Password" autoComplete="new-password" />
            <Button type="submit" variant="primary" size="lg" pending={signUp.isPending}>
              Create account
            </Button>
          </Form>
        </>
      )}
    </AuthCard>
  );
}
