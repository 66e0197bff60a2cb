import { CopyButton } from "@/components/record/copy-button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { getConfig } from "@/lib/config";
import type { Integration } from "./queries";

/** Where results of an integration are handed in. */
function callbackAddress(integrationId: string): string {
  const base = getConfig().url.replace(/\/*$/, "/");
  return new URL(`functions/v1/research-callback?integration=${integrationId}`, base).href;
}

/** The address for results that come later. */
export function CallbackCard({ integration }: { integration: Integration }) {
  const address = callbackAddress(integration.id);
  return (
    <Card aria-labelledby="callback">
      <CardHeader>
        <CardTitle id="callback">Results that come later</CardTitle>
      </CardHeader>
      <CardContent>
        <Field
          label="Callback address"
          description="Each request carries it as callback_url, with a token for each job. You need it only where a service has to be told beforehand."
        >
          <div className="flex items-center gap-2">
            <Input readOnly value={address} onFocus={(event) => event.target.select()} />
            <CopyButton text={address} label="Copy the callback address" className="size-8" />
          </div>
        </Field>
      </CardContent>
    </Card>
  );
}
