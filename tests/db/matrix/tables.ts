/**
 * Who may do what with the rows of each table, and on which columns. The tests try every table of the database with every kind of
 * caller and hold the outcome against this; a table that is not here fails by name.
 *
 * Roles are the least that suffices, in the row's own workspace. Nobody else (signed out, a member of another workspace, somebody
 * who was removed) may do anything, anywhere. What is not named is refused.
 */
import type { Caller, Role } from "./people.ts";
import { ownViews } from "./saved-views.ts";

export interface TableRules {
  /** Who reads the rows. */
  read?: Role;
  /** Columns that clients never read. */
  hidden?: string[];
  /** Who adds rows, naming only these columns; `row` is one that fits, as SQL, `{…}` being ids of the workspace (world.ts). */
  insert?: { by: Role; row: Record<string, string> };
  /** Who changes which columns. `where` leaves out rows whose state forbids it, for everybody. */
  update?: { by: Role; columns: string[]; where?: string };
  delete?: Role;
  /** What a role alone does not decide: tried on rows that postgres adds first (`given`, SQL). */
  special?: { given: string; tries: Try[] };
  /** The column that says whose row it is, unless it is workspace_id. Null: no column does. */
  workspace?: string | null;
}

/** A statement on a table, and who gets one row written (or read) by it. */
export interface Try {
  what: string;
  sql: string;
  by: Role | Caller[];
  /** What those get instead of "1 rows". */
  gives?: string;
  /** What the others get who are signed in. */
  otherwise?: "0 rows" | "policy";
  /** With all grants, so that the policies stand alone. */
  isGranted?: boolean;
}

/** Read by everybody in the workspace, written by functions alone. */
const readOnly: TableRules = { read: "viewer" };

/** Read and written by functions alone. */
const nobodys: TableRules = {};

export const tables: Record<string, TableRules> = {
  "public.workspaces": {
    workspace: "id",
    read: "viewer",
    update: { by: "admin", columns: ["name", "archive_after_days"] },
  },
  "public.workspace_members": readOnly,
  "public.workspace_invites": { read: "admin" },
  "public.campaigns": {
    read: "viewer",
    insert: { by: "member", row: { workspace_id: "{workspaces}", name: "'New'", description: "null" } },
    update: { by: "member", columns: ["name", "description"] },
  },
  "public.companies": {
    read: "viewer",
    update: {
      by: "member",
      columns: words(
        "name website description industry country address phone email linkedin_url employees owner_id tags custom",
      ),
    },
  },
  "public.portfolio_companies": readOnly,
  "public.contacts": {
    read: "viewer",
    update: {
      by: "member",
      columns: words(
        "name first_name last_name title email phone linkedin_url country owner_id tags do_not_contact custom",
      ),
    },
  },
  // The furnished view is the owner's and shared. Only its maker changes it.
  "public.saved_views": {
    read: "viewer",
    insert: {
      by: "member",
      row: {
        workspace_id: "{workspaces}",
        list: "'companies'",
        name: "'New'",
        query: "'q=x'",
        columns: "'{}'",
        is_shared: "true",
      },
    },
    update: { by: "owner", columns: ["name", "query", "columns", "is_shared"] },
    delete: "admin",
    special: ownViews,
  },
  "public.import_jobs": readOnly,
  "public.import_chunks": readOnly,
  "public.import_rejected_rows": readOnly,
  "public.integrations": {
    read: "viewer",
    insert: {
      by: "admin",
      row: {
        workspace_id: "{workspaces}",
        kind: "'n8n'",
        name: "'New'",
        url: "'https://n8n.example/webhook/1'",
        auth_header: "null",
        batch_size: "10",
        max_in_flight: "20",
        requests_per_second: "null",
        burst: "1",
        timeout_seconds: "60",
        deadline_seconds: "1200",
        cost_per_job: "0",
        cache_days: "30",
      },
    },
    update: {
      by: "admin",
      columns: words(
        "name url auth_header batch_size max_in_flight requests_per_second burst timeout_seconds deadline_seconds cost_per_job cache_days",
      ),
    },
  },
  "public.lanes": readOnly,
  "public.research_runs": readOnly,
  "public.research_run_counters": readOnly,
  "public.research_jobs": readOnly,
  "public.research_batches": readOnly,
  "public.deliveries": readOnly,
  "public.events": readOnly,
  "public.research_attempts": readOnly,
  // How the engine walks is its own.
  "public.bulk_tasks": { read: "viewer", hidden: words("step after chunk_rows failures worked_at") },
  "public.archived_campaigns": readOnly,
  "public.archived_companies": readOnly,
  "public.archived_contacts": readOnly,
  "public.archived_portfolio_companies": readOnly,
  "public.archived_jobs": readOnly,
  "public.archived_attempts": readOnly,

  "private.abandoned_workspaces": nobodys,
  "private.assignees": nobodys,
  "private.cursor_key": { workspace: null },
  "private.engine_pulse": { workspace: null },
  "private.integration_secrets": nobodys,
  "private.invite_links": { workspace: null },
  "private.lane_runs": { workspace: null },
  "private.lexeme_marks": { workspace: null },
  "private.lexemes": nobodys,
  "private.made_links": { workspace: null },
  "private.moving_campaigns": { workspace: null },
  "private.outbound_proxies": { workspace: null },
  "private.pending_changes": { workspace: null },
  "private.queue": { workspace: null },
  "private.research_cache": { workspace: null },
  "private.rate_limits": { workspace: null },
  "private.run_filters": { workspace: null },
  "private.run_rates": { workspace: null },
  "private.source_pages": { workspace: null },
  "private.task_conditions": { workspace: null },
};

function words(text: string): string[] {
  return text.split(" ");
}
