import { INTEGRATION_KINDS, type IntegrationKind } from "@contracts";
import { useState } from "react";
import { useNavigate } from "react-router-dom";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { toastSuccess } from "@/components/ui/toast";
import { AddressField } from "./AddressField";
import { KindChoice } from "./KindChoice";
import { KIND_DEFAULTS, KINDS } from "./kinds";
import { useAddIntegration } from "./queries";
import { checkName } from "./settings-form";

interface AddIntegrationDialogProps {
  workspaceId: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Adds an integration with the settings that fit its kind; its page, which comes next, has the rest. */
export function AddIntegrationDialog({ workspaceId, open, onOpenChange }: AddIntegrationDialogProps) {
  const [kind, setKind] = useState<IntegrationKind>(INTEGRATION_KINDS[0]);
  const add = useAddIntegration();
  const navigate = useNavigate();
  const change = (next: boolean) => {
    onOpenChange(next);
    add.reset();
  };
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogContent
        title="Add an integration"
        description="A service that does a stage of research for this workspace. Nothing is sent to it until you test it or start research with it."
        className="max-w-lg"
      >
        <Form<{ name: string; url: string }>
          onFormSubmit={({ name, url }) =>
            add.mutate(
              {
                workspace_id: workspaceId,
                kind,
                name: name.trim(),
                url: url.trim(),
                ...KIND_DEFAULTS[kind],
              },
              {
                onSuccess: ({ id }) => {
                  change(false);
                  toastSuccess({
                    title: "Integration added",
                    description: "Now save its secret and send a test.",
                  });
                  void navigate(`/settings/integrations/${id}`);
                },
              },
            )
          }
        >
          <ErrorAlert error={add.error} />
          <KindChoice value={kind} onChange={setKind} />
          <Field
            name="name"
            label="Name"
            description="As it is chosen when research starts."
            validate={checkName}
          >
            <Input
              required
              maxLength={100}
              autoComplete="off"
              placeholder={`${KINDS[kind].label} research`}
            />
          </Field>
          <AddressField
            kind={kind}
            description={KINDS[kind].address}
            placeholder={KINDS[kind].placeholder}
            required
          />
          <DialogFooter>
            <DialogClose render={<Button />}>Cancel</DialogClose>
            <Button type="submit" variant="primary" pending={add.isPending}>
              Add integration
            </Button>
          </DialogFooter>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
