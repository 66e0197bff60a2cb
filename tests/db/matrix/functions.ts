/**
 * Who may call each function of `public`, and what everybody else gets. The tests call each as every kind of caller, on the rows of a
 * workspace that some of them have nothing to do with; a function that is not here fails by name.
 *
 * A call that the caller may not make must answer exactly as if its ids did not exist: nobody learns that they do.
 */
import { type Caller, ROLES, type Role } from "./people.ts";

export interface Call {
  /** The arguments as SQL; `{name}` is an id of the workspace, `{other.name}` one of another (world.ts). */
  with: string;
  /** The least role that may, in the workspace that the ids belong to; "everyone" who is signed in; or just these callers. */
  by: Role | "everyone" | Caller[];
  /** What those get: "ok", or the code of the error that the rows lead to. */
  gives?: string;
  /** What people of the workspace without the role get. */
  below?: string;
  /** What people outside the workspace get: the code of an error, or "ok" with an answer as of nothing. */
  outside?: string;
  /** What the answer has in it for those who may, or for these, and for nobody else. */
  shows?: string;
  to?: Role | Caller[];
  /** The arguments have a secret in them that tells strangers why they are refused. */
  hasSecret?: boolean;
}

const edit = `'{"add_tags": ["x"]}'`;
/** A workspace has two owners here, so that one of them can leave. */
const members: Record<string, Call[]> = {
  "public.create_workspace": [
    { with: "'New'", by: [...ROLES, "outsider", "removed", "invited", "unconfirmed"] },
  ],
  "public.change_role": [
    { with: "{workspaces}, {the_viewer}, 'member'", by: "admin" },
    { with: "{workspaces}, {the_viewer}, 'admin'", by: "owner" },
    // Anybody may step down.
    { with: "{workspaces}, {the_member}, 'viewer'", by: "member" },
    { with: "{workspaces}, {the_admin}, 'member'", by: "admin" },
    { with: "{workspaces}, {another_admin}, 'member'", by: "owner" },
    { with: "{workspaces}, {the_owner}, 'admin'", by: "owner" },
    { with: "{workspaces}, {other.the_owner}, 'viewer'", by: "viewer", gives: "not_found" },
    // The other workspace has one owner, and an admin.
    {
      with: "{other.workspaces}, {other.the_owner}, 'admin'",
      by: ["outsider"],
      gives: "last_owner",
      below: "not_found",
    },
  ],
  "public.remove_member": [
    { with: "{workspaces}, {the_viewer}", by: ["viewer", "admin", "owner"] },
    { with: "{workspaces}, {another_admin}", by: "owner" },
    { with: "{workspaces}, {another_owner}", by: "owner" },
    { with: "{workspaces}, {other.the_owner}", by: "viewer", gives: "not_found" },
  ],
  "public.leave_workspace": [{ with: "{workspaces}", by: "viewer" }],
  "public.transfer_ownership": [
    { with: "{workspaces}, {the_member}", by: "owner" },
    { with: "{workspaces}, {other.the_owner}", by: "owner", gives: "not_found" },
  ],
  "public.delete_workspace": [{ with: "{workspaces}", by: "owner" }],
  "public.invite_member": [
    { with: "{workspaces}, 'new@test.example', 'member'", by: "admin" },
    { with: "{workspaces}, 'new@test.example', 'admin'", by: "owner" },
    { with: "{workspaces}, 'to-be-admin@test.example', 'viewer'", by: "owner" },
    { with: "{workspaces}, 'no address', 'viewer'", by: "admin", gives: "bad_email" },
  ],
  "public.make_invite_link": [
    {
      with: "{workspace_invites}",
      by: "admin",
      below: "Your role in this workspace does not allow this. Ask an owner or admin.",
      outside: "This invite does not exist any more.",
    },
    { with: "{admin_invite}", by: "owner" },
  ],
  "public.revoke_invite": [
    { with: "{workspace_invites}", by: "admin" },
    { with: "{admin_invite}", by: "owner" },
  ],
  // A link tells whoever has it; without one it is for the confirmed address alone.
  "public.get_invite": [
    {
      with: "{workspace_invites}, {invite_token}",
      by: "everyone",
      shows: `"is_mine": true`,
      to: ["invited"],
    },
    { with: "{workspace_invites}, {invite_token}", by: "everyone", shows: `"is_member": true`, to: "viewer" },
    { with: "{workspace_invites}", by: ["invited"], below: "not_found" },
    { with: "{workspace_invites}, {other.invite_token}", by: ["invited"], below: "not_found" },
    { with: "{unconfirmed_invite}", by: [], below: "not_found" },
  ],
  "public.my_invites": [
    { with: "", by: ["invited"], below: "ok", outside: "ok", shows: "{workspace_invites}" },
  ],
  "public.accept_invite": [
    {
      with: "{invite_token}",
      by: ["invited"],
      below: "wrong_account",
      outside: "wrong_account",
      shows: `"role": "viewer"`,
      hasSecret: true,
    },
    {
      with: "{unconfirmed_token}",
      by: ["unconfirmed"],
      gives: "email_not_confirmed",
      below: "wrong_account",
      outside: "wrong_account",
      hasSecret: true,
    },
    {
      with: "{lapsed_token}",
      by: ["removed"],
      gives: "inviter_left",
      below: "wrong_account",
      outside: "wrong_account",
      hasSecret: true,
    },
  ],
  "public.decline_invite": [
    { with: "{workspace_invites}", by: ["invited"], below: "not_found" },
    { with: "{unconfirmed_invite}", by: [], below: "not_found" },
  ],
};

/** The lists: whose rows they are not told from none. */
const lists: Record<string, Call[]> = {
  "public.list_companies": [
    { with: "{campaigns}", by: "viewer", outside: "ok", shows: "{companies}" },
    { with: `{campaigns}, '{"q": "acme"}'`, by: "viewer", outside: "ok", shows: "{companies}" },
    { with: `{campaigns}, '{"country": ["DE"]}'`, by: "viewer", outside: "ok" },
    { with: "workspace_id := {workspaces}", by: "viewer", outside: "ok", shows: "{companies}" },
    { with: "{campaigns}, jsonb_build_object('ids', array[{other.companies}])", by: "viewer", outside: "ok" },
    {
      with: "{campaigns}, jsonb_build_object('import_id', {other.import_jobs})",
      by: "viewer",
      outside: "ok",
    },
  ],
  "public.list_contacts": [
    { with: "{campaigns}", by: "viewer", outside: "ok", shows: "{contacts}" },
    { with: `{campaigns}, '{"q": "jane"}'`, by: "viewer", outside: "ok", shows: "{contacts}" },
    { with: `{campaigns}, '{"q": "acme"}'`, by: "viewer", outside: "ok", shows: "{contacts}" },
    { with: `workspace_id := {workspaces}, filter := '{"q": "jaen"}'`, by: "viewer", outside: "ok" },
    { with: "{campaigns}, jsonb_build_object('company_id', {other.companies})", by: "viewer", outside: "ok" },
  ],
  "public.list_campaigns": [
    { with: "{workspaces}", by: "viewer", outside: "ok", shows: "{campaigns}" },
    {
      with: `{workspaces}, '{"state": ["archived"]}'`,
      by: "viewer",
      outside: "ok",
      shows: "{archived_campaign}",
    },
  ],
  "public.list_jobs": [
    { with: "{research_runs}", by: "viewer", outside: "ok", shows: "{companies}" },
    { with: `{research_runs}, '{"status": ["failed"]}'`, by: "viewer", outside: "ok" },
    {
      with: "{research_runs}, jsonb_build_object('company_id', {other.companies})",
      by: "viewer",
      outside: "ok",
    },
  ],
  "public.list_total": [
    { with: "'companies', {campaigns}", by: "viewer", outside: "ok", shows: `"total": 2` },
    { with: "'contacts', workspace_id := {workspaces}", by: "viewer", outside: "ok" },
  ],
  "public.list_place": [{ with: "'companies', 1, {campaigns}", by: "viewer", outside: "ok" }],
};

const campaigns: Record<string, Call[]> = {
  "public.archive_campaign": [{ with: "{idle_campaign}", by: "member" }],
  "public.restore_campaign": [{ with: "{archived_campaign}", by: "member" }],
  "public.list_archived": [
    { with: "{archived_campaign}, 'companies'", by: "viewer", shows: "{archived_company}" },
  ],
  "public.delete_campaign": [
    { with: "{idle_campaign}", by: "owner" },
    { with: "{archived_campaign}", by: "owner" },
  ],
  "public.edit_matching": [
    { with: `{idle_campaign}, 'companies', '{}', ${edit}`, by: "member" },
    { with: `{idle_campaign}, 'companies', '{"q": "acme"}', ${edit}`, by: "member" },
    {
      with: "{idle_campaign}, 'companies', '{}', jsonb_build_object('owner_id', {other.the_owner})",
      by: "member",
      gives: "bad_patch",
    },
  ],
  "public.delete_matching": [{ with: "{idle_campaign}, 'companies', '{}'", by: "member" }],
  "public.cancel_task": [{ with: "{running_task}", by: "member" }],
  "public.start_import": [{ with: "{idle_campaign}, 'contacts', 'b.csv', 1, 'h', '{}'", by: "member" }],
  "public.import_rows": [
    { with: "{import_jobs}, 1, '[]'", by: "member", outside: "This import does not exist." },
  ],
  "public.finish_import": [{ with: "{import_jobs}, 1", by: "member", below: "not_found" }],
};

const research: Record<string, Call[]> = {
  "public.engine_status": [{ with: "", by: "everyone" }],
  "public.start_research": [
    { with: "{idle_campaign}", by: "member" },
    {
      with: "{idle_campaign}, array['enrich']::public.research_stage[], jsonb_build_object('ids', array[{other.contacts}]), jsonb_build_object('providers', jsonb_build_object('enrich', {integrations})), 'contacts'",
      by: "member",
      gives: "nothing_to_research",
    },
  ],
  "public.pause_research": [{ with: "{research_runs}", by: "member" }],
  "public.resume_research": [{ with: "{research_runs}", by: "member" }],
  "public.cancel_research": [{ with: "{research_runs}", by: "member" }],
  "public.retry_failed_jobs": [{ with: "{research_runs}", by: "member" }],
  "public.rerun_jobs": [
    { with: "{research_runs}, array[{research_jobs}::bigint]", by: "member", shows: `"requeued": 1` },
    { with: "{research_runs}, array[{other.research_jobs}::bigint]", by: "member", shows: `"requeued": 0` },
  ],
  "public.set_spend_cap": [{ with: "{research_runs}, 5", by: "member" }],
  "public.delete_integration": [{ with: "{integrations}", by: "admin" }],
  "public.may_manage_integration": [{ with: "{integrations}", by: "admin" }],
  "public.may_redeliver": [{ with: "{deliveries}", by: "member" }],
  "public.research_progress": [{ with: "{research_runs}", by: "viewer", shows: "{research_runs}" }],
};

/** Not reached by the API: policies and lists call them as the caller, and they run as their owner. */
const behind: Record<string, Call[]> = {
  "private.my_workspaces": [
    { with: "", by: "viewer", outside: "ok", shows: "{workspaces}" },
    { with: "'member'", by: "member", below: "ok", outside: "ok", shows: "{workspaces}" },
    { with: "'admin'", by: "admin", below: "ok", outside: "ok", shows: "{workspaces}" },
    { with: "'owner'", by: "owner", below: "ok", outside: "ok", shows: "{workspaces}" },
  ],
  "private.may_listen": [
    {
      with: "concat_ws(':', 'workspace', {workspaces}, {channel_key})",
      by: "viewer",
      outside: "ok",
      shows: "true",
    },
    {
      with: "concat_ws(':', 'campaign', {campaigns}, {channel_key})",
      by: "viewer",
      outside: "ok",
      shows: "true",
    },
    {
      with: "concat_ws(':', 'run', {research_runs}, {channel_key})",
      by: "viewer",
      outside: "ok",
      shows: "true",
    },
    {
      with: "concat_ws(':', 'run', {research_runs}, {old_key})",
      by: [],
      below: "ok",
      outside: "ok",
      shows: "true",
    },
    { with: "'user:' || {the_member}", by: ["member"], below: "ok", outside: "ok", shows: "true" },
  ],
  "private.find_page": [
    {
      with: "'companies', {campaigns}, null, '{}', null, null, null, 10, true",
      by: "viewer",
      outside: "ok",
      shows: "{companies}",
    },
  ],
  "private.find_jobs": [{ with: "{research_runs}, '{}', null, null, null, 10", by: "viewer", outside: "ok" }],
  "private.custom_columns": [
    { with: "'companies', {campaigns}, '{}'", by: "viewer", outside: "ok", shows: "Colour" },
  ],
};

/** Functions that users may call. */
export const functions: Record<string, Call[]> = {
  ...members,
  ...lists,
  ...campaigns,
  ...research,
  ...behind,
};
