import { type CompanyResult, LIMITS, type Sourced } from "../../contracts/research.ts";
import { statedAddress, visibleAddress } from "./address.ts";
import { companyDescription, companyName, industryWords } from "./company-text.ts";
import { peopleOf } from "./contacts.ts";
import { emailsInLink, emailsInText, reversedEmails } from "./emails.ts";
import type { SitePages } from "./fetch-site.ts";
import { ownOrganizations, type Stated } from "./organization.ts";
import { isOtherPartyEmail, isPersonalEmail } from "./own-emails.ts";
import type { Page } from "./page.ts";
import { isAboutOthers } from "./people-context.ts";
import { phonesInLine, samePhone, tidyPhone } from "./phones.ts";
import { extractPortfolio } from "./portfolio.ts";
import { allTexts, childNodes } from "./schema-org.ts";
import { companyProfile } from "./social.ts";
import { fold } from "./text.ts";

/** Lines in which somebody else signs: who made the site. */
const CREDIT =
  /\b(?:(?:web\s?)?(?:design|site|theme|website|development|photography)(?:ed)? by|made by|built by|created by|developed by|powered by|webdesign|umsetzung|realisierung|réalisation|sito di|diseño web|hosting|hébergeur)\b/iu;

/** What a company's pages say about it, each value with the page it stands on. Pure; nothing is guessed. */
export function extractCompany(site: SitePages): CompanyResult {
  const { pages } = site;
  const stated = ownOrganizations(pages);
  const people = peopleOf(site);
  const name = companyName(stated, pages);
  const description = companyDescription(stated, pages);
  const address = statedAddress(stated) ?? visibleAddress(pages, name?.value);
  return {
    ...(name ? { name } : {}),
    ...(description ? { description } : {}),
    industry: industryWords(stated, pages).slice(0, LIMITS.list),
    ...(address ? { address } : {}),
    phones: companyPhones(
      stated,
      pages,
      people.flatMap((person) => person.phone ?? []),
    ),
    emails: companyEmails(stated, pages, people),
    social: companySocial(
      stated,
      pages,
      people.flatMap((person) => person.links ?? []),
      namesOf(site, name?.value),
    ),
    portfolio: extractPortfolio(pages),
  };
}

/** What the company's profiles may be called: its host's first label and its name, in bare letters and digits. */
function namesOf(site: SitePages, name: string | undefined): string[] {
  const host = new URL(site.pages[0]?.url ?? "http://unknown.invalid").hostname.replace(/^www\./, "");
  const bare = [host.split(".")[0] ?? "", name ?? ""].map((text) => fold(text).replaceAll(" ", ""));
  return bare.filter((text) => text.length >= 3);
}

function companyPhones(
  stated: readonly Stated[],
  pages: readonly Page[],
  personal: readonly string[],
): Sourced[] {
  const structured = stated.flatMap(({ node, page }) =>
    withContactPoints(node, "telephone").map((value) => ({ value: tidyPhone(value), source: page.url })),
  );
  const visible = pages
    .filter((page) => page.kind !== "portfolio")
    .flatMap((page) =>
      page.lines.flatMap((line, at) => {
        const previous = page.lines[at - 1]?.text ?? "";
        const label = previous.length <= 30 ? previous : "";
        return phonesInLine(line, label).map((value) => ({ value, source: page.url }));
      }),
    );
  const kept: Sourced[] = [];
  for (const phone of [...structured, ...visible]) {
    if (phone.value.length < 5 || phone.value.length > LIMITS.phone) continue;
    if (personal.some((other) => samePhone(other, phone.value))) continue;
    if (!kept.some((other) => samePhone(other.value, phone.value))) kept.push(phone);
  }
  return kept.slice(0, LIMITS.list);
}

function companyEmails(
  stated: readonly Stated[],
  pages: readonly Page[],
  people: ReturnType<typeof peopleOf>,
): Sourced[] {
  const [home] = pages;
  if (!home) return [];
  const host = new URL(home.url).hostname;
  const structured = stated.flatMap(({ node, page }) =>
    withContactPoints(node, "email")
      .flatMap((value) => emailsInText(value.replace(/^mailto:/i, "")))
      .map((value) => ({ value, source: page.url })),
  );
  const visible = pages
    .filter((page) => page.kind !== "portfolio")
    .flatMap((page) =>
      page.lines
        .flatMap((line) => [
          ...line.links.flatMap(emailsInLink),
          ...emailsInText(line.text),
          ...reversedEmails(line.text, host),
        ])
        .map((value) => ({ value, source: page.url })),
    );
  const known = new Set(structured.map((email) => email.value.split("@")[1] ?? ""));
  const own = visible.filter(({ value }) => !isOtherPartyEmail(value, host, known));
  const seen = new Set<string>();
  return [...structured, ...own]
    .filter(({ value }) => {
      if (seen.has(value) || isPersonalEmail(value, people)) return false;
      seen.add(value);
      return true;
    })
    .slice(0, LIMITS.list);
}

function companySocial(
  stated: readonly Stated[],
  pages: readonly Page[],
  personal: readonly string[],
  names: readonly string[],
): CompanyResult["social"] {
  const structured = stated.flatMap(({ node, page }) =>
    allTexts(node, "sameAs").map((href) => ({ href, page })),
  );
  const visible = pages
    .filter((page) => page.kind !== "portfolio")
    .flatMap((page) =>
      page.lines
        .filter((line) => !isAboutOthers(line, page) && !CREDIT.test(line.text))
        .flatMap((line) => line.links.map((href) => ({ href, page }))),
    )
    .filter(({ href }) => !personal.includes(href));
  const found = [...structured, ...visible].flatMap(({ href, page }) => {
    const profile = companyProfile(href, page.base);
    return profile ? [{ ...profile, source: page.url }] : [];
  });
  const social: CompanyResult["social"] = {};
  for (const { network, url, source } of found) {
    const isNamedAlike = (other: { url: string }) => names.some((name) => handleOf(other.url).includes(name));
    // Of several profiles the one that is called like the company: others belong to partners or to who made the site.
    const best = found.filter((other) => other.network === network).find(isNamedAlike);
    social[network] ??= best ? { value: best.url, source: best.source } : { value: url, source };
  }
  return social;
}

/** The last part of a profile's path in bare letters and digits. */
function handleOf(url: string): string {
  return fold(decodeURIComponent(url.replace(/^.*\//, ""))).replaceAll(" ", "");
}

/** A property of an organization and of its contact points, except those for fax. */
function withContactPoints(node: Stated["node"], name: string): string[] {
  const points = childNodes(node, "contactPoint", "contactPoints").filter(
    (point) => !/fax/i.test(allTexts(point, "contactType", "name").join(" ")),
  );
  return [...allTexts(node, name), ...points.flatMap((point) => allTexts(point, name))];
}
