import { useNavigate } from "react-router-dom";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { toastSuccess } from "@/components/ui/toast";
import { useCreateWorkspace } from "./workspace-queries";

interface CreateWorkspaceDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Makes a workspace and goes there. */
export default function CreateWorkspaceDialog({ open, onOpenChange }: CreateWorkspaceDialogProps) {
  const create = useCreateWorkspace();
  const navigate = useNavigate();
  const change = (next: boolean) => {
    onOpenChange(next);
    create.reset();
  };
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogContent
        title="New workspace"
        description="Campaigns, companies and contacts of a team. Nobody but its members sees them."
      >
        <Form<{ name: string }>
          onFormSubmit={({ name }) =>
            create.mutate(name, {
              onSuccess: (made) => {
                change(false);
                void navigate(`/campaigns?workspace=${made.id}`);
                toastSuccess({ title: "Workspace created", description: made.name });
              },
            })
          }
        >
          <ErrorAlert error={create.error} />
          <Field
            name="name"
            label="Name"
            validate={(value) => (value.trim() === "" ? "Give the workspace a name." : null)}
          >
            <Input required maxLength={100} autoComplete="off" autoFocus />
          </Field>
          <DialogFooter>
            <DialogClose render={<Button />}>Cancel</DialogClose>
            <Button type="submit" variant="primary" pending={create.isPending}>
              Create workspace
            </Button>
          </DialogFooter>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
