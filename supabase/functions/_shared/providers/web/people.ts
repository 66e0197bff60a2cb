import { emailsInLink, emailsInText } from "./emails.ts";
import { isTitle } from "./job-title.ts";
import type { Line } from "./lines.ts";
import type { Page } from "./page.ts";
import { countCards, segmentOf } from "./people-cards.ts";
import { ancestors, isAboutOthers, isAmongTeam, isUnderTeamHeading } from "./people-context.ts";
import {
  isContactLabel,
  type NamedInLine,
  readLabelledPeople,
  readNameField,
  readPersonLine,
} from "./people-lines.ts";
import { type Candidate, signatureOf, withSupport } from "./people-support.ts";
import { isNameLine, roleByClass, titleNear } from "./people-title.ts";
import { type NameParts, readLooseName, readMononym } from "./person-name.ts";
import { phonesInLine } from "./phones.ts";
import { personProfile } from "./social.ts";

/** A person a page shows, with what stands in the same card, row or paragraph. */
export interface Person {
  name: NameParts;
  title?: string;
  email?: string;
  phone?: string;
  linkedin?: string;
  /** Every link in the person's part of the page. */
  links?: readonly string[];
  source: string;
}

const GENERIC_LOCAL =
  /^(?:info|infos|office|contact|contacto|contatti|contato|kontakt|hello|hallo|hi|hola|bonjour|ciao|mail|email|post|sales|vertrieb|verkauf|support|service|help|team|admin|enquiries|inquiries|reception|press|presse|media|marketing|jobs|careers|karriere|hr|accounts|billing|orders|booking|reservations|welcome|studio|shop|privacy|datenschutz|dpo|legal|webmaster|general|company|firma|secretariat|sekretariat|administratie|administration|invest|ir)$/;
/** Far more people than a page shows; bounds the comparing of candidates with each other. */
const MAX_CANDIDATES = 600;

/** The people in the text of a page: cards, lists, paragraphs, labelled lines. `skip` says which lines are taken. */
export function peopleInText(page: Page, skip: (line: Line) => boolean): Person[] {
  if (page.kind === "portfolio") return [];
  const lines = page.lines;
  const candidates = withSupport(findCandidates(page, skip), lines);
  const cards = countCards(candidates, lines);
  return candidates.map((candidate, index) => {
    const next = candidates[index + 1]?.at ?? lines.length;
    return toPerson(candidate, segmentOf(candidate, next, lines, cards), page);
  });
}

function findCandidates(page: Page, skip: (line: Line) => boolean): Candidate[] {
  const candidates: Candidate[] = [];
  for (const [at, line] of page.lines.entries()) {
    if (candidates.length >= MAX_CANDIDATES) break;
    if (line.text === "" || skip(line) || isAboutOthers(line, page) || followsQuote(at, page.lines)) continue;
    const inMenu = ancestors(line).some((element) => element.name === "nav" || element.name === "form");
    if (inMenu) continue;
    const named = namedAt(at, page.lines);
    const labelled = named.length > 0 && named.every((person) => person.labelled);
    if (page.kind === "home" && !labelled && !isAmongTeam(line)) continue;
    const signature = signatureOf(line);
    const listed = (page.kind === "team" || page.kind === "about") && isUnderTeamHeading(line);
    if (page.kind === "home" && named.some((person) => isAtOtherCompany(person.title))) continue;
    for (const person of named) candidates.push({ ...person, at, signature, listed, isMononym: false });
    const mononym = named.length === 0 && line.lead === null ? readMononym(line.text) : null;
    if (mononym)
      candidates.push({
        name: mononym,
        title: titleNear(at, page.lines),
        sure: false,
        labelled: false,
        at,
        signature,
        listed,
        isMononym: true,
      });
  }
  return candidates;
}

/** The line above, or above the other names of the same paragraph: "Vertreten durch: / Anna Weber / Max Huber". */
function labelAbove(at: number, lines: readonly Line[]): string {
  let index = at - 1;
  while (at - index < 5 && lines[index]?.element === lines[at]?.element && isNameLine(lines[index]))
    index -= 1;
  const line = lines[index];
  return line?.level === 0 ? line.text : "";
}

/** "CTO, Pivotal Grain", "Head of Ops at Hexmark": on a home page that is somebody who praises the company. */
function isAtOtherCompany(title: string | null): boolean {
  const employer = /(?:,\s|\sat\s|\s@\s)(\p{Lu}[^,]*)$/u.exec(title ?? "")?.[1];
  return employer !== undefined && !isTitle(employer);
}

function namedAt(at: number, lines: readonly Line[]): (NamedInLine & { labelled: boolean })[] {
  const line = lines[at];
  if (!line) return [];
  const colon = /^([^:：]{2,60})[:：]\s*(.{2,300})$/u.exec(line.text);
  const labelled = colon?.[1] && colon[2] ? readLabelledPeople(colon[1], colon[2]) : [];
  if (labelled.length > 0) return labelled.map((person) => ({ ...person, labelled: true }));
  const previous = labelAbove(at, lines);
  if (/[:：]$/.test(previous) || isContactLabel(previous)) {
    const below = readLabelledPeople(previous, line.text);
    if (below.length > 0) return below.map((person) => ({ ...person, labelled: true }));
  }
  const named = readPersonLine(line.text, line.lead, line.tail) ?? readNameField(line.text);
  const role = roleByClass(at, lines);
  if (role !== null && named?.title == null) {
    const name = named?.name ?? readLooseName(line.text);
    if (name) return [{ name, title: role, sure: true, labelled: false }];
  }
  if (!named) return [];
  if (named.title !== null) return [{ ...named, labelled: false }];
  const title = titleNear(at, lines);
  return [{ ...named, title, sure: title !== null, labelled: false }];
}

function toPerson(candidate: Candidate, segment: readonly Line[], page: Page): Person {
  const links = segment.flatMap((line) => line.links);
  const emails = segment.flatMap((line) => [...line.links.flatMap(emailsInLink), ...emailsInText(line.text)]);
  const email = emails.find((address) => !GENERIC_LOCAL.test(address.split("@")[0] ?? ""));
  const phone = segment.flatMap((line) => phonesInLine(line))[0];
  const linkedin = segment
    .flatMap((line) => line.links.map((href) => personProfile(href, page.base)))
    .find((url) => url !== null);
  return {
    name: candidate.name,
    ...(candidate.title === null ? {} : { title: candidate.title }),
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined || candidate.labelled ? {} : { phone }),
    ...(linkedin === undefined || linkedin === null ? {} : { linkedin }),
    links,
    source: page.url,
  };
}

function followsQuote(at: number, lines: readonly Line[]): boolean {
  return [lines[at - 1], lines[at - 2]].some(
    (line) => line !== undefined && /^["“„«‹「『]/u.test(line.text) && line.text.length > 30,
  );
}
