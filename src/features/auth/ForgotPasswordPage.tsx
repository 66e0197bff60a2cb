import { Link } from "react-router-dom";
import { AuthCard } from "@/components/account/auth-card";
import { EmailField } from "@/components/account/email-field";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Form } from "@/components/ui/form";
import { linkClasses } from "@/components/ui/link";
import { getConfig } from "@/lib/config";
import { useForgotPassword } from "./queries";

/** Asking for a link that resets the password. */
export default function ForgotPasswordPage() {
  const request = useForgotPassword();
  const { mailbox } = getConfig();
  return (
    <AuthCard
      title="Reset your password"
      subtitle="We send you a link to choose a new one."
      footer={
        <Link to="/sign-in" className={linkClasses}>
          Back to sign in
        </Link>
      }
    >
      {request.isSuccess && (
        <Alert variant="success" title="Check your mail">
          If {request.variables} has an account, a link is on its way. Open it in this browser.
        </Alert>
      )}
      {mailbox && (
        <Alert title="Mail stays on this computer">
          This installation shows its mail at{" "}
          <a
            href="/mailbox"
            target="_blank"
            rel="noreferrer"
            className="font-medium underline underline-offset-2"
          >
            /mailbox
          </a>{" "}
          instead of sending it.
        </Alert>
      )}
      <ErrorAlert error={request.error} />
      <Form<{ email: string }> onFormSubmit={({ email }) => request.mutate(email)}>
        <EmailField autoFocus />
        <Button type="submit" variant="primary" size="lg" pending={request.isPending}>
          {request.isSuccess ? "Send another link" : "Send link"}
        </Button>
      </Form>
    </AuthCard>
  );
}
