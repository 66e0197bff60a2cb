import { Link, useLocation } from "react-router-dom";
import { AuthCard } from "@/components/account/auth-card";
import { EmailField } from "@/components/account/email-field";
import { PasswordField } from "@/components/account/password-field";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Form } from "@/components/ui/form";
import { linkClasses } from "@/components/ui/link";
import { useSession } from "@/stores/session";
import { useSignIn } from "./queries";

/** Signing in with e-mail and password. */
export default function SignInPage() {
  const { search } = useLocation();
  const endedByItself = useSession((state) => state.ended === "by itself");
  const signIn = useSignIn();
  return (
    <AuthCard
      title="Sign in"
      footer={
        <>
          New here?{" "}
          <Link to={{ pathname: "/sign-up", search }} className={linkClasses}>
            Create an account
          </Link>
        </>
      }
    >
      {endedByItself && !signIn.error && (
        <Alert title="Your session has ended">
          Everything you saved is kept. Sign in again and you are back where you were.
        </Alert>
      )}
      <ErrorAlert error={signIn.error} />
      <Form<{ email: string; password: string }> onFormSubmit={(values) => signIn.mutate(values)}>
        <EmailField autoFocus />
        <PasswordField
          label="Password"
          autoComplete="current-password"
          aside={
            <Link to="/forgot-password" className={`${linkClasses} text-xs`}>
              Forgot password?
            </Link>
          }
        />
        <Button type="submit" variant="primary" size="lg" pending={signIn.isPending}>
          Sign in
        </Button>
      </Form>
    </AuthCard>
  );
}
