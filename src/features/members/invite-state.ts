import type { Invite, Member } from "@contracts";
import { mayManage } from "@/lib/roles";

/**
 * How a pending invite stands: `mailed`, `unmailed` when its mail could not be sent, `expired`, or `void` because who invited has left or
 * lost the right to. `now` in ms; the members are undefined while unknown.
 */
export function inviteState(
  invite: Invite,
  members: readonly Member[] | undefined,
  now: number,
): "mailed" | "unmailed" | "expired" | "void" {
  if (Date.parse(invite.expires_at) <= now) return "expired";
  const inviter = members?.find(({ user_id }) => user_id === invite.invited_by);
  if (members && !mayManage(inviter?.role, invite.role)) return "void";
  return invite.mailed_at ? "mailed" : "unmailed";
}
