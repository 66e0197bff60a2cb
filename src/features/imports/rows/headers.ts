import type { ImportKind } from "@contracts";
import { contentField, looksLikeNames } from "./content";
import { FIELD_LIST, type Field, JOINED_FIELDS, type Target } from "./fields";
import { COMPANY_SYNONYMS, CONTACT_SYNONYMS, PLACE_PARTS } from "./synonyms";

/** How sure the match of a column is: its header says so, its header nearly says so, its cells look like it, or there is none. */
export type Confidence = "certain" | "likely" | "guess" | "none";

/** One column of a file and what it becomes. `header` is unique within the file. */
export type Column = { header: string; target: Target; confidence: Confidence };

/** Lower case, no accents, every run of anything but letters and digits one space: `"Company – Domain"` → `"company domain"`. */
export function normaliseHeader(header: string): string {
  return header
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

const split = (synonyms: Record<string, string>) =>
  new Map(Object.entries(synonyms).map(([field, words]) => [field, words.split("|").map(normaliseHeader)]));

const SYNONYMS: Record<ImportKind, Map<string, string[]>> = {
  companies: split(COMPANY_SYNONYMS),
  contacts: split(CONTACT_SYNONYMS),
};

const PLACES = new Set(PLACE_PARTS.split("|").map(normaliseHeader));

/** Gives every column a header that is not empty and appears once: `"Phone", "Phone", ""` → `"Phone", "Phone (2)", "Column 3"`. */
export function uniqueHeaders(cells: readonly string[]): string[] {
  const taken = new Set<string>();
  return cells.map((cell, at) => {
    const base = cell.trim() === "" ? `Column ${at + 1}` : cell.trim();
    let header = base;
    for (let copy = 2; taken.has(header); copy++) header = `${base} (${copy})`;
    taken.add(header);
    return header;
  });
}

/** Words of headers that are about a field, not the field: "Contact Owner", "Email Status", "Apollo Contact Id". */
const ABOUT = /\b(id|owner|status|stage|date|time|source|type|count|score|quality|provider|notes?)\b/;

/** How well a header fits a field: 0 is a perfect fit, more is worse, null is no fit. */
function headerFit(header: string, words: readonly string[]): number | null {
  const exact = words.indexOf(header);
  if (exact !== -1) return exact;
  if (ABOUT.test(header)) return null;
  const within = words.findIndex((word) => word.length >= 5 && ` ${header} `.includes(` ${word} `));
  return within === -1 ? null : 1_000 + within;
}

/** Whether a header is a known name of a field of either kind, or of a part of an address. */
export function isKnownHeader(header: string): boolean {
  const normal = normaliseHeader(header);
  return (
    PLACES.has(normal) ||
    Object.values(SYNONYMS).some((fields) => [...fields.values()].some((words) => words.includes(normal)))
  );
}

/**
 * Matches the columns of a file to the fields of a kind: by header first, then by what the sample cells look like. Each field gets its
 * best column, joined fields (address, tags) each column that fits. What nothing fits is kept as a custom field, unless the sample has no
 * value in it.
 * @param headers unique headers, in file order
 * @param sample rows of cells
 */
export function matchColumns(
  kind: ImportKind,
  headers: readonly string[],
  sample: readonly string[][],
): Column[] {
  const columns = headers.map((header, at): Column => {
    const empty = sample.length > 0 && sample.every((row) => (row[at] ?? "").trim() === "");
    return { header, target: empty ? "skip" : "custom", confidence: "none" };
  });
  const normal = headers.map(normaliseHeader);
  const fits: { at: number; field: Field; fit: number }[] = [];
  for (const { field } of FIELD_LIST[kind]) {
    const words = SYNONYMS[kind].get(field) ?? [];
    normal.forEach((header, at) => {
      const fit = headerFit(header, words);
      if (fit !== null) fits.push({ at, field, fit });
    });
  }
  const taken = new Set<string>();
  const take = (at: number, field: Field, confidence: Confidence) => {
    const column = columns[at];
    if (column === undefined || column.confidence !== "none") return;
    if (taken.has(field) && !JOINED_FIELDS.has(field)) return;
    taken.add(field);
    columns[at] = { header: column.header, target: field, confidence };
  };
  // A perfect fit anywhere goes before a partial one, and the first column before the second.
  for (const { at, field, fit } of fits.sort((a, b) => a.fit - b.fit || a.at - b.at)) {
    if (fit >= 1_000 && JOINED_FIELDS.has(field)) continue;
    take(at, field, fit < 1_000 ? "certain" : "likely");
  }
  const cellsOf = (at: number) => sample.map((row) => row[at] ?? "");
  const isPlace = (at: number) => PLACES.has(normal[at] ?? "");
  headers.forEach((_, at) => {
    if (isPlace(at)) return;
    const field = contentField(kind, cellsOf(at));
    if (field !== null) take(at, field, "guess");
  });
  // A list of companies begins with their names.
  const first = columns.findIndex(({ confidence }, at) => confidence === "none" && !isPlace(at));
  if (kind === "companies" && first !== -1 && looksLikeNames(cellsOf(first))) take(first, "name", "guess");
  return columns;
}
