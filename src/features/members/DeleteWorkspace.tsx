import { useState } from "react";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toastSuccess } from "@/components/ui/toast";
import { useQuestion } from "@/components/ui/use-question";
import type { Workspace } from "@/features/workspaces/queries";
import { useDeleteWorkspace } from "./workspace-queries";

/** Deletes the workspace once its name has been typed; for owners. */
export function DeleteWorkspace({ workspace }: { workspace: Workspace }) {
  const [typed, setTyped] = useState("");
  const remove = useDeleteWorkspace();
  const question = useQuestion(remove);
  const ask = () => {
    setTyped("");
    question.ask();
  };
  return (
    <Card>
      <CardHeader>
        <CardTitle>Delete the workspace</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-48 flex-1 text-muted-foreground text-sm">
          All members lose access at once, and every campaign goes with its companies, contacts and research.
        </p>
        <Button variant="destructive" onClick={ask}>
          Delete workspace…
        </Button>
      </CardContent>
      <AlertDialog
        {...question.dialog}
        destructive
        title="Delete this workspace?"
        description="All its campaigns go with it, for all its members. This cannot be undone."
        confirmLabel="Delete workspace"
        confirmDisabled={typed.trim() !== workspace.name.trim()}
        onConfirm={() =>
          remove.mutate(workspace.id, {
            onSuccess: () => toastSuccess({ title: "Workspace deleted", description: workspace.name }),
          })
        }
      >
        {question.dialog.children}
        <Field label={`Type “${workspace.name}” to confirm`}>
          <Input value={typed} onValueChange={setTyped} autoComplete="off" spellCheck={false} />
        </Field>
      </AlertDialog>
    </Card>
  );
}
