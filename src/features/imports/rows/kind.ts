import type { ImportKind } from "@contracts";
import { matchColumns } from "./headers";

const OF_A_PERSON: ReadonlySet<string> = new Set(["first_name", "last_name", "title"]);

/**
 * Whether a file lists companies or people: people when a header names a first name, a last name or a job title, or when there
 * is a company beside a name and an e-mail address of somebody.
 */
export function detectKind(headers: readonly string[], sample: readonly string[][]): ImportKind {
  const columns = matchColumns("contacts", headers, sample).filter(
    ({ confidence }) => confidence === "certain",
  );
  const targets = new Set<string>(columns.map(({ target }) => target));
  if ([...OF_A_PERSON].some((field) => targets.has(field))) return "contacts";
  const hasCompany = targets.has("company_name") || targets.has("company_website");
  return hasCompany && targets.has("name") && targets.has("email") ? "contacts" : "companies";
}
