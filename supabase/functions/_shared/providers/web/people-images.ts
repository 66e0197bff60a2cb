import type { Element } from "domhandler";
import { getElementsByTagName } from "domutils";
import type { Page } from "./page.ts";
import type { Person } from "./people.ts";
import { isOthersPart, isPageChrome } from "./people-context.ts";
import { type NamedInLine, readPersonLine } from "./people-lines.ts";
import { clean } from "./text.ts";

/** People who are named in the alternative text of their portrait: "Leonie Pfau, Winemaker". */
export function peopleInImages(page: Page): Person[] {
  if (page.kind !== "team" && page.kind !== "about") return [];
  const named = getElementsByTagName("img", page.document, true, 300).flatMap(
    (image) => readAlt(image) ?? [],
  );
  // One caption may be chance; several with a role are a gallery of people.
  if (named.filter((person) => person.sure).length < 2) return [];
  return named.map(({ name, title }) => ({ name, ...(title ? { title } : {}), source: page.url }));
}

function readAlt(image: Element): NamedInLine | null {
  const alt = clean(image.attribs.alt ?? "", 200);
  if (alt === "" || alt.length > 120 || isPageChrome(image) || isOthersPart(image)) return null;
  const named = readPersonLine(alt, null);
  return named?.title ? named : null;
}
