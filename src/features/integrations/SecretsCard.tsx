import { useState } from "react";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { toastSuccess } from "@/components/ui/toast";
import { useQuestion } from "@/components/ui/use-question";
import { useSaveSecret } from "./function-queries";
import type { Integration } from "./queries";
import { SecretDialog } from "./SecretDialog";
import { type SecretState, savedText, savedTitle, secretsOf } from "./secret-words";

interface SecretsCardProps {
  integration: Integration;
  mayManage: boolean;
}

/** The secrets of an integration, which can be replaced and forgotten but never read again. */
export function SecretsCard({ integration, mayManage }: SecretsCardProps) {
  const secrets = secretsOf(integration);
  return (
    <Card aria-labelledby="secrets">
      <CardHeader className="flex-col gap-0">
        <CardTitle id="secrets">Secrets</CardTitle>
        <p className="text-muted-foreground text-xs">
          Kept encrypted. Nobody can read one again, also not here.
        </p>
      </CardHeader>
      {secrets.length === 0 ? (
        <p className="px-4 py-4 text-muted-foreground text-sm">
          None is needed: requests to Clay are not signed, and no header is named above.
        </p>
      ) : (
        <ul aria-labelledby="secrets" className="divide-y">
          {secrets.map((secret) => (
            <SecretRow key={secret.purpose} integration={integration} secret={secret} mayManage={mayManage} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function SecretRow({ integration, secret, mayManage }: SecretsCardProps & { secret: SecretState }) {
  const [isSaving, setSaving] = useState(false);
  const isSaved = secret.savedAt !== null;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <div className="flex min-w-48 flex-1 flex-col">
        <span className="flex flex-wrap items-center gap-x-2 font-medium">
          {secret.title}
          <Badge variant={isSaved ? "success" : "warning"} title={savedTitle(secret)}>
            {savedText(secret)}
          </Badge>
        </span>
        <span className="text-muted-foreground text-xs">{secret.use}</span>
      </div>
      {mayManage && (
        <div className="flex gap-2">
          <Button size="sm" onClick={() => setSaving(true)}>
            {isSaved ? "Replace…" : "Save…"}
            <span className="sr-only"> {secret.title}</span>
          </Button>
          <ForgetSecret integration={integration} secret={secret} />
        </div>
      )}
      {isSaving && (
        <SecretDialog integration={integration} secret={secret} onClose={() => setSaving(false)} />
      )}
    </li>
  );
}

/** Stays when the secret is gone, to say so. */
function ForgetSecret({
  integration,
  secret,
}: Omit<SecretsCardProps, "mayManage"> & { secret: SecretState }) {
  const save = useSaveSecret(integration);
  const question = useQuestion(save);
  const tell = () => {
    question.close();
    toastSuccess({ title: "Secret forgotten", description: secret.title });
  };
  return (
    <>
      {secret.savedAt !== null && (
        <Button size="sm" variant="ghost" onClick={question.ask}>
          Forget…<span className="sr-only"> {secret.title}</span>
        </Button>
      )}
      <AlertDialog
        {...question.dialog}
        destructive
        title="Forget this secret?"
        description={`${secret.without} It cannot be brought back; a new one can be saved at any time.`}
        confirmLabel="Forget it"
        onConfirm={() => save.mutate({ purpose: secret.purpose, secret: null }, { onSuccess: tell })}
      />
    </>
  );
}
