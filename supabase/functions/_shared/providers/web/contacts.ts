import { type ContactResult, type ContactsResult, LIMITS } from "../../contracts/research.ts";
import { companyName } from "./company-text.ts";
import type { SitePages } from "./fetch-site.ts";
import { ownOrganizations } from "./organization.ts";
import { type Person, peopleInText } from "./people.ts";
import { ancestors } from "./people-context.ts";
import { peopleInSchema } from "./people-schema.ts";
import { peopleInTables } from "./people-table.ts";
import { nameKey } from "./person-name.ts";
import { clean } from "./text.ts";

/** The people that a company's pages show as its own, each once, in the order of the pages. Pure. */
export function extractContacts(site: SitePages): ContactsResult {
  return { contacts: peopleOf(site).slice(0, LIMITS.contacts).map(toContact) };
}

/** The people of a site, mentions of one person merged: structured data first, then the fullest value. */
export function peopleOf(site: SitePages): Person[] {
  const merged = new Map<string, Person>();
  const layers = [peopleInSchema, peopleInPage];
  for (const layer of layers) {
    for (const person of site.pages.flatMap((page) => layer(page))) {
      const key = nameKey(person.name.name);
      const known = merged.get(key);
      // Later mentions fill what is missing; the first source stays.
      merged.set(key, known ? { ...person, ...known } : person);
    }
  }
  // "Café Zürich Catering – Basel" reads like a person; what the site calls itself is none.
  const siteName = nameKey(companyName(ownOrganizations(site.pages), site.pages)?.value ?? "");
  return [...merged].flatMap(([key, person]) =>
    key === siteName && !person.email && !person.linkedin ? [] : [person],
  );
}

function peopleInPage(page: SitePages["pages"][number]): Person[] {
  const { people, tables } = peopleInTables(page);
  const inText = peopleInText(page, (line) => ancestors(line).some((element) => tables.has(element)));
  return [...people, ...inText];
}

function toContact(person: Person): ContactResult {
  const { name } = person;
  const short = (text: string | undefined) => (text === undefined ? "" : clean(text, LIMITS.short));
  return {
    name: clean(name.name, LIMITS.name),
    ...(short(name.first) === "" ? {} : { first_name: short(name.first) }),
    ...(short(name.last) === "" ? {} : { last_name: short(name.last) }),
    ...(person.title ? { title: clean(person.title, LIMITS.name) } : {}),
    ...(person.email ? { email: person.email } : {}),
    ...(person.phone && person.phone.length <= LIMITS.phone ? { phone: person.phone } : {}),
    ...(person.linkedin ? { linkedin_url: person.linkedin } : {}),
    source: person.source,
  };
}
