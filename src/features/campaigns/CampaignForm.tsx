import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";

export interface CampaignValues {
  name: string;
  description: string;
}

interface CampaignFormProps {
  initial?: CampaignValues;
  submitLabel: ReactNode;
  pending: boolean;
  error: unknown;
  onSubmit: (values: CampaignValues) => void;
}

/** Name and description of a campaign, inside a dialog. */
export function CampaignForm({ initial, submitLabel, pending, error, onSubmit }: CampaignFormProps) {
  return (
    <Form<{ name: string; description: string }> onFormSubmit={onSubmit}>
      <ErrorAlert error={error} />
      <Field
        name="name"
        label="Name"
        validate={(value) => (value.trim() === "" ? "Give the campaign a name." : null)}
      >
        <Input
          required
          maxLength={200}
          autoComplete="off"
          defaultValue={initial?.name}
          placeholder="Series A fintechs, DACH"
        />
      </Field>
      <Field name="description" label="Description" description="Optional: who these leads are and what for.">
        <Textarea maxLength={2000} defaultValue={initial?.description} />
      </Field>
      <DialogFooter>
        <DialogClose render={<Button />}>Cancel</DialogClose>
        <Button type="submit" variant="primary" pending={pending}>
          {submitLabel}
        </Button>
      </DialogFooter>
    </Form>
  );
}
