import type { CompanyFilter, ContactFilter, RowList, RowPatch } from "@contracts";
import type { QueryClient } from "@tanstack/react-query";
import type { RowScope } from "@/components/data-table/settled";
import { formatCount } from "@/lib/format";
import { lengthProblem, readTags, withTags } from "@/lib/tags";

/** The rows of a campaign that something is done to: those picked (`filter.ids`), or all that match. */
export interface ChosenRows extends RowScope<CompanyFilter | ContactFilter> {
  campaignId: string;
  list: RowList;
}

/** The fields of companies and contacts that can be changed in many at once. */
export interface BulkFields {
  tags?: string[];
  owner_id?: string | null;
  do_not_contact?: boolean;
}

/** What bulk edits need of a list of records. */
export interface BulkRecords {
  cachedRows: (
    client: QueryClient,
    campaignId: string,
  ) => (Required<Pick<BulkFields, "tags" | "owner_id">> & {
    id: string;
    do_not_contact?: boolean;
    contact_count?: number;
  })[];
  patch: (client: QueryClient, campaignId: string, id: string, fields: BulkFields) => void;
}

/** Rows of which so many are picked are shown as changed before the server has answered. */
const OPTIMISTIC_LIMIT = 200;

/** The picked rows that are loaded; none where all that match are meant, or so many that drawing them would take long. */
export function pickedRows<Row extends { id: string }>(rows: readonly Row[], { filter }: ChosenRows): Row[] {
  if (!filter.ids || filter.ids.length > OPTIMISTIC_LIMIT) return [];
  const ids = new Set(filter.ids);
  return rows.filter(({ id }) => ids.has(id));
}

/** The fields of a row after a patch, of those that the patch is about. */
export function patchedFields(row: BulkFields, patch: RowPatch): BulkFields {
  const { add_tags: added = [], remove_tags: removed = [], owner_id, do_not_contact } = patch;
  return {
    ...((patch.add_tags || patch.remove_tags) && {
      tags: withTags(row.tags ?? [], added, removed),
    }),
    ...(owner_id !== undefined && { owner_id }),
    ...(do_not_contact !== undefined && { do_not_contact }),
  };
}

/** The same fields as they are in the row: what takes a patch back. */
export function fieldsBefore(row: BulkFields, patch: RowPatch): BulkFields {
  return {
    ...((patch.add_tags || patch.remove_tags) && row.tags && { tags: row.tags }),
    ...(patch.owner_id !== undefined && row.owner_id !== undefined && { owner_id: row.owner_id }),
    ...(patch.do_not_contact !== undefined &&
      row.do_not_contact !== undefined && { do_not_contact: row.do_not_contact }),
  };
}

/** "1 company", "12 contacts", "all companies that match" where they are not counted. */
export function countText({ list, total }: Pick<ChosenRows, "list" | "total">): string {
  if (total === null) return `all ${list} that match`;
  return list === "contacts" ? formatCount(total, "contact") : formatCount(total, "company", "companies");
}

/** The tags in a text that separates them with commas, each once and as the server takes them. */
export function tagsIn(text: string): string[] {
  const tags = readTags(text).map((tag) => tag.trim().replace(/\s+/g, " "));
  return [...new Set(tags.filter((tag) => tag !== ""))];
}

/** What is wrong with tags to add or remove, or null. */
export function tagsProblem(tags: readonly string[]): string | null {
  if (tags.length === 0) return "Type at least one tag.";
  if (tags.length > 50) return "Use at most 50 tags at once.";
  return lengthProblem(tags);
}
