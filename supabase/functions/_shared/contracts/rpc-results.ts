/** What every function of the database answers that clients may call. */
import * as z from "zod/mini";
import { importJob, importRowsResult, startImportResult } from "./imports.ts";
import { campaignPage, companyPage, contactPage, jobPage, listPlace, listTotal } from "./list-calls.ts";
import { invite, inviteLink, inviteView, myInvites, workspace } from "./members.ts";
import { engineStatus, progress, rerun } from "./progress.ts";
import { archivedPage, bulkTask } from "./tasks.ts";

const nothing = z.null();

/** Result schemas by the function's name: one for each public function. */
export const rpcResults = {
  accept_invite: workspace,
  archive_campaign: bulkTask,
  cancel_research: progress,
  cancel_task: bulkTask,
  change_role: nothing,
  create_workspace: workspace,
  decline_invite: nothing,
  delete_campaign: bulkTask,
  delete_integration: nothing,
  delete_matching: bulkTask,
  delete_workspace: nothing,
  edit_matching: bulkTask,
  engine_status: engineStatus,
  finish_import: importJob,
  get_invite: inviteView,
  import_rows: importRowsResult,
  invite_member: invite,
  leave_workspace: nothing,
  list_archived: archivedPage,
  list_campaigns: campaignPage,
  list_companies: companyPage,
  list_contacts: contactPage,
  list_jobs: jobPage,
  list_place: listPlace,
  list_total: listTotal,
  make_invite_link: inviteLink,
  may_manage_integration: z.guid(),
  may_redeliver: z.guid(),
  my_invites: myInvites,
  pause_research: progress,
  remove_member: nothing,
  research_progress: progress,
  rerun_jobs: rerun,
  restore_campaign: bulkTask,
  resume_research: progress,
  retry_failed_jobs: progress,
  revoke_invite: nothing,
  set_spend_cap: progress,
  start_import: startImportResult,
  start_research: progress,
  transfer_ownership: nothing,
};
