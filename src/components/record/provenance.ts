import type { ResearchedValues } from "@contracts";

/** Where a shown value came from. `found` is what research read where people's own value won over it. */
export type Provenance =
  | { kind: "researched"; source: string; at: string }
  | { kind: "own"; found: { value: string; source: string; at: string } | null }
  | { kind: "none" };

/** A researched value as text: lists joined by commas, anything that is not text left out. */
export function valueText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.map(valueText).filter(Boolean).join(", ");
  return "";
}

/** The texts a column may have been filled with from a researched value: the whole, or one of a list. */
function candidates(value: unknown): string[] {
  const parts = Array.isArray(value) ? value.map(valueText) : [];
  return [valueText(value), ...parts].filter(Boolean);
}

/** A researched value by its path: a field's name, or `social.<network>` for one link of a map of links. */
function researchedAt(research: ResearchedValues, path: string) {
  const [field = "", key] = path.split(".");
  const entry = research[field];
  if (entry === undefined || key === undefined) return entry;
  const { value } = entry;
  if (typeof value !== "object" || value === null) return undefined;
  return { ...entry, value: Object.entries(value).find(([name]) => name === key)?.[1] };
}

/**
 * Whether a column's value was researched, and on which page, or typed or imported. Research only fills what was
 * empty, so a value that is not the researched one is people's own.
 */
export function provenanceOf(current: string | null, research: ResearchedValues, path: string): Provenance {
  const entry = researchedAt(research, path);
  const found = entry === undefined ? [] : candidates(entry.value);
  const [whole] = found;
  const text = current?.trim() ?? "";
  if (text === "" && whole === undefined) return { kind: "none" };
  if (entry === undefined || whole === undefined) return { kind: "own", found: null };
  if (found.includes(text)) return { kind: "researched", source: entry.source, at: entry.at };
  return { kind: "own", found: { value: whole, source: entry.source, at: entry.at } };
}
