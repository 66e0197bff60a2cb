import { IMPORT_LIMITS, type ImportKind, type ImportMapping } from "@contracts";
import type { RawRow } from "../reading/read-rows";
import { isEmail, isLinkedinUrl } from "./content";
import { normaliseDomain } from "./domain";
import { FIELD_LENGTHS, FIELD_LIST } from "./fields";
import type { MappedRow } from "./transform";

const count = (value: number) => value.toLocaleString("en");
const quote = (text: string) => `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`;

/** Why the cells of a row cannot be read as they are, or null. */
export function validateCells(raw: RawRow, columns: ImportMapping["columns"]): string | null {
  if (raw.problem !== null) return raw.problem;
  const extra = raw.cells.slice(columns.length).findIndex((cell) => cell.trim() !== "");
  if (extra !== -1) {
    return `The row has ${count(raw.cells.length)} cells, the header has ${count(columns.length)}. A cell with the separator in it needs quotes.`;
  }
  const long = raw.cells.findIndex((cell) => cell.length > IMPORT_LIMITS.cellCharacters);
  if (long !== -1) {
    const length = raw.cells[long]?.length ?? 0;
    return `“${columns[long]?.header}” has ${count(length)} characters; a cell may have ${count(IMPORT_LIMITS.cellCharacters)}.`;
  }
  return null;
}

const value = (mapped: MappedRow, field: Parameters<MappedRow["fields"]["get"]>[0]) =>
  mapped.fields.get(field)?.join(", ");

function tooLong(kind: ImportKind, mapped: MappedRow): string | null {
  for (const { field, label } of FIELD_LIST[kind]) {
    if (field === "tags") continue;
    const length = value(mapped, field)?.length ?? 0;
    if (length > FIELD_LENGTHS[field]) {
      return `${label} has ${count(length)} characters; it may have ${count(FIELD_LENGTHS[field])}. Keep the column as a custom field or shorten it.`;
    }
  }
  return null;
}

function badAddress(mapped: MappedRow): string | null {
  const website = value(mapped, "website") ?? value(mapped, "company_website");
  if (website !== undefined) {
    const result = normaliseDomain(website);
    if ("reason" in result) return result.reason;
  }
  const email = value(mapped, "email")
    ?.replace(/^mailto:/i, "")
    .replace(/^.*<([^<>]+)>$/, "$1");
  if (email !== undefined && !isEmail(email)) return `${quote(email)} is not an e-mail address.`;
  const linkedin = value(mapped, "linkedin_url");
  if (linkedin !== undefined && !isLinkedinUrl(linkedin))
    return `${quote(linkedin)} is not a LinkedIn address.`;
  return null;
}

function noIdentity(kind: ImportKind, { fields }: MappedRow): string | null {
  const has = (...names: Parameters<typeof fields.has>[0][]) => names.some((name) => fields.has(name));
  if (kind === "companies") return has("name", "website") ? null : "No company name and no website.";
  if (!has("name", "first_name", "last_name", "email", "linkedin_url"))
    return "No name, e-mail address or LinkedIn profile.";
  return has("company_name", "company_website", "email") ? null : "No company for this contact.";
}

/** Why a mapped row cannot become a company or a contact, for the user, or null when it can. */
export function validateRow(kind: ImportKind, mapped: MappedRow): string | null {
  return noIdentity(kind, mapped) ?? tooLong(kind, mapped) ?? badAddress(mapped);
}
