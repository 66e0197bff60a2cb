import type postgres from "postgres";
import type { Person, TestDatabase } from "./database.ts";

export interface ListedRow {
  id: string;
  name: string;
  domain?: string | null;
  company?: { name: string };
}

export interface Page {
  rows: ListedRow[];
  next_cursor: string | null;
  prev_cursor: string | null;
  total: number | null;
  total_is_capped: boolean;
}

/** Arguments of list_companies and list_contacts; what is left out is the function's default. */
export interface Call {
  campaign_id?: string | null;
  workspace_id?: string | null;
  filter?: postgres.JSONValue;
  sort?: string | null;
  direction?: string | null;
  cursor?: string | null;
  page_size?: number | null;
  with_total?: boolean;
}

export type RowList = "list_companies" | "list_contacts" | "list_campaigns";

/** Calls a function of the API by name as the person, with these arguments. */
export async function callAs(
  database: TestDatabase,
  person: Person | null,
  name: string,
  given: Record<string, postgres.JSONValue | undefined>,
): Promise<unknown> {
  return database.as(person, async (sql) => {
    const [row] = await sql`select public.${sql(name)}(${sql.unsafe(
      Object.entries(given)
        .map(([key, value]) => `${key} => ${literal(value)}`)
        .join(", "),
    )}) as answer`;
    return row?.answer;
  });
}

function literal(value: postgres.JSONValue | undefined): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return `'${(typeof value === "string" ? value : JSON.stringify(value)).replaceAll("'", "''")}'`;
}

/** Reads lists as one person. */
export function reader(database: TestDatabase, person: Person | null) {
  // The answers are what the tests look at: their shape is asserted there and by the contracts.
  const page = async (list: RowList, call: Call) =>
    (await callAs(database, person, list, { ...call })) as Page;

  /** All rows of a list, page by page; `between` runs after each page. */
  async function walk(list: RowList, call: Call, between: () => Promise<void> = async () => {}) {
    const rows: ListedRow[] = [];
    let cursor = call.cursor ?? null;
    do {
      const next: Page = await page(list, { ...call, cursor });
      rows.push(...next.rows);
      cursor = next.next_cursor;
      await between();
    } while (cursor);
    return rows;
  }

  /** All rows before a place, last page first, put in the list's order. */
  async function walkBack(list: RowList, call: Call) {
    const rows: ListedRow[] = [];
    let cursor = call.cursor ?? null;
    while (cursor) {
      const before: Page = await page(list, { ...call, cursor });
      rows.unshift(...before.rows);
      cursor = before.prev_cursor;
    }
    return rows;
  }
  return { page, walk, walkBack };
}
