import { useNavigate } from "react-router-dom";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { toastSuccess } from "@/components/ui/toast";
import { useQuestion } from "@/components/ui/use-question";
import { type Integration, useDeleteIntegration } from "./queries";

/** Deletes the integration after a question. */
export function DeleteCard({ integration }: { integration: Integration }) {
  const remove = useDeleteIntegration();
  const question = useQuestion(remove);
  const navigate = useNavigate();
  return (
    <Card aria-labelledby="delete">
      <CardHeader>
        <CardTitle id="delete">Delete the integration</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-48 flex-1 text-muted-foreground text-sm">
          Its settings and secrets go. What it found is kept, and its deliveries for 30 days.
        </p>
        <Button variant="destructive" onClick={question.ask}>
          Delete integration…
        </Button>
      </CardContent>
      <AlertDialog
        {...question.dialog}
        destructive
        title={`Delete ${integration.name}?`}
        description="Research that is under way goes on: jobs that still wait for this integration fail with the reason, and results of those already sent are taken. Campaigns that used it ask for another choice at their next start. This cannot be undone."
        confirmLabel="Delete integration"
        onConfirm={() =>
          remove.mutate(integration, {
            onSuccess: () => {
              toastSuccess({ title: "Integration deleted", description: integration.name });
              void navigate("/settings/integrations");
            },
          })
        }
      />
    </Card>
  );
}
