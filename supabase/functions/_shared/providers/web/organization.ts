import { isSameSite } from "./links.ts";
import type { Page } from "./page.ts";
import { allTexts, firstText, type SchemaNode } from "./schema-org.ts";

/** A node and the page it was read on. */
export interface Stated {
  node: SchemaNode;
  page: Page;
}

/** schema.org's organization types; those of local businesses by their usual endings. */
const ORGANIZATION =
  /^(?:.*(?:Organization|Corporation|Business|Company|Store|Shop|Agency|Agent|Clinic|Contractor|Dealer|Establishment|Station|Venue)|(?:Professional|Legal|Financial|Accounting|Emergency|Government|Food)Service|NGO|Consortium|Airline|LibrarySystem|Attorney|Notary|Dentist|Physician|Optician|Pharmacy|Hospital|MedicalClinic|VeterinaryCare|Electrician|Plumber|Locksmith|HousePainter|AutoRepair|AutoRental|Restaurant|Bakery|Brewery|Winery|Distillery|CafeOrCoffeeShop|BarOrPub|Hotel|Motel|Hostel|Resort|BedAndBreakfast|School|CollegeOrUniversity|Preschool|ChildCare|BankOrCreditUnion|HairSalon|BeautySalon|DaySpa|HealthClub|SelfStorage|ShoppingCenter|Florist|InternetCafe|AnimalShelter|Library)$/;

/** Relations to an organization that mean the site's own one. "" is a node of its own. */
const OWN = new Set([
  "",
  "publisher",
  "about",
  "mainEntity",
  "isPartOf",
  "provider",
  "copyrightHolder",
  "sourceOrganization",
  "itemReviewed",
  "hiringOrganization",
  "mainEntityOfPage",
]);

/** Whether a node describes an organization. */
export function isOrganization(node: SchemaNode): boolean {
  return node.types.some((type) => ORGANIZATION.test(type));
}

/** Whether a node describes a person. */
export function isPerson(node: SchemaNode): boolean {
  return node.types.includes("Person");
}

/**
 * The nodes that describe the company whose site this is, the most telling first: JSON-LD before microdata, then
 * those that name this site as theirs. Organizations with another address of their own are other parties.
 */
export function ownOrganizations(pages: readonly Page[]): Stated[] {
  const layers = [
    pages.map((page) => ({ page, nodes: page.jsonLd })),
    pages.map((page) => ({ page, nodes: page.microdata })),
  ];
  return layers.flatMap((layer) => {
    const candidates = layer.flatMap(({ page, nodes }) =>
      nodes.filter((node) => isOrganization(node) && isOwnRelation(node)).map((node) => ({ node, page })),
    );
    const claimed = candidates.filter(({ node, page }) => claims(node, page) === "this");
    const open = candidates.filter(({ node, page }) => claims(node, page) === "none");
    // Several nameless-of-site organizations on one page are a list of others (customers, investments).
    const single = open.filter(
      ({ page, node }) =>
        open.filter(
          (other) => other.page === page && firstText(other.node, "name") !== firstText(node, "name"),
        ).length === 0,
    );
    return claimed.length > 0 ? claimed : single;
  });
}

function isOwnRelation(node: SchemaNode): boolean {
  return [...node.relations].some((relation) => OWN.has(relation));
}

/** Whether a node says whose site it belongs to: this one, another, or nothing about it. */
function claims(node: SchemaNode, page: Page): "this" | "other" | "none" {
  const host = new URL(page.url).hostname;
  const urls = allTexts(node, "url", "@id").filter((url) => URL.canParse(url));
  const own = urls.filter((url) => /^https?:/.test(url));
  if (own.length === 0) return "none";
  return own.some((url) => isSameSite(new URL(url), host)) ? "this" : "other";
}
