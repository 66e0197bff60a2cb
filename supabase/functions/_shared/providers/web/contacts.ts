import { type ContactResult, type ContactsResult, LIMITS } from "../../contracts/research.ts";
import { companyName } from "./company-text.ts";
import { emailsInLine } from "./emails.ts";
import type { SitePages } from "./fetch-site.ts";
import { ownOrganizations } from "./organization.ts";
import { isOtherPartyEmail } from "./own-emails.ts";
import { type Person, peopleInText } from "./people.ts";
import { ancestors } from "./people-context.ts";
import { peopleInImages } from "./people-images.ts";
import { peopleInSchema } from "./people-schema.ts";
import { peopleInTables } from "./people-table.ts";
import { nameKey } from "./person-name.ts";
import { clean, fold } from "./text.ts";

/** The people that a company's pages show as its own, each once, in the order of the pages. Pure. */
export function extractContacts(site: SitePages): ContactsResult {
  return { contacts: peopleOf(site).slice(0, LIMITS.contacts).map(toContact) };
}

/** The people of a site, mentions of one person merged: structured data first, then the fullest value. */
export function peopleOf(site: SitePages): Person[] {
  const merged = new Map<string, Person & { layer: number }>();
  const isOutsider = outsidersOf(site.pages);
  const siteName = nameKey(companyName(ownOrganizations(site.pages), site.pages)?.value ?? "");
  const layers = [peopleInSchema, peopleInPage, peopleInImages];
  for (const [layer, read] of layers.entries()) {
    for (const each of site.pages.flatMap((page) => read(page).filter((one) => !isOutsider(one, page)))) {
      const person = { ...each, layer };
      const key = nameKey(person.name.name);
      const known = merged.get(key);
      // Later mentions fill what is missing; the first source stays.
      const fuller = known && fullerTitle(known, person, known.layer === layer ? siteName : null);
      merged.set(key, known ? { ...person, ...known, ...fuller } : person);
    }
  }
  // "Café Zürich Catering – Basel" reads like a person; what the site calls itself is none.
  return [...merged].flatMap(([key, person]) =>
    key === siteName && !person.email && !person.linkedin ? [] : [person],
  );
}

/**
 * "Managing Partner" says more than "Partner", "CEO of Acme" no more than "CEO". Between structured data and text only
 * what goes on where the other ends does: "Principal Broker / Owner".
 */
function fullerTitle(known: Person, other: Person, siteName: string | null): Partial<Person> {
  const [short, long] = [known.title, other.title];
  if (short === undefined || long === undefined) return {};
  const isAdded = long.startsWith(short) && /^\s*[/,&|–]/u.test(long.slice(short.length));
  const holds = ` ${fold(long)} `.includes(` ${fold(short)} `) && long.length > short.length;
  const isMore = siteName !== null && holds && !(siteName !== "" && nameKey(long).includes(siteName));
  return isAdded || isMore ? { title: long } : {};
}

/** On contact and legal pages agencies and authorities have named contacts, too: their addresses give them away. */
function outsidersOf(
  pages: SitePages["pages"],
): (person: Person, page: SitePages["pages"][number]) => boolean {
  const host = new URL(pages[0]?.url ?? "http://unknown.invalid").hostname;
  const isOther = (email: string) => isOtherPartyEmail(email, host, new Set());
  const hasOwn = pages.some((page) =>
    page.lines.some((line) => emailsInLine(line).some((email) => !isOther(email))),
  );
  return (person, page) =>
    hasOwn && /^(?:contact|imprint)$/.test(page.kind) && person.email !== undefined && isOther(person.email);
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
