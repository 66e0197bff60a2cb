import { selectAll } from "css-select";
import type { AnyNode, Document, Element } from "domhandler";
import { textOf } from "./lines.ts";
import { classesOf } from "./people-context.ts";
import type { SchemaNode, SchemaValue } from "./schema-org.ts";
import { clean } from "./text.ts";

const MAX_CARDS = 300;
/** Classes of hCard (vcard) and h-card, and the schema.org property each stands for. */
const PROPERTIES: readonly (readonly [string, string])[] = [
  [".p-name, .fn", "name"],
  [".p-job-title, .p-role, .title, .role", "jobTitle"],
  [".u-email, .email", "email"],
  [".p-tel, .tel", "telephone"],
  [".p-given-name, .given-name", "givenName"],
  [".p-family-name, .family-name", "familyName"],
];
const ADDRESS: readonly (readonly [string, string])[] = [
  [".p-street-address, .street-address", "streetAddress"],
  [".p-postal-code, .postal-code", "postalCode"],
  [".p-locality, .locality", "addressLocality"],
  [".p-region, .region", "addressRegion"],
  [".p-country-name, .country-name", "addressCountry"],
];

/** A page's hCards and h-cards as nodes of the same shape as microdata. */
export function hcardNodes(document: Document): SchemaNode[] {
  return selectAll<AnyNode, Element>(".vcard, .h-card", document).slice(0, MAX_CARDS).flatMap(readCard);
}

function readCard(card: Element): SchemaNode[] {
  const props = new Map<string, SchemaValue[]>();
  for (const [selector, name] of PROPERTIES) {
    const values = selectAll<AnyNode, Element>(selector, card.children).map((element) =>
      propertyText(element, name),
    );
    if (values.some((value) => value !== ""))
      props.set(
        name,
        values.filter((value) => value !== ""),
      );
  }
  if (!props.has("name")) return [];
  const links = selectAll<AnyNode, Element>("a[href]", card.children).map((link) =>
    clean(link.attribs.href ?? "", 2_000),
  );
  props.set(
    "sameAs",
    links.filter((link) => /^https?:/.test(link)),
  );
  const address = readAddress(card);
  if (address) props.set("address", [address]);
  return [{ types: [isOrganizationCard(card) ? "Organization" : "Person"], props, relations: new Set([""]) }];
}

/** By convention a card is an organization's when its name is also its organization. */
function isOrganizationCard(card: Element): boolean {
  const names = selectAll<AnyNode, Element>(".p-name, .fn", card.children);
  return names.some(
    (name) =>
      /(?:^|\s)(?:org|p-org|organization-name)(?:\s|$)/.test(classesOf(name)) ||
      selectAll<AnyNode, Element>(".org, .p-org", name.children).length > 0,
  );
}

function readAddress(card: Element): SchemaNode | null {
  const props = new Map<string, SchemaValue[]>();
  for (const [selector, name] of ADDRESS) {
    const [first] = selectAll<AnyNode, Element>(selector, card.children);
    const text = first ? textOf(first, 300) : "";
    if (text !== "") props.set(name, [text]);
  }
  return props.size === 0 ? null : { types: ["PostalAddress"], props, relations: new Set(["address"]) };
}

function propertyText(element: Element, name: string): string {
  const href = element.attribs.href ?? "";
  if (name === "email" && /^mailto:/i.test(href)) return clean(href.replace(/^mailto:|\?.*$/gi, ""), 300);
  if (name === "telephone" && /^tel:/i.test(href)) return clean(href.replace(/^tel:/i, ""), 100);
  return textOf(element, 300);
}
