import type { ResearchedValue, ResearchedValues } from "@contracts";

/** Where a shown value came from. `found` is what research read where people's own value won over it. */
export type Provenance =
  | { kind: "researched"; source: string; at: string }
  | { kind: "own"; found: { value: string; source: string; at: string } | null }
  | { kind: "none" };

interface Candidate {
  value: string;
  source: string;
}

/** A researched value as text: lists joined by commas, anything that is not text left out. */
export function valueText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return value.map(valueText).filter(Boolean).join(", ");
  return "";
}

/**
 * What a column may have been filled with from a researched value, each with its page: the first of several
 * addresses, the whole of a list of words, one link of a map of links (`network`).
 */
function candidatesOf(
  { value, source, items = [] }: ResearchedValue,
  network: string | undefined,
): Candidate[] {
  if (network !== undefined) return items.filter((item) => item.network === network);
  return [...items, { value: valueText(value), source }].filter((candidate) => candidate.value !== "");
}

/**
 * Whether a column's value was researched, and on which page, or typed or imported. Research only fills what was
 * empty, so a value that is not the researched one is people's own. `path` is the field in `research`, or
 * `social.<network>` for one link.
 */
export function provenanceOf(current: string | null, research: ResearchedValues, path: string): Provenance {
  const [field = "", network] = path.split(".");
  const entry = Object.hasOwn(research, field) ? research[field] : undefined;
  const candidates = entry === undefined ? [] : candidatesOf(entry, network);
  const [first] = candidates;
  const text = current?.trim() ?? "";
  if (entry === undefined || first === undefined)
    return text === "" ? { kind: "none" } : { kind: "own", found: null };
  const same = candidates.find((candidate) => candidate.value.trim() === text);
  if (same !== undefined) return { kind: "researched", source: same.source, at: entry.at };
  return { kind: "own", found: { value: first.value, source: first.source, at: entry.at } };
}
