import { IMPORT_LIMITS, type ImportKind, type ImportMapping } from "@contracts";
import { emailProblem, linkedinProblem, websiteProblem } from "@/lib/value-rules";
import type { RawRow } from "../reading/read-rows";
import { FIELD_LENGTHS, FIELD_LIST, type TextField } from "./fields";
import type { MappedRow } from "./transform";

const count = (value: number) => value.toLocaleString("en");

/** Why the cells of a row cannot be read as they are, or null. */
export function validateCells(raw: RawRow, columns: ImportMapping["columns"]): string | null {
  if (raw.problem !== null) return raw.problem;
  const long = raw.cells.findIndex((cell) => cell.length > IMPORT_LIMITS.cellCharacters);
  if (long === -1) return null;
  const header = columns[long]?.header ?? `Column ${long + 1}`;
  const length = raw.cells[long]?.length ?? 0;
  return `“${header}” has ${count(length)} characters; a cell may have ${count(IMPORT_LIMITS.cellCharacters)}.`;
}

function unfitReason(field: TextField, label: string, value: string): string | null {
  if (value.length > FIELD_LENGTHS[field]) {
    return `${label} has ${count(value.length)} characters; it may have ${count(FIELD_LENGTHS[field])}.`;
  }
  if (field === "website" || field === "company_website") return websiteProblem(value);
  if (field === "email") return emailProblem(value);
  if (field === "linkedin_url") return linkedinProblem(value);
  return null;
}

/** What every row of a kind must have: a field of each group. */
const IDENTITY: Record<ImportKind, { fields: TextField[]; missing: string }[]> = {
  companies: [{ fields: ["name", "website"], missing: "No company name and no website." }],
  contacts: [
    {
      fields: ["name", "first_name", "last_name", "email", "linkedin_url"],
      missing: "No name, e-mail address or LinkedIn profile.",
    },
    { fields: ["company_name", "company_website", "email"], missing: "No company for this contact." },
  ],
};

/** What becomes of a row: rejected for a reason, or taken, with notes on values that did not fit their field. */
export type Settled = { reason: string | null; notes: string[] };

/**
 * Takes values that do not fit out of their fields and keeps them as custom fields under their headers. The row is rejected only
 * when nothing is left by which a company or a person is known. `mapped` is changed.
 */
export function settleRow(kind: ImportKind, mapped: MappedRow): Settled {
  const unfit = new Map<TextField, string>();
  const notes: string[] = [];
  for (const { field, label } of FIELD_LIST[kind]) {
    if (field === "tags") continue;
    const found = mapped.fields.get(field);
    const reason = found && unfitReason(field, label, found.value);
    if (!found || !reason) continue;
    unfit.set(field, reason);
    notes.push(`${reason} Kept as the custom field “${found.header}”.`);
    mapped.fields.delete(field);
    mapped.custom.set(found.header, found.value);
  }
  for (const { fields, missing } of IDENTITY[kind]) {
    if (fields.some((field) => mapped.fields.has(field))) continue;
    const [reason = missing] = fields.flatMap((field) => unfit.get(field) ?? []);
    return { reason, notes };
  }
  return { reason: null, notes };
}

/** Keeps cells beyond the last column as custom fields, and says so; null when there are none. `mapped` is changed. */
export function keepExtraCells(mapped: MappedRow, cells: readonly string[], columns: number): string | null {
  const extra = cells.slice(columns).flatMap((cell, at) => (cell.trim() === "" ? [] : [{ cell, at }]));
  if (extra.length === 0) return null;
  for (const { cell, at } of extra) mapped.custom.set(`Extra cell ${at + 1}`, cell);
  return `The row has ${count(cells.length)} cells, the header ${count(columns)}. The others are kept as custom fields; a separator inside a cell needs quotes.`;
}
