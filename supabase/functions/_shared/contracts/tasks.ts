import * as z from "zod/mini";
import { companyRow, contactRow } from "./lists.ts";

export const TASK_KINDS = ["archive", "restore", "delete", "edit_rows", "delete_rows"] as const;
export const TASK_STATUSES = ["running", "completed", "failed", "cancelled"] as const;

/** The lists whose rows can be edited or deleted many at a time, and read in the archive. */
export const rowList = z.enum(["companies", "contacts"]);
export type RowList = z.infer<typeof rowList>;

/** Most characters of a tag that people type; imported ones may be longer. */
export const MAX_TAG_LENGTH = 100;

const tags = z
  .array(z.string().check(z.minLength(1), z.maxLength(MAX_TAG_LENGTH)))
  .check(z.minLength(1), z.maxLength(50));

/** What `edit_matching` changes in every row, at least one of them. `do_not_contact` is for contacts; `owner_id: null` is nobody. */
export const rowPatch = z.strictObject({
  add_tags: z.optional(tags),
  remove_tags: z.optional(tags),
  owner_id: z.optional(z.nullable(z.guid())),
  do_not_contact: z.optional(z.boolean()),
});
export type RowPatch = z.infer<typeof rowPatch>;

/**
 * A background task, as `archive_campaign`, `restore_campaign`, `delete_campaign`, `edit_matching`, `delete_matching` and
 * `cancel_task` return it and `bulk_tasks` holds it. `done` of `total` counts companies and contacts.
 */
export const bulkTask = z.object({
  id: z.guid(),
  workspace_id: z.guid(),
  /** Null once the campaign is deleted. */
  campaign_id: z.nullable(z.guid()),
  campaign_name: z.string(),
  kind: z.enum(TASK_KINDS),
  list: z.nullable(rowList),
  filter: z.record(z.string(), z.unknown()),
  patch: rowPatch,
  status: z.enum(TASK_STATUSES),
  total: z.int(),
  done: z.int(),
  /** What people should know about a task that went well. */
  message: z.nullable(z.string()),
  /** Why a task failed, what was kept and what to do. */
  error_message: z.nullable(z.string()),
  created_by: z.nullable(z.guid()),
  created_at: z.string(),
  finished_at: z.nullable(z.string()),
});
export type BulkTask = z.infer<typeof bulkTask>;

/** One page of `list_archived`: the newest first, rows as in the live lists. */
export const archivedPage = z.object({
  rows: z.union([z.array(contactRow), z.array(companyRow)]),
  next_cursor: z.nullable(z.string()),
  total: z.int(),
});
export type ArchivedPage = z.infer<typeof archivedPage>;
