import { type FoundCompany, LIMITS } from "../../contracts/research.ts";
import { SiteError } from "../web/site-error.ts";
import { clean } from "../web/text.ts";

/** What a page of a source holds: how many items, the companies among them, and the address of the next page as it stands there. */
export interface SourcePage {
  itemCount: number;
  companies: FoundCompany[];
  next: string | null;
}

/** A page with too many items is refused before they are read, which would take seconds. Throws SiteError. */
export function checkCount(items: number): void {
  if (items <= LIMITS.companies) return;
  const [found, most] = [items, LIMITS.companies].map((count) => count.toLocaleString("en"));
  throw new SiteError(
    "too_many_companies",
    `This page has ${found} companies; at most ${most} can be read from one page. Ask for smaller pages.`,
  );
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
