import { GENERATE } from "@contracts";
import { useState } from "react";
import { CopyButton } from "@/components/record/copy-button";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { toastSuccess } from "@/components/ui/toast";
import { useSaveSecret } from "./function-queries";
import type { Integration } from "./queries";
import { checkSigningSecret, type SecretState } from "./secret-words";

interface SecretDialogProps {
  integration: Integration;
  secret: SecretState;
  onClose: () => void;
}

/** Saves a secret or replaces it. A signing secret is best made here: it is shown this once, to be copied to the service. */
export function SecretDialog({ integration, secret, onClose }: SecretDialogProps) {
  const save = useSaveSecret(integration);
  // Not what it is once the new one is saved.
  const [isReplacement] = useState(secret.savedAt !== null);
  const isSigning = secret.purpose === "signing";
  const made = save.data?.secret;
  const keep = (value: string) =>
    save.mutate(
      { purpose: secret.purpose, secret: value },
      {
        onSuccess: (result) => {
          if (result.secret !== undefined) return;
          onClose();
          toastSuccess({ title: "Secret saved", description: secret.title });
        },
      },
    );
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={secret.title} description={secret.use}>
        {made !== undefined ? (
          <MadeSecret secret={made} isReplacement={isReplacement} />
        ) : (
          <Form<{ secret: string }> onFormSubmit={(values) => keep(values.secret.trim())}>
            <ErrorAlert error={save.error} />
            {isReplacement && (
              <Alert title={isSigning ? "The old one stays valid for a day" : "The old one is gone at once"}>
                {isSigning
                  ? "Requests carry both signatures until then, so there is time to change it in the service."
                  : "The next request carries the new value."}
              </Alert>
            )}
            {isSigning && (
              <Button
                variant="primary"
                className="self-start"
                pending={save.isPending && save.variables.secret === GENERATE}
                onClick={() => keep(GENERATE)}
              >
                Generate a secret
              </Button>
            )}
            <Field
              name="secret"
              label={isSigning ? "Or one of yours" : "Value"}
              validate={(text) =>
                isSigning ? checkSigningSecret(text) : text.trim() === "" ? "Enter the value." : null
              }
            >
              <Input
                type="password"
                autoComplete="off"
                spellCheck={false}
                maxLength={4_000}
                placeholder={isSigning ? "whsec_…" : undefined}
              />
            </Field>
            <DialogFooter>
              <DialogClose render={<Button />}>Cancel</DialogClose>
              <Button
                type="submit"
                variant={isSigning ? "secondary" : "primary"}
                pending={save.isPending && save.variables.secret !== GENERATE}
              >
                Save secret
              </Button>
            </DialogFooter>
          </Form>
        )}
      </DialogContent>
    </Dialog>
  );
}

function MadeSecret({ secret, isReplacement }: { secret: string; isReplacement: boolean }) {
  return (
    <>
      <Field
        label="New signing secret"
        description={`Copy it to the service now: it is shown this once.${isReplacement ? " The old one stays valid for a day." : ""}`}
      >
        <div className="flex items-center gap-2">
          <Input readOnly value={secret} className="font-mono" onFocus={(event) => event.target.select()} />
          <CopyButton text={secret} label="Copy the secret" className="size-8" />
        </div>
      </Field>
      <DialogFooter>
        <DialogClose render={<Button variant="primary" />}>Done</DialogClose>
      </DialogFooter>
    </>
  );
}
