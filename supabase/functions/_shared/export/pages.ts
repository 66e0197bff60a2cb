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
  return row.page;
}

/** The custom columns of the export's rows. */
export async function customColumns(transaction: Transaction, query: ExportQuery): Promise<string[]> {
  const [row] = await transaction<{ names: string[] }[]>`
    select private.custom_columns(${query.kind}, ${query.campaign_id}, ${JSON.stringify(query.filter)}::text::jsonb) as names`;
  return row?.names ?? [];
}
