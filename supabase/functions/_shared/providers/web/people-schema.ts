import { emailsInText } from "./emails.ts";
import { isPerson, ownOrganizations } from "./organization.ts";
import type { Page } from "./page.ts";
import type { Person } from "./people.ts";
import { type NameParts, readPersonName } from "./person-name.ts";
import { tidyPhone } from "./phones.ts";
import { allTexts, childNodes, firstText, type SchemaNode } from "./schema-org.ts";
import { personProfile } from "./social.ts";

const STAFF = [
  "founder",
  "founders",
  "employee",
  "employees",
  "member",
  "members",
  "director",
  "ceo",
  "boardMember",
];
/** Relations that make a person somebody else's: who wrote a review or a post. */
const OUTSIDE = new Set([
  "author",
  "reviewer",
  "creator",
  "contributor",
  "publisher",
  "reviewedBy",
  "customer",
  "alumni",
  "performer",
  "actor",
  "attendee",
  "sponsor",
]);

/** The people that a page's JSON-LD, microdata or hCards present as the company's own. */
export function peopleInSchema(page: Page): Person[] {
  if (page.kind === "portfolio") return [];
  const nodes = [...page.jsonLd, ...page.microdata];
  const staff = new Map<SchemaNode, string | undefined>();
  for (const organization of ownOrganizations([page]).flatMap(({ node }) => [
    node,
    ...childNodes(node, "department"),
  ])) {
    for (const relation of STAFF) {
      for (const node of childNodes(organization, relation)) {
        if (isPerson(node) || node.types.length === 0)
          staff.set(node, firstText(node, "jobTitle", "roleName", "title"));
        for (const person of childNodes(node, "member", "employee"))
          staff.set(person, firstText(node, "roleName"));
      }
    }
  }
  for (const node of nodes) {
    const title = firstText(node, "jobTitle", "roleName", "hasOccupation");
    const isOutside = [...node.relations].some((relation) => OUTSIDE.has(relation));
    const isPresented = [...node.relations].some((relation) => PRESENTED.has(relation));
    if (!isPerson(node) || staff.has(node) || isOutside || !isPresented) continue;
    if (title !== undefined || node.props.has("worksFor")) staff.set(node, title);
  }
  return [...staff].flatMap(([node, title]) => toPerson(node, title, page));
}

/** Relations of a person who is shown for their own sake: at the top, or in a list. */
const PRESENTED = new Set(["", "item", "itemListElement", "hasPart", "about", "mainEntity", "mentions"]);

function toPerson(node: SchemaNode, title: string | undefined, page: Page): Person[] {
  const name = nameOf(node);
  if (!name) return [];
  const email = allTexts(node, "email").flatMap((text) => emailsInText(text.replace(/^mailto:/i, "")))[0];
  const phone = firstText(node, "telephone", "phone");
  const linkedin = allTexts(node, "sameAs", "url", "linkedin")
    .map((url) => personProfile(url))
    .find((url) => url !== null);
  return [
    {
      name,
      ...(title === undefined ? {} : { title }),
      ...(email === undefined ? {} : { email }),
      ...(phone === undefined ? {} : { phone: tidyPhone(phone) }),
      ...(linkedin ? { linkedin } : {}),
      source: page.url,
    },
  ];
}

/** The stated name. It is a person's because the page says so, also where it does not look like one. */
function nameOf(node: SchemaNode): NameParts | null {
  const [first, last] = [firstText(node, "givenName"), firstText(node, "familyName")];
  const prefix = firstText(node, "honorificPrefix");
  const parts = [prefix, first, last].filter((part) => part !== undefined).join(" ");
  const name = firstText(node, "name") ?? (first !== undefined && last !== undefined ? parts : undefined);
  if (name === undefined || name.length > 120) return null;
  const read = readPersonName(name);
  if (read) return { ...read, first: first ?? read.first, last: last ?? read.last };
  return { name, core: name, first, last };
}
