import type { CsvCell } from "../contracts/csv.ts";

/** A row of an export as the database gives it: the list's row with `custom`, and the e-mail address of its owner, who may have left. */
export type ExportRow = Record<string, unknown> & {
  custom?: Record<string, unknown>;
  owner_id?: string | null;
  owner?: string | null;
};

/** One column of a file: its header and where its cells come from. */
export interface ExportColumn {
  key: string;
  header: string;
  cell: (row: ExportRow) => CsvCell;
}

const field = (key: string, header: string): ExportColumn => ({
  key,
  header,
  cell: (row) => toCell(row[key]),
});

const ofCompany = (key: string, header: string): ExportColumn => ({
  key: `company.${key}`,
  header,
  cell: (row) => toCell(isRecord(row.company) ? row.company[key] : null),
});

const COMPANY_COLUMNS: ExportColumn[] = [
  field("name", "Name"),
  field("domain", "Domain"),
  field("website", "Website"),
  field("description", "Description"),
  field("industry", "Industry"),
  field("country", "Country"),
  field("address", "Address"),
  field("phone", "Phone"),
  field("email", "Email"),
  field("linkedin_url", "LinkedIn URL"),
  field("employees", "Employees"),
  field("owner", "Owner"),
  field("tags", "Tags"),
  field("research_status", "Research status"),
  field("contact_count", "Contacts"),
  field("portfolio_count", "Portfolio companies"),
  field("researched_at", "Researched at"),
  field("created_at", "Added at"),
];

const CONTACT_COLUMNS: ExportColumn[] = [
  field("name", "Name"),
  field("first_name", "First name"),
  field("last_name", "Last name"),
  field("title", "Title"),
  field("seniority", "Seniority"),
  field("email", "Email"),
  field("phone", "Phone"),
  field("linkedin_url", "LinkedIn URL"),
  field("country", "Country"),
  ofCompany("name", "Company"),
  ofCompany("domain", "Company domain"),
  field("owner", "Owner"),
  field("tags", "Tags"),
  field("do_not_contact", "Do not contact"),
  field("source", "Source"),
  field("created_at", "Added at"),
];

/**
 * The columns of a file: the chosen keys in their order, or every column and then the custom ones. A custom column that is
 * called like one of ours is told apart by " (custom)". Returns null for a key that does not exist.
 */
export function exportColumns(
  kind: "companies" | "contacts",
  customNames: readonly string[],
  chosen?: readonly string[],
): ExportColumn[] | null {
  const own = kind === "companies" ? COMPANY_COLUMNS : CONTACT_COLUMNS;
  const headers = new Set(own.map((column) => column.header.toLowerCase()));
  const custom = customNames.map((name) => ({
    key: `custom.${name}`,
    header: headers.has(name.toLowerCase()) ? `${name} (custom)` : name,
    cell: ({ custom = {} }: ExportRow) => toCell(Object.hasOwn(custom, name) ? custom[name] : null),
  }));
  const all = [...own, ...custom];
  if (!chosen) return all;
  const found = chosen.flatMap((key) => all.find((column) => column.key === key) ?? []);
  return found.length === chosen.length ? found : null;
}

function toCell(value: unknown): CsvCell {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return Array.isArray(value) ? value.map((item) => String(item)).join("; ") : JSON.stringify(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
