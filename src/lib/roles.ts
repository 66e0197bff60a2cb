import type { Role } from "@contracts";

export type { Role };

const rank: Record<Role, number> = { viewer: 0, member: 1, admin: 2, owner: 3 };
const roles: readonly Role[] = ["viewer", "member", "admin", "owner"];

/** The least role for each thing people do. The database decides; this says what to offer. */
const leastRoles = {
  createCampaign: "member",
  editCampaign: "member",
  archiveCampaign: "member",
  deleteCampaign: "owner",
  import: "member",
  research: "member",
  editRows: "member",
  shareViews: "member",
  invite: "admin",
  changeSettings: "admin",
  manageIntegrations: "admin",
  deleteWorkspace: "owner",
  transferOwnership: "owner",
} satisfies Record<string, Role>;

export type Action = keyof typeof leastRoles;

/** Whether the role allows the action; an unknown role allows nothing. */
export function can(role: Role | undefined, action: Action): boolean {
  return role !== undefined && rank[role] >= rank[leastRoles[action]];
}

/** Who may do it, for where an action is shown although the role does not allow it. */
export function whoCan(action: Action): string {
  const who = { viewer: "Everybody", member: "Members", admin: "Owners and admins", owner: "Owners" };
  return `${who[leastRoles[action]]} can do this.`;
}

/** What each role may do, in a few words. */
export const roleDescriptions: Record<Role, string> = {
  viewer: "Sees everything, changes nothing",
  member: "Works on campaigns: imports, research, edits",
  admin: "Also manages members, invites and settings",
  owner: "Also deletes campaigns and the workspace",
};

/** Whether somebody with the role `mine` may change or remove somebody with the role `theirs`, or make somebody that. */
export function mayManage(mine: Role | undefined, theirs: Role): boolean {
  return mine === "owner" || (mine === "admin" && rank[theirs] < rank.admin);
}

/** The roles that `mine` may give to somebody who has `theirs`; their own among them, none when they may not be changed. */
export function rolesToGive(mine: Role | undefined, theirs: Role): Role[] {
  return mayManage(mine, theirs) ? roles.filter((role) => mayManage(mine, role)) : [];
}

/** The roles that one may give oneself: one's own and those below it. */
export function rolesToStepDown(mine: Role): Role[] {
  return roles.filter((role) => rank[role] <= rank[mine]);
}
