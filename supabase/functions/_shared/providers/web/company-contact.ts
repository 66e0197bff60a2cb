import { LIMITS, type Sourced } from "../../contracts/research.ts";
import { emailsInLine, emailsInText, reversedEmails } from "./emails.ts";
import type { Line } from "./lines.ts";
import type { Stated } from "./organization.ts";
import { otherPartyLines } from "./other-parties.ts";
import { isOtherPartyEmail, isPersonalEmail } from "./own-emails.ts";
import type { Page } from "./page.ts";
import type { Person } from "./people.ts";
import { ancestors, isPageChrome } from "./people-context.ts";
import { phonesInLine, samePhone, tidyPhone } from "./phones.ts";
import { allTexts, childNodes } from "./schema-org.ts";

/** Certified mail, which Italian companies must have and rarely have at their own domain. */
const CERTIFIED_MAIL = /\bP\.?E\.?C\.?\b/;

/** The numbers at which a company is reached: structured ones first; no fax, no person's, no other party's. */
export function companyPhones(
  stated: readonly Stated[],
  pages: readonly Page[],
  people: readonly Person[],
): Sourced[] {
  const host = new URL(pages[0]?.url ?? "http://unknown.invalid").hostname;
  const structured = stated.flatMap(({ node, page }) =>
    withContactPoints(node, "telephone").map((value) => ({ value: tidyPhone(value), source: page.url })),
  );
  const visible = pages
    .filter((page) => page.kind !== "portfolio")
    .flatMap((page) => {
      const others = otherPartyLines(page, host);
      return page.lines.flatMap((line, at) => {
        if (others.has(line)) return [];
        const previous = page.lines[at - 1]?.text ?? "";
        // A line with a number of its own is no label of the next.
        const label = previous.length <= 30 && !/\d/.test(previous) ? previous : "";
        return phonesInLine(line, label).map((value) => ({ value, source: page.url, line, page }));
      });
    });
  const shared = visible.filter((phone) => isSwitchboard(phone, people)).map((phone) => phone.value);
  const personal = people.flatMap((person) => [person.phone ?? [], person.phones ?? []].flat());
  const isPersonal = (value: string) =>
    personal.some((other) => samePhone(other, value)) && !shared.some((other) => samePhone(other, value));
  const kept: Sourced[] = [];
  for (const { value, source } of [...structured, ...visible]) {
    if (kept.length >= LIMITS.list) break;
    if (value.length < 5 || value.length > LIMITS.phone) continue;
    if (isPersonal(value) && !structured.some((other) => samePhone(other.value, value))) continue;
    if (!kept.some((other) => samePhone(other.value, value))) kept.push({ value, source });
  }
  return kept;
}

/** Whether a number is the company's although it stands beside people: it frames the pages, or several share it. */
function isSwitchboard(
  { value, line, page }: { value: string; line: Line; page: Page },
  people: readonly Person[],
): boolean {
  const [element] = ancestors(line);
  if (element && isPageChrome(element)) return true;
  const holders = people.filter((person) => person.phone !== undefined && samePhone(person.phone, value));
  return holders.length > 1 && page.kind !== "team";
}

/** The addresses at which a company is reached: its own domain's, free mail; no listed person's, no other party's. */
export function companyEmails(
  stated: readonly Stated[],
  pages: readonly Page[],
  people: readonly Person[],
): Sourced[] {
  const [home] = pages;
  if (!home) return [];
  const host = new URL(home.url).hostname;
  const structured = stated.flatMap(({ node, page }) =>
    withContactPoints(node, "email")
      .flatMap((value) => emailsInText(value.replace(/^mailto:/i, "")))
      .map((value) => ({ value, source: page.url })),
  );
  const known = new Set(structured.map((email) => email.value.split("@")[1] ?? ""));
  const own = pages
    .filter((page) => page.kind !== "portfolio")
    .flatMap((page) =>
      page.lines.flatMap((line) =>
        [...emailsInLine(line), ...reversedEmails(line.text, host)]
          .filter((value) => CERTIFIED_MAIL.test(line.text) || !isOtherPartyEmail(value, host, known))
          .map((value) => ({ value, source: page.url })),
      ),
    );
  const seen = new Set<string>();
  return [...structured, ...own]
    .filter(({ value }) => {
      if (seen.has(value) || isPersonalEmail(value, people)) return false;
      seen.add(value);
      return true;
    })
    .slice(0, LIMITS.list);
}

/** A property of an organization and of its contact points, except those for fax. */
function withContactPoints(node: Stated["node"], name: string): string[] {
  const points = childNodes(node, "contactPoint", "contactPoints").filter(
    (point) => !/fax/i.test(allTexts(point, "contactType", "name").join(" ")),
  );
  return [...allTexts(node, name), ...points.flatMap((point) => allTexts(point, name))];
}
