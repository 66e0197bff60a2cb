import { describeError } from "@/lib/errors";
import { Alert } from "./alert";

/** What went wrong, beside the form or button that started it; nothing while there is no error. */
export function ErrorAlert({ error }: { error: unknown }) {
  if (!error) return null;
  const { title, message } = describeError(error);
  return (
    <Alert variant="destructive" title={title}>
      {message}
    </Alert>
  );
}
