import { INVITE_ROLES, type InviteRole } from "@contracts";
import { useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { toastSuccess } from "@/components/ui/toast";
import type { Workspace } from "@/features/workspaces/queries";
import { mayManage, roleDescriptions } from "@/lib/roles";
import { InviteLink } from "./InviteLink";
import { useSendInvite } from "./invite-queries";
import { roleNames } from "./role-names";

interface InviteDialogProps {
  workspace: Workspace;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Invites an address by mail; when no mail could be sent it says why and offers the link. */
export function InviteDialog({ workspace, open, onOpenChange }: InviteDialogProps) {
  const [role, setRole] = useState<InviteRole>("member");
  const send = useSendInvite(workspace.id);
  const change = (next: boolean) => {
    onOpenChange(next);
    send.reset();
  };
  const choices = INVITE_ROLES.filter((one) => mayManage(workspace.role, one));
  const unsent = send.data?.problem ? send.data : null;
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogContent
        title={`Invite to ${workspace.name}`}
        description="They get a link by mail. It works for this address only, once, for 7 days."
      >
        {unsent ? (
          <>
            <Alert variant="warning" title={`${unsent.invite.email} is invited, but not mailed`}>
              {unsent.problem}
            </Alert>
            <InviteLink workspaceId={workspace.id} inviteId={unsent.invite.id} />
            <DialogFooter>
              <DialogClose render={<Button />}>Done</DialogClose>
            </DialogFooter>
          </>
        ) : (
          <Form<{ email: string }>
            onFormSubmit={({ email }) =>
              send.mutate(
                { workspace_id: workspace.id, email, role },
                {
                  onSuccess: ({ invite, problem }) => {
                    if (problem) return;
                    change(false);
                    toastSuccess({ title: "Invite sent", description: invite.email });
                  },
                },
              )
            }
          >
            <ErrorAlert error={send.error} />
            <Field name="email" label="E-mail">
              <Input
                type="email"
                required
                maxLength={254}
                autoComplete="off"
                spellCheck={false}
                placeholder="colleague@company.com"
              />
            </Field>
            <Field label="Role" description={roleDescriptions[role]}>
              <Select
                options={choices.map((value) => ({ value, label: roleNames[value] }))}
                value={role}
                onValueChange={setRole}
              />
            </Field>
            <DialogFooter>
              <DialogClose render={<Button />}>Cancel</DialogClose>
              <Button type="submit" variant="primary" pending={send.isPending}>
                Send invite
              </Button>
            </DialogFooter>
          </Form>
        )}
      </DialogContent>
    </Dialog>
  );
}
