import type { TableRules } from "./tables.ts";

const view = (name: string, maker: string) => `({workspaces}, 'companies', '${name}', false, {${maker}})`;
const mine = "update public.saved_views set";

/** Views of one's own are one's own, also for admins and after one was removed; only who works in the workspace shares them. */
export const ownViews: NonNullable<TableRules["special"]> = {
  given: `insert into public.saved_views (workspace_id, list, name, is_shared, created_by)
    values ${view("of the viewer", "the_viewer")}, ${view("of the member", "the_member")}, ${view("of the removed", "the_removed")}`,
  tries: [
    {
      what: "save a view for themselves",
      sql: "insert into public.saved_views (workspace_id, list, name) values ({workspaces}, 'companies', 'New')",
      by: "viewer",
      otherwise: "policy",
    },
    {
      what: "see the viewer's own",
      sql: "select count(*) from public.saved_views where name = 'of the viewer'",
      by: ["viewer"],
    },
    {
      what: "see their own left behind",
      sql: "select count(*) from public.saved_views where name = 'of the removed'",
      by: [],
    },
    {
      what: "rename the viewer's own",
      sql: `${mine} name = 'x' where name = 'of the viewer'`,
      by: ["viewer"],
    },
    {
      what: "share the viewer's own",
      sql: `${mine} is_shared = true where name = 'of the viewer'`,
      by: ["viewer"],
      gives: "policy",
    },
    {
      what: "share the member's own",
      sql: `${mine} is_shared = true where name = 'of the member'`,
      by: ["member"],
    },
    {
      what: "delete the viewer's own",
      sql: "delete from public.saved_views where name = 'of the viewer'",
      by: ["viewer"],
    },
    // Without conditions, which would bring the policy for reading in.
    {
      what: "rename all that are theirs",
      sql: `${mine} name = 'x'`,
      by: ["viewer", "member", "owner", "outsider"],
    },
    {
      what: "delete all that are theirs",
      sql: "delete from public.saved_views",
      by: ["viewer", "member", "owner", "outsider", "admin"],
      isGranted: true,
    },
    {
      what: "save a view for somebody else",
      sql: "insert into public.saved_views (workspace_id, list, name, created_by) values ({workspaces}, 'companies', 'New', {the_owner})",
      by: ["owner"],
      otherwise: "policy",
      isGranted: true,
    },
    {
      what: "hand theirs to somebody else",
      sql: `${mine} created_by = {another_admin}`,
      by: ["viewer", "member", "owner", "outsider"],
      gives: "policy",
      isGranted: true,
    },
    {
      what: "take theirs to another workspace",
      sql: `${mine} workspace_id = {elsewhere}`,
      by: ["viewer", "member", "owner", "outsider"],
      gives: "policy",
      isGranted: true,
    },
  ],
};
