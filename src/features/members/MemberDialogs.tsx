import type { Member, Role } from "@contracts";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { ErrorAlert } from "@/components/ui/error-alert";
import { toastSuccess } from "@/components/ui/toast";
import type { Workspace } from "@/features/workspaces/queries";
import { useChangeRole, useRemoveMember, useTransferOwnership } from "./queries";
import { roleNames } from "./role-names";
import { useLeaveWorkspace } from "./workspace-queries";

/** Something about a member that is asked about before it is done. */
export type MemberDeed =
  | { kind: "remove" | "leave" | "transfer"; member: Member }
  | { kind: "step down"; member: Member; role: Role };

interface MemberDialogsProps {
  workspace: Workspace;
  /** Null asks nothing. */
  deed: MemberDeed | null;
  onClose: () => void;
}

/** Asks before what cannot simply be taken back: removing, leaving, stepping down, handing over. */
export function MemberDialogs({ workspace, deed, onClose }: MemberDialogsProps) {
  const remove = useRemoveMember(workspace.id);
  const leave = useLeaveWorkspace();
  const transfer = useTransferOwnership(workspace.id);
  const change = useChangeRole(workspace.id);
  const mutations = [remove, leave, transfer, change];
  const close = () => {
    onClose();
    for (const mutation of mutations) mutation.reset();
  };
  const done = (title: string) => () => {
    close();
    toastSuccess({ title });
  };
  const shared = {
    onOpenChange: (open: boolean) => {
      if (!open) close();
    },
    pending: mutations.some(({ isPending }) => isPending),
    children: <ErrorAlert error={mutations.map(({ error }) => error).find(Boolean)} />,
  };
  const email = deed?.member.email ?? "";
  const id = deed?.member.user_id ?? "";
  const stepTo = deed?.kind === "step down" ? deed.role : null;
  return (
    <>
      <AlertDialog
        {...shared}
        open={deed?.kind === "remove"}
        destructive
        title={`Remove ${email}?`}
        description={`They lose access to ${workspace.name} at once. What they made stays; companies and contacts that they own become nobody's.`}
        confirmLabel="Remove"
        onConfirm={() => remove.mutate(id, { onSuccess: done(`${email} was removed`) })}
      />
      <AlertDialog
        {...shared}
        open={deed?.kind === "leave"}
        destructive
        title={`Leave ${workspace.name}?`}
        description="You lose access at once and come back only by a new invite. What you made stays; companies and contacts that you own become nobody's."
        confirmLabel="Leave workspace"
        onConfirm={() => leave.mutate(workspace.id, { onSuccess: done(`You left ${workspace.name}`) })}
      />
      <AlertDialog
        {...shared}
        open={deed?.kind === "transfer"}
        title={`Hand ${workspace.name} over to ${email}?`}
        description="They become an owner and you an admin. Only an owner can make you one again."
        confirmLabel="Hand over"
        onConfirm={() => transfer.mutate(id, { onSuccess: done(`${email} owns ${workspace.name} now`) })}
      />
      <AlertDialog
        {...shared}
        open={stepTo !== null}
        title={`Become ${stepTo ? roleNames[stepTo].toLowerCase() : ""} yourself?`}
        description="You give up rights that only somebody else can give back to you."
        confirmLabel="Change my role"
        onConfirm={() => {
          if (stepTo)
            change.mutate({ userId: id, role: stepTo }, { onSuccess: done("Your role was changed") });
        }}
      />
    </>
  );
}
