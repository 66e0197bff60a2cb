import * as z from "zod/mini";

/** What somebody is in a workspace, least first: each may do what those before it may. */
export const ROLES = ["viewer", "member", "admin", "owner"] as const;
export const memberRole = z.enum(ROLES);
export type Role = z.infer<typeof memberRole>;

/** The roles people can be invited as; an owner is made of a member. */
export const INVITE_ROLES = ["viewer", "member", "admin"] as const;
export type InviteRole = (typeof INVITE_ROLES)[number];

/** A workspace and what the caller is in it: what `create_workspace` and `accept_invite` answer. */
export const workspace = z.object({ id: z.guid(), name: z.string(), role: memberRole });
export type Workspace = z.infer<typeof workspace>;

/** Somebody in a workspace, a row of `workspace_members`. */
export const member = z.object({
  user_id: z.guid(),
  email: z.string(),
  role: memberRole,
  created_at: z.string(),
});
export const members = z.array(member);
export type Member = z.infer<typeof member>;

/** An invite as admins see it, a row of `workspace_invites`. */
export const invite = z.object({
  id: z.guid(),
  workspace_id: z.guid(),
  email: z.string(),
  role: z.enum(INVITE_ROLES),
  status: z.enum(["pending", "accepted", "declined", "revoked"]),
  invited_by: z.nullable(z.guid()),
  created_at: z.string(),
  expires_at: z.string(),
  /** When its link was mailed last; null when it never could be. */
  mailed_at: z.nullable(z.string()),
});
export const invites = z.array(invite);
export type Invite = z.infer<typeof invite>;

/** What `make_invite_link` answers: the only time the token is told. */
export const inviteLink = z.object({ invite_id: z.guid(), token: z.string(), expires_at: z.string() });

/** What the edge function `invites` is asked: to invite an address, or to mail a pending invite again. */
export const inviteRequest = z.union([
  z.strictObject({ workspace_id: z.guid(), email: z.string(), role: z.enum(INVITE_ROLES) }),
  z.strictObject({ invite_id: z.guid() }),
]);
export type InviteRequest = z.infer<typeof inviteRequest>;

/** What it answers. `problem` says, for people, why no mail was sent; the invite is kept. */
export const inviteResult = z.object({ invite, problem: z.nullable(z.string()) });
export type InviteResult = z.infer<typeof inviteResult>;

/** What `get_invite` tells whoever has a link of the invite, or its address. */
export const inviteView = z.object({
  id: z.guid(),
  workspace_id: z.guid(),
  /** Null when the invite is not pending and the caller no member. */
  workspace_name: z.nullable(z.string()),
  role: z.enum(INVITE_ROLES),
  /** The address it is for. */
  email: z.string(),
  /** The address of who invited; null when they have left, and where the workspace's name is. */
  invited_by: z.nullable(z.string()),
  status: z.enum(["pending", "expired", "accepted", "declined", "revoked"]),
  expires_at: z.string(),
  /** Whether the caller's account is the one it is for. */
  is_mine: z.boolean(),
  is_member: z.boolean(),
});
export type InviteView = z.infer<typeof inviteView>;

/** What `my_invites` answers: the pending invites for the caller's address. */
export const myInvites = z.array(
  z.object({
    id: z.guid(),
    workspace_name: z.string(),
    role: z.enum(INVITE_ROLES),
    invited_by: z.nullable(z.string()),
    expires_at: z.string(),
  }),
);

/** Where in the app an invite is accepted. */
export function invitePath(inviteId: string, token: string): string {
  return `/invites/${inviteId}?${new URLSearchParams({ token })}`;
}
