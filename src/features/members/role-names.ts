import type { Role } from "@contracts";

/** Roles as they are written on screen. */
export const roleNames: Record<Role, string> = {
  viewer: "Viewer",
  member: "Member",
  admin: "Admin",
  owner: "Owner",
};
