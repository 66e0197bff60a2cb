/** What every function of the database takes that clients may call. */
import * as z from "zod/mini";
import { companyImportRow, contactImportRow, importKind, importMapping, rejectedRow } from "./imports.ts";
import { researchOptions } from "./integrations.ts";
import {
  listCampaignsArguments,
  listCompaniesArguments,
  listContactsArguments,
  listJobsArguments,
  listPlaceArguments,
  listTotalArguments,
} from "./list-calls.ts";
import { companyFilter, contactFilter } from "./lists.ts";
import { INVITE_ROLES, memberRole } from "./members.ts";
import { RERUN_LIMIT, researchStage } from "./progress.ts";
import { rowList, rowPatch } from "./tasks.ts";

const ofWorkspace = z.object({ workspace_id: z.guid() });
const ofCampaign = z.object({ campaign_id: z.guid() });
const ofRun = z.object({ run_id: z.guid() });
const ofInvite = z.object({ invite_id: z.guid() });
const ofIntegration = z.object({ integration_id: z.guid() });
const ofMember = z.object({ workspace_id: z.guid(), user_id: z.guid() });
const nothing = z.object({});

const rowFilter = z.union([companyFilter, contactFilter]);
const chosenRows = { campaign_id: z.guid(), list: rowList, filter: rowFilter };

/** Argument schemas by the function's name: one for each public function. What may be left out has a default there. */
export const rpcArguments = {
  accept_invite: z.object({ token: z.string() }),
  archive_campaign: ofCampaign,
  cancel_research: ofRun,
  cancel_task: z.object({ task_id: z.guid() }),
  /** Also one's own, to step down. */
  change_role: z.extend(ofMember, { role: memberRole }),
  create_workspace: z.object({ name: z.string() }),
  decline_invite: ofInvite,
  delete_campaign: ofCampaign,
  delete_integration: ofIntegration,
  delete_matching: z.object(chosenRows),
  delete_workspace: ofWorkspace,
  edit_matching: z.object({ ...chosenRows, patch: rowPatch }),
  engine_status: nothing,
  /** `chunk_count`: how many chunks the file made; all of them must be saved. */
  finish_import: z.object({ import_id: z.guid(), chunk_count: z.int().check(z.gte(0)) }),
  /** By a link's token, or as who it is for. */
  get_invite: z.extend(ofInvite, { token: z.optional(z.string()) }),
  import_rows: z.object({
    import_id: z.guid(),
    /** From 0. */
    chunk_index: z.int().check(z.gte(0)),
    rows: z.union([z.array(companyImportRow), z.array(contactImportRow)]),
    rejected: z.optional(z.array(rejectedRow)),
  }),
  invite_member: z.object({ workspace_id: z.guid(), email: z.string(), role: z.enum(INVITE_ROLES) }),
  leave_workspace: ofWorkspace,
  list_archived: z.object({
    campaign_id: z.guid(),
    list: rowList,
    cursor: z.optional(z.nullable(z.string())),
    page_size: z.optional(z.int().check(z.gte(1), z.lte(200))),
  }),
  list_campaigns: listCampaignsArguments,
  list_companies: listCompaniesArguments,
  list_contacts: listContactsArguments,
  list_jobs: listJobsArguments,
  list_place: listPlaceArguments,
  list_total: listTotalArguments,
  /** `to_be_mailed`: the link goes to the invite's address, and counts as a mail to it. */
  make_invite_link: z.extend(ofInvite, { to_be_mailed: z.optional(z.boolean()) }),
  may_manage_integration: ofIntegration,
  may_redeliver: z.object({ delivery_id: z.int() }),
  my_invites: nothing,
  pause_research: ofRun,
  remove_member: ofMember,
  research_progress: ofRun,
  /** Those that have ended; the others are left alone. */
  rerun_jobs: z.extend(ofRun, { job_ids: z.array(z.int()).check(z.minLength(1), z.maxLength(RERUN_LIMIT)) }),
  restore_campaign: ofCampaign,
  resume_research: ofRun,
  /** All that failed, or those with one error_code. */
  retry_failed_jobs: z.extend(ofRun, { error_code: z.optional(z.string()) }),
  revoke_invite: ofInvite,
  /** Null for no cap. */
  set_spend_cap: z.extend(ofRun, { spend_cap: z.nullable(z.number()) }),
  start_import: z.object({
    campaign_id: z.guid(),
    kind: importKind,
    file_name: z.string(),
    /** Bytes. */
    file_size: z.int().check(z.gte(0)),
    /** Of the file's content: the same file continues its import. */
    file_hash: z.string(),
    mapping: importMapping,
    total_rows: z.optional(z.int().check(z.gte(0))),
  }),
  /** Without a filter those not researched yet; `again` takes all of them. `list`: of what the filter is, companies unless told. */
  start_research: z.object({
    campaign_id: z.guid(),
    stages: z.optional(z.array(researchStage)),
    filter: z.optional(rowFilter),
    options: z.optional(researchOptions),
    list: z.optional(rowList),
  }),
  transfer_ownership: ofMember,
};
