import type { ImportKind, ImportMapping } from "@contracts";
import { isField } from "./fields";

function property(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;
}

function fieldOf(kind: ImportKind, row: unknown, target: string): unknown {
  if (kind === "contacts" && target === "company_name") return property(property(row, "company"), "name");
  if (kind === "contacts" && target === "company_website")
    return property(property(row, "company"), "website");
  return property(row, target);
}

const asText = (value: unknown) =>
  Array.isArray(value) ? value.join(", ") : value === undefined || value === null ? "" : String(value);

/**
 * The cells of a rejected row in the order of the file's columns. Rows refused in the browser are kept as cells; rows that only the server
 * could refuse are kept as they were sent, by field.
 */
export function rejectedCells(kind: ImportKind, columns: ImportMapping["columns"], raw: unknown): string[] {
  if (Array.isArray(raw)) return raw.map(asText);
  const joined = new Set<string>();
  return columns.map(({ header, target }) => {
    if (!isField(kind, target)) return asText(property(property(raw, "custom"), header));
    if (joined.has(target)) return "";
    joined.add(target);
    return asText(fieldOf(kind, raw, target));
  });
}
