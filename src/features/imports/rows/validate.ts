import { IMPORT_LIMITS, type ImportKind, type ImportMapping } from "@contracts";
import { emailProblem, linkedinProblem, websiteProblem } from "@/lib/value-rules";
import type { RawRow } from "../reading/read-rows";
import { FIELD_LENGTHS, FIELD_LIST, TAG_LIMITS, type TextField } from "./fields";
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

type Group = { fields: TextField[]; missing: string };

/** What every row of a kind must have: a field of each group. */
const IDENTITY: Record<ImportKind, Group[]> = {
  companies: [{ fields: ["name", "website"], missing: "No company name and no website." }],
  contacts: [
    {
      fields: ["name", "first_name", "last_name", "email", "linkedin_url"],
      missing: "No name, e-mail address or LinkedIn profile.",
    },
    { fields: ["company_name", "company_website", "email"], missing: "No company for this contact." },
  ],
};

/** Why a row has no value of a group of fields: what was there and did not fit, else that it is missing. */
function missingReason(unfit: Map<TextField, string>, { fields, missing }: Group): string {
  const field = fields.find((name) => unfit.has(name));
  const reason = field && unfit.get(field);
  if (!reason) return missing;
  // An e-mail address stands in for the company only where there is none.
  return field === "email" && fields.includes("company_name") ? `${reason} ${missing}` : reason;
}

/** Keeps tags that are too long, or too many, as custom fields under their headers, and says so. `mapped` is changed. */
function settleTags(mapped: MappedRow): string[] {
  const all = [...mapped.tags];
  const long = all.filter(([tag]) => tag.length > TAG_LIMITS.characters);
  const more = all.filter(([tag]) => tag.length <= TAG_LIMITS.characters).slice(TAG_LIMITS.count);
  for (const [tag, header] of [...long, ...more]) {
    mapped.tags.delete(tag);
    const kept = mapped.custom.get(header);
    mapped.custom.set(header, kept === undefined ? tag : `${kept}, ${tag}`);
  }
  return [
    ...long
      .slice(0, 1)
      .map(
        ([tag, header]) =>
          `A tag has ${count(tag.length)} characters; it may have ${count(TAG_LIMITS.characters)}. Kept as the custom field “${header}”.`,
      ),
    ...more
      .slice(0, 1)
      .map(
        ([, header]) =>
          `The row has ${count(all.length)} tags; it may have ${count(TAG_LIMITS.count)}. The others are kept as the custom field “${header}”.`,
      ),
  ];
}

/** What becomes of a row: rejected for a reason, or taken, with notes on values that did not fit their field. */
export type Settled = { reason: string | null; notes: string[] };

/**
 * Takes values that do not fit out of their fields and keeps them as custom fields under their headers. The row is rejected only
 * when nothing is left by which a company or a person is known. `mapped` is changed.
 */
export function settleRow(kind: ImportKind, mapped: MappedRow): Settled {
  const unfit = new Map<TextField, string>();
  const notes = settleTags(mapped);
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
  const group = IDENTITY[kind].find(({ fields }) => !fields.some((field) => mapped.fields.has(field)));
  return { reason: group ? missingReason(unfit, group) : null, notes };
}

/** Keeps cells beyond the last column as custom fields, and says so; null when there are none. `mapped` is changed. */
export function keepExtraCells(mapped: MappedRow, cells: readonly string[], columns: number): string | null {
  const extra = cells.slice(columns).flatMap((cell, at) => (cell.trim() === "" ? [] : [{ cell, at }]));
  if (extra.length === 0) return null;
  for (const { cell, at } of extra) mapped.custom.set(`Extra cell ${at + 1}`, cell);
  return `The row has ${count(cells.length)} cells, the header ${count(columns)}. The others are kept as custom fields; a separator inside a cell needs quotes.`;
}
