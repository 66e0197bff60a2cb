import { Alert } from "@/components/ui/alert";
import { describeError } from "@/lib/errors";
import { ImportFileError } from "./reading/import-file-error";

/** Why a file cannot be imported, or what went wrong while it was. */
export function FileProblem({ error }: { error: unknown }) {
  if (error === null) return null;
  const { title, message } =
    error instanceof ImportFileError
      ? { title: "This file cannot be imported", message: error.message }
      : describeError(error);
  return (
    <Alert variant="destructive" title={title}>
      <span className="break-words">{message}</span>
    </Alert>
  );
}
