import type { Transaction } from "../db.ts";
import type { ExportRow } from "./columns.ts";

/** What an export holds: the list as it is shown. */
export interface ExportQuery {
  kind: "companies" | "contacts";
  campaign_id: string;
  filter: Record<string, unknown>;
  sort: string;
  direction: "asc" | "desc";
}

/** Small enough that a page of the widest rows (500 KB each) fits a function's memory. */
const PAGE_ROWS = 100;

interface Page {
  rows: ExportRow[];
  next_cursor: string | null;
  total: number | null;
  total_is_capped: boolean;
}

/** One page of the export, as the user of the transaction. The first page (no cursor) carries the total. */
export async function exportPage(
  transaction: Transaction,
  query: ExportQuery,
  cursor: string | null,
): Promise<Page> {
  const [row] = await transaction<{ page: Page }[]>`
    select private.list_page(${query.kind}, ${query.campaign_id}, null, ${JSON.stringify(query.filter)}::text::jsonb, ${query.sort},
      ${query.direction}, ${cursor}, ${PAGE_ROWS}, true, true) as page`;
  if (!row) throw new Error("list_page gave no row");
  const owners = await ownerEmails(transaction, query.campaign_id, row.page.rows);
  const rows = row.page.rows.map((one) => ({ ...one, owner: owners.get(one.owner_id ?? "") ?? null }));
  return { ...row.page, rows };
}

/** The e-mail addresses of the members who own rows of the campaign, by their ids. */
async function ownerEmails(
  transaction: Transaction,
  campaignId: string,
  rows: readonly ExportRow[],
): Promise<Map<string, string>> {
  const ids = [...new Set(rows.flatMap((row) => row.owner_id ?? []))];
  if (ids.length === 0) return new Map();
  const members = await transaction<{ user_id: string; email: string }[]>`
    select m.user_id, m.email from public.campaigns c join public.workspace_members m on m.workspace_id = c.workspace_id
    where c.id = ${campaignId} and m.user_id = any (${ids}::uuid[])`;
  return new Map(members.map((member) => [member.user_id, member.email]));
}

/** The custom columns of the export's rows. */
export async function customColumns(transaction: Transaction, query: ExportQuery): Promise<string[]> {
  const [row] = await transaction<{ names: string[] }[]>`
    select private.custom_columns(${query.kind}, ${query.campaign_id}, ${JSON.stringify(query.filter)}::text::jsonb) as names`;
  return row?.names ?? [];
}
