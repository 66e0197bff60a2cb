import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";

interface ViewDialogProps {
  title: string;
  description?: string;
  submitLabel: string;
  initialName?: string;
  /** Whether the view may be shared here; left out where that is not asked. */
  share?: boolean;
  pending: boolean;
  error: Error | null;
  onSubmit: (view: { name: string; is_shared: boolean }) => void;
  onClose: () => void;
}

/** Asks for a view's name, and for a new one whether others see it. */
export default function ViewDialog(props: ViewDialogProps) {
  const [shared, setShared] = useState(false);
  return (
    <Dialog open onOpenChange={(open) => !open && props.onClose()}>
      <DialogContent
        title={props.title}
        {...(props.description !== undefined && { description: props.description })}
      >
        <Form<{ name: string }>
          onFormSubmit={({ name }) => props.onSubmit({ name: name.trim(), is_shared: shared })}
        >
          <ErrorAlert error={props.error} />
          <Field
            name="name"
            label="Name"
            validate={(value) => (value.trim() === "" ? "Give the view a name." : null)}
          >
            <Input
              required
              maxLength={60}
              defaultValue={props.initialName ?? ""}
              autoComplete="off"
              placeholder="Hot leads in Germany"
            />
          </Field>
          {props.share && (
            <label htmlFor="share-view" className="flex items-center gap-2 text-sm">
              <Checkbox id="share-view" checked={shared} onCheckedChange={setShared} />
              Share with everybody in this workspace
            </label>
          )}
          <DialogFooter>
            <DialogClose render={<Button />}>Cancel</DialogClose>
            <Button type="submit" variant="primary" pending={props.pending}>
              {props.submitLabel}
            </Button>
          </DialogFooter>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
