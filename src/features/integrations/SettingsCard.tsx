import { useEffect } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Form } from "@/components/ui/form";
import { toastSuccess } from "@/components/ui/toast";
import { AddressField } from "./AddressField";
import { KINDS } from "./kinds";
import { NumberField } from "./NumberField";
import { type Integration, useEditIntegration } from "./queries";
import {
  checkHeader,
  checkName,
  RULES,
  readSettings,
  type SettingsText,
  settingsText,
} from "./settings-form";
import { TextField } from "./TextField";
import { useFormValues } from "./use-form-values";
import { savedWords } from "./words";

interface SettingsCardProps {
  integration: Integration;
  mayManage: boolean;
  /** Told whether something is typed that is not saved. */
  onUnsaved?: (unsaved: boolean) => void;
}

/** Where requests go, how fast, how long answers are awaited, and what a job costs. */
export function SettingsCard({ integration, mayManage, onUnsaved }: SettingsCardProps) {
  const edit = useEditIntegration(integration);
  const { kind } = integration;
  const text = settingsText(integration);
  const form = useFormValues(text);
  const { isTyped } = form;
  useEffect(() => onUnsaved?.(isTyped), [isTyped, onUnsaved]);
  const save = (typed: SettingsText) =>
    edit.mutate(readSettings(kind, typed), {
      onSuccess(saved) {
        form.saved(settingsText(saved));
        toastSuccess(savedWords(integration, saved));
      },
    });
  const number = (name: keyof typeof RULES) => ({
    name,
    rule: RULES[name],
    value: text[name],
    disabled: !mayManage,
  });
  return (
    <Card aria-labelledby="settings">
      <CardHeader>
        <CardTitle id="settings">Settings</CardTitle>
      </CardHeader>
      <CardContent>
        <Form<SettingsText> key={form.key} onFormSubmit={save} onInput={form.typed}>
          <ErrorAlert error={edit.error} />
          <TextField name="name" label="Name" value={text.name} check={checkName} disabled={!mayManage} />
          <AddressField
            kind={kind}
            description={KINDS[kind].address}
            value={text.url}
            disabled={!mayManage}
            onReplaced={form.typed}
          />
          <TextField
            name="auth_header"
            label="Header that authorises us"
            description="Its value is saved below as a secret, for this host only. Leave it empty if the service asks for none."
            value={text.auth_header}
            check={checkHeader}
            disabled={!mayManage}
          />
          <div className="grid grid-cols-2 items-start gap-4 max-sm:grid-cols-1">
            {kind !== "clay" && (
              <NumberField {...number("batch_size")} label="Companies in one request" hint="1 to 100" />
            )}
            <NumberField
              {...number("max_in_flight")}
              label="Requests at once, at most"
              hint="Fewer while the service is slow or refuses"
            />
            <NumberField
              {...number("requests_per_second")}
              label="Requests a second, at most"
              hint="Empty for no cap"
            />
            <NumberField
              {...number("burst")}
              label="Burst"
              hint="Requests that may go out at once after a quiet time"
            />
            <NumberField
              {...number("timeout_seconds")}
              label="Seconds for an answer"
              hint="Then the request is tried again"
            />
            <NumberField
              {...number("deadline_minutes")}
              label="Minutes for results by callback"
              hint="A “progress” message of the service extends it"
            />
            <NumberField
              {...number("cost_per_job")}
              label="Cost of a job"
              hint="One company at one stage, in your own currency. Estimates and spending caps use it"
            />
            <NumberField
              {...number("cache_days")}
              label="Days a result is used again"
              hint="Within them nobody here asks, or pays, for the same twice. 0 for never"
            />
          </div>
          {form.isOutdated && !edit.isPending && (
            <Alert
              variant="warning"
              title="Somebody has changed these settings meanwhile"
              action={
                <Button size="sm" onClick={form.beginAgain}>
                  Show theirs
                </Button>
              }
            >
              Saving replaces what they saved by what is typed here.
            </Alert>
          )}
          {mayManage && (
            <Button type="submit" variant="primary" className="self-start" pending={edit.isPending}>
              Save settings
            </Button>
          )}
        </Form>
      </CardContent>
    </Card>
  );
}
