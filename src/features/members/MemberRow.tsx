import type { Member, Role } from "@contracts";
import { Crown, Ellipsis, LogOut, UserMinus } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Select } from "@/components/ui/select";
import { toastError, toastSuccess } from "@/components/ui/toast";
import type { Workspace } from "@/features/workspaces/queries";
import { formatDate } from "@/lib/format";
import { can, mayManage, rolesToGive, rolesToStepDown } from "@/lib/roles";
import type { MemberDeed } from "./MemberDialogs";
import { useChangeRole } from "./queries";
import { roleNames } from "./role-names";

interface MemberRowProps {
  workspace: Workspace;
  member: Member;
  isMe: boolean;
  /** They own the workspace and nobody else does. */
  isOnlyOwner: boolean;
  onDeed: (deed: MemberDeed) => void;
}

/** One member: who, since when, as what, and what can be done. */
export function MemberRow({ workspace, member, isMe, isOnlyOwner, onDeed }: MemberRowProps) {
  return (
    <li className="flex items-center gap-3 px-4 py-2.5 max-sm:gap-2">
      <Avatar name={member.email} />
      <div className="flex min-w-0 flex-1 flex-col">
        <span className="flex min-w-0 gap-1">
          <span className="truncate">{member.email}</span>
          {isMe && <span className="text-muted-foreground">(you)</span>}
        </span>
        <span className="text-muted-foreground text-xs">since {formatDate(member.created_at)}</span>
      </div>
      <RoleControl {...{ workspace, member, isMe, isOnlyOwner, onDeed }} />
      <MemberMenu {...{ workspace, member, isMe, isOnlyOwner, onDeed }} />
    </li>
  );
}

function RoleControl({ workspace, member, isMe, isOnlyOwner, onDeed }: MemberRowProps) {
  const change = useChangeRole(workspace.id);
  const choices = isMe ? rolesToStepDown(member.role) : rolesToGive(workspace.role, member.role);
  if (choices.length < 2 || isOnlyOwner) {
    return (
      <Badge
        variant={member.role === "owner" ? "primary" : "neutral"}
        {...(isOnlyOwner && isMe && { title: "The only owner. Make another member an owner first." })}
      >
        {roleNames[member.role]}
      </Badge>
    );
  }
  const choose = (role: Role) => {
    if (role === member.role) return;
    if (isMe) return onDeed({ kind: "step down", member, role });
    change.mutate(
      { userId: member.user_id, role },
      {
        onSuccess: () => toastSuccess({ title: `${member.email} is now ${roleNames[role].toLowerCase()}` }),
        onError: toastError,
      },
    );
  };
  return (
    <Select
      aria-label={`Role of ${member.email}`}
      options={choices.map((role) => ({ value: role, label: roleNames[role] }))}
      value={member.role}
      onValueChange={choose}
      className="w-27 shrink-0"
    />
  );
}

function MemberMenu({ workspace, member, isMe, isOnlyOwner, onDeed }: MemberRowProps) {
  const mayRemove = !isMe && mayManage(workspace.role, member.role);
  const mayTransfer = !isMe && can(workspace.role, "transferOwnership");
  if (!isMe && !mayRemove && !mayTransfer) return <span className="w-7" />;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        render={<Button variant="ghost" size="icon-sm" aria-label={`Actions for ${member.email}`} />}
      >
        <Ellipsis className="text-muted-foreground" />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="max-w-72">
        {mayTransfer && (
          <DropdownMenuItem onClick={() => onDeed({ kind: "transfer", member })}>
            <Crown /> Hand the workspace over…
          </DropdownMenuItem>
        )}
        {mayRemove && (
          <DropdownMenuItem destructive onClick={() => onDeed({ kind: "remove", member })}>
            <UserMinus /> Remove…
          </DropdownMenuItem>
        )}
        {isMe && (
          <DropdownMenuItem
            destructive
            disabled={isOnlyOwner}
            onClick={() => onDeed({ kind: "leave", member })}
          >
            <LogOut /> Leave…
          </DropdownMenuItem>
        )}
        {isMe && isOnlyOwner && (
          <p className="px-2 py-1 text-muted-foreground text-xs">
            You are the only owner: make another member an owner first, or delete the workspace.
          </p>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
