import { Link, useNavigate } from "react-router-dom";
import { AuthCard } from "@/components/account/auth-card";
import { PasswordField } from "@/components/account/password-field";
import { Alert } from "@/components/ui/alert";
import { Button, buttonVariants } from "@/components/ui/button";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Form } from "@/components/ui/form";
import { Skeleton } from "@/components/ui/skeleton";
import { toastSuccess } from "@/components/ui/toast";
import { useSession } from "@/stores/session";
import { linkProblem } from "./link-problem";
import { useSetPassword } from "./queries";

/** Choosing a new password: from the mailed link, which has signed the user in, or while signed in anyway. */
export default function ResetPasswordPage() {
  const user = useSession((state) => state.user);
  // Read from the real URL: Supabase Auth takes a redeemed code out of it behind the router's back.
  const problem = linkProblem(window.location);
  const setPassword = useSetPassword();
  const navigate = useNavigate();
  const leave = () => {
    toastSuccess({ title: "Password changed" });
    void navigate("/", { replace: true });
  };

  if (user === undefined) {
    return (
      <AuthCard title="Choose a new password">
        <Skeleton className="h-9" />
        <Skeleton className="h-9" />
      </AuthCard>
    );
  }
  if (user === null) {
    const { title, message } = problem ?? {
      title: "This page needs a link",
      message: "Your password is unchanged. Ask for a link, then open it in this browser.",
    };
    return (
      <AuthCard title="Choose a new password">
        <Alert variant="destructive" title={title}>
          {message}
        </Alert>
        <Link to="/forgot-password" className={buttonVariants({ variant: "primary", size: "lg" })}>
          Ask for a new link
        </Link>
      </AuthCard>
    );
  }
  return (
    <AuthCard title="Choose a new password" subtitle={user.email}>
      {problem && (
        <Alert variant="warning" title={problem.title}>
          You are signed in anyway and can choose a new password here.
        </Alert>
      )}
      <ErrorAlert error={setPassword.error} />
      <Form<{ password: string }>
        onFormSubmit={({ password }) => setPassword.mutate(password, { onSuccess: leave })}
      >
        {/* Lets password managers file the new password under the right account. */}
        <input type="text" name="username" autoComplete="username" value={user.email ?? ""} readOnly hidden />
        <PasswordField label="New password" autoComplete="new-password" autoFocus />
        <Button type="submit" variant="primary" size="lg" pending={setPassword.isPending}>
          Save password
        </Button>
      </Form>
    </AuthCard>
  );
}
