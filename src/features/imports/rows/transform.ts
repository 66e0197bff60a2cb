import type { ImportKind, ImportMapping, ImportRow } from "@contracts";
import { normaliseDomain } from "./domain";
import { type Field, isField } from "./fields";

/** The cells of a row by what they become. Cells of joined fields are several; empty cells and placeholders are left out. */
export type MappedRow = { fields: Map<Field, string[]>; custom: Map<string, string> };

/** What people and exports write into a cell that has no value. */
const PLACEHOLDER = /^(-+|–|—|n\/?a|#n\/a|null|none|undefined|unknown|\?+)$/i;
/** Names and descriptions may really be "None" or "Unknown". */
const KEEPS_ANY_TEXT: ReadonlySet<Field> = new Set([
  "name",
  "company_name",
  "first_name",
  "last_name",
  "description",
  "title",
]);

/** Sorts the cells of a row into fields and custom columns as the mapping says. */
export function mapCells(
  kind: ImportKind,
  columns: ImportMapping["columns"],
  cells: readonly string[],
): MappedRow {
  const mapped: MappedRow = { fields: new Map(), custom: new Map() };
  columns.forEach(({ header, target }, at) => {
    const cell = (cells[at] ?? "").trim();
    if (cell === "" || target === "skip") return;
    if (!isField(kind, target)) {
      mapped.custom.set(header, cell);
    } else if (KEEPS_ANY_TEXT.has(target) || !PLACEHOLDER.test(cell)) {
      mapped.fields.set(target, [...(mapped.fields.get(target) ?? []), cell]);
    }
  });
  return mapped;
}

const splitTags = (cells: string[]) => [
  ...new Set(
    cells
      .flatMap((cell) => cell.split(/[,;|]/))
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ""),
  ),
];

const withScheme = (address: string) => (/^[a-z]+:\/\//i.test(address) ? address : `https://${address}`);
const bareEmail = (email: string) => email.replace(/^mailto:/i, "").replace(/^.*<([^<>]+)>$/, "$1");

function domainOf(website: string): string | null {
  const result = normaliseDomain(website);
  return "domain" in result ? result.domain : null;
}

/** The value of each field that has one, as `import_rows` takes it. */
function fieldValues(mapped: MappedRow): Partial<Record<Exclude<Field, "tags">, string>> {
  const values: Partial<Record<Exclude<Field, "tags">, string>> = {};
  for (const [field, cells] of mapped.fields) {
    if (field === "tags") continue;
    const value = cells.join(", ");
    if (field === "linkedin_url") values[field] = withScheme(value);
    else if (field === "email") values[field] = bareEmail(value);
    else values[field] = value;
  }
  return values;
}

/** The row as `import_rows` takes it. The caller has checked it with `validateRow`. */
export function toImportRow(kind: ImportKind, row: number, mapped: MappedRow): ImportRow {
  const { company_name, company_website, ...values } = fieldValues(mapped);
  const tags = splitTags(mapped.fields.get("tags") ?? []);
  const rest = {
    ...(tags.length > 0 ? { tags } : {}),
    ...(mapped.custom.size > 0 ? { custom: Object.fromEntries(mapped.custom) } : {}),
  };
  if (kind === "companies") {
    const domain = values.website === undefined ? null : domainOf(values.website);
    if (domain === null) return { row, ...values, ...rest };
    // An e-mail address tells the domain, but is no address to open.
    const website = values.website?.includes("@") ? domain : values.website;
    return { row, ...values, ...(website === undefined ? {} : { website }), domain, ...rest };
  }
  const website = company_website === undefined ? null : domainOf(company_website);
  const company = {
    ...(company_name === undefined ? {} : { name: company_name }),
    ...(website === null ? {} : { website }),
  };
  return { row, company, ...values, ...rest };
}
