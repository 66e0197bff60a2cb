import type { ImportKind } from "@contracts";
import type { Column } from "./headers";

/** What has to be matched before a file of this kind can be imported, for the user, or null when it can. */
export function missingFields(kind: ImportKind, columns: readonly Column[]): string | null {
  const targets = new Set<string>(columns.map(({ target }) => target));
  const has = (...fields: string[]) => fields.some((field) => targets.has(field));
  if (kind === "companies") {
    return has("name", "website") ? null : "Say which column is the company name or the website.";
  }
  if (!has("name", "first_name", "last_name", "email", "linkedin_url")) {
    return "Say which column is the person’s name, e-mail address or LinkedIn profile.";
  }
  return has("company_name", "company_website", "email")
    ? null
    : "Say which column is the company’s name or website, or the person’s work e-mail address.";
}
