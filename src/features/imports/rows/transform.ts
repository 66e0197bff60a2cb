import type { ImportKind, ImportMapping, ImportRow } from "@contracts";
import { normaliseDomain } from "@/lib/domain";
import { isField, type TextField } from "./fields";

/** A field's value and the column (of a joined field the first) it came from. */
export type MappedValue = { header: string; value: string };

/** The cells of a row by what they become. Each tag comes with the header of its column. Empty cells and placeholders are left out. */
export type MappedRow = {
  fields: Map<TextField, MappedValue>;
  tags: Map<string, string>;
  custom: Map<string, string>;
};

/** What people and exports write into a cell that has no value. */
const PLACEHOLDER = /^(-+|–|—|n\/?a|#n\/a|null|none|undefined|unknown|\?+)$/i;
/** Names and descriptions may really be "None" or "Unknown". */
const KEEPS_ANY_TEXT: ReadonlySet<TextField> = new Set([
  "name",
  "company_name",
  "first_name",
  "last_name",
  "description",
  "title",
]);

const splitTags = (cell: string) =>
  cell
    .split(/[,;|]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");

/** A cell as its field has it: addresses so that they open, without what only tracks the click. */
function tidy(field: TextField, cell: string): string {
  if (field === "email") return cell.replace(/^mailto:/i, "").replace(/^.*<([^<>]+)>$/, "$1");
  // Exports mark phone numbers as text for spreadsheets.
  if (field === "phone") return cell.replace(/^'(?=[+\d])/, "");
  if (field !== "linkedin_url") return cell;
  const address = cell.replace(/[?#].*$/s, "");
  return /^(www\.|[a-z]{2,3}\.)?linkedin\.com\//i.test(address) ? `https://${address}` : address;
}

/** Sorts the cells of a row into fields, tags and custom columns as the mapping says. Custom cells stay as they are. */
export function mapCells(
  kind: ImportKind,
  columns: ImportMapping["columns"],
  cells: readonly string[],
): MappedRow {
  const mapped: MappedRow = { fields: new Map(), tags: new Map(), custom: new Map() };
  columns.forEach(({ header, target }, at) => {
    const raw = cells[at] ?? "";
    const cell = raw.trim();
    if (cell === "" || target === "skip") return;
    if (!isField(kind, target)) {
      mapped.custom.set(header, raw);
    } else if (target === "tags") {
      for (const tag of splitTags(cell)) mapped.tags.set(tag, mapped.tags.get(tag) ?? header);
    } else if (KEEPS_ANY_TEXT.has(target) || !PLACEHOLDER.test(cell)) {
      const before = mapped.fields.get(target);
      const value = tidy(target, cell);
      mapped.fields.set(
        target,
        before ? { header: before.header, value: `${before.value}, ${value}` } : { header, value },
      );
    }
  });
  return mapped;
}

function domainOf(website: string | undefined): string | undefined {
  const result = website === undefined ? undefined : normaliseDomain(website);
  return result !== undefined && "domain" in result ? result.domain : undefined;
}

/** An e-mail address tells the domain but does not open; a password in an address is not kept. */
const opens = (website: string) => !/^([a-z]+:\/\/|mailto:)?[^/?#]*@/i.test(website);

const present = (value: string | undefined, key: string) => (value === undefined ? {} : { [key]: value });

/** The row as `import_rows` takes it. The caller has taken out what does not fit (`settleRow`). */
export function toImportRow(kind: ImportKind, row: number, { fields, tags, custom }: MappedRow): ImportRow {
  const { company_name, company_website, website, ...values }: Partial<Record<TextField, string>> =
    Object.fromEntries([...fields].map(([field, { value }]) => [field, value]));
  const rest = {
    ...(tags.size > 0 && { tags: [...tags.keys()] }),
    ...(custom.size > 0 && { custom: Object.fromEntries(custom) }),
  };
  if (kind === "companies") {
    const domain = domainOf(website);
    const address = website !== undefined && opens(website) ? website : domain;
    return { row, ...values, ...present(address, "website"), ...present(domain, "domain"), ...rest };
  }
  const company = { ...present(company_name, "name"), ...present(domainOf(company_website), "website") };
  return { row, company, ...values, ...rest };
}
