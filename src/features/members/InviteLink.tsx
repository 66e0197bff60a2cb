import { CopyButton } from "@/components/record/copy-button";
import { Button } from "@/components/ui/button";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useInviteLink } from "./invite-queries";

/** Makes a link of a pending invite and shows it to be copied: it cannot be shown again, because only its hash is kept. */
export function InviteLink({ workspaceId, inviteId }: { workspaceId: string; inviteId: string }) {
  const link = useInviteLink(workspaceId);
  if (!link.data) {
    return (
      <>
        <ErrorAlert error={link.error} />
        <Button
          variant="primary"
          className="self-start"
          pending={link.isPending}
          onClick={() => link.mutate(inviteId)}
        >
          Make a link
        </Button>
      </>
    );
  }
  return (
    <Field
      label="Invite link"
      description="Whoever has it can only use it with an account of the invited address. It is shown this once; links sent before keep working."
    >
      <div className="flex items-center gap-2">
        <Input readOnly value={link.data} onFocus={(event) => event.target.select()} />
        <CopyButton text={link.data} label="Copy the link" className="size-8" />
      </div>
    </Field>
  );
}
