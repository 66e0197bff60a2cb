import { type FoundCompany, LIMITS } from "../../contracts/research.ts";
import { clean } from "../web/text.ts";

/** What a page of a source holds: how many items, the companies among them, and the address of the next page as it stands there. */
export interface SourcePage {
  itemCount: number;
  companies: FoundCompany[];
  next: string | null;
}

/** The company of an item; none if it says neither a name nor where its website is. */
export function companyOf(
  name: string | null,
  domain: string | null,
  website: string | null,
): FoundCompany[] {
  const texts = {
    name: clean(name ?? "", LIMITS.name),
    domain: clean(domain ?? "", LIMITS.url),
    website: clean(website ?? "", LIMITS.url),
  };
  const company: FoundCompany = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ""));
  return Object.keys(company).length === 0 ? [] : [company];
}
