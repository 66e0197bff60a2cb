import type { Element } from "domhandler";
import { emailsInLink, emailsInText } from "./emails.ts";
import { isTitle, isTitleShaped } from "./job-title.ts";
import type { Line } from "./lines.ts";
import { isEmailOf } from "./own-emails.ts";
import type { Page } from "./page.ts";
import { ancestors, isAboutOthers, isAmongTeam, isUnderTeamHeading } from "./people-context.ts";
import {
  isContactLabel,
  isTitleLabel,
  type NamedInLine,
  readLabelledPeople,
  readNameField,
  readPersonLine,
  readTitleField,
} from "./people-lines.ts";
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

interface Candidate extends NamedInLine {
  /** Index of the name's line. */
  at: number;
  signature: string;
  labelled: boolean;
  /** On a page about people, under a heading about people: a list of bare names is one of people there. */
  listed: boolean;
  /** A single word: needs other people around it. */
  isMononym: boolean;
}

const NAME_CLASS = /(?:^|[\s_-])(?:name|fullname|full-name|person|member-name|fn)(?:$|[\s_-])/i;
const ROLE_CLASS =
  /(?:^|[\s_-])(?:role|job|job-?title|position|designation|function|title|subtitle|occupation|funktion|cargo|poste|fonction|ruolo)(?:$|[\s_-])/i;
const GENERIC_LOCAL =
  /^(?:info|infos|office|contact|contacto|contatti|contato|kontakt|hello|hallo|hi|hola|bonjour|ciao|mail|email|post|sales|vertrieb|verkauf|support|service|help|team|admin|enquiries|inquiries|reception|press|presse|media|marketing|jobs|careers|karriere|hr|accounts|billing|orders|booking|reservations|welcome|studio|shop|privacy|datenschutz|dpo|legal|webmaster|general|company|firma|secretariat|sekretariat|administratie|administration|invest|ir)$/;
const SEGMENT_LINES = 14;
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

/** The title next to a name where the page's own classes call them so: `member__name` and `member__position`. */
function roleByClass(at: number, lines: readonly Line[]): string | null {
  const line = lines[at];
  if (!line || !NAME_CLASS.test(line.className)) return null;
  const role = [lines[at + 1], lines[at - 1]].find(
    (other) => other && ROLE_CLASS.test(other.className) && other.level !== 1,
  );
  return role && isTitleShaped(role.text) ? role.text : null;
}

/** The role below a name or above it, whichever is closer in the page's structure; below when that says nothing. */
function titleNear(at: number, lines: readonly Line[]): string | null {
  const line = lines[at];
  const above = lines[at - 1];
  const following = lines
    .slice(at + 1, at + 4)
    .filter((other) => other.text !== "")
    .slice(0, 2);
  const field = following.map((other) => readTitleField(other.text)).find((title) => title !== null);
  if (field) return field;
  const [label, value] = following;
  if (label && isTitleLabel(label.text)) return value && isTitleShaped(value.text) ? value.text : null;
  const below = following.find((other, index) => {
    if (!isRole(other.text)) return false;
    // A heading is a title only right below the name and of a lower rank; otherwise it starts the next thing.
    const isOwnLine =
      other.level === 0 || other.level > (line?.level ?? 0) || other.element === line?.element;
    if (index === 0) return isOwnLine;
    return other.level === 0 && following[0]?.level === 0 && !isNameLine(following[0]);
  });
  const isAbove = above !== undefined && isRole(above.text);
  // A role as a heading over one name is that person's; over several it is the name of a group.
  const isGroup = isAbove && above.level > 0 && isNameLine(following[0]);
  // What stands between two names belongs to the one it shares more elements with, else to the one above it.
  const nameAbove = isNameLine(lines[at - 2]) ? lines[at - 2] : undefined;
  const rival = below ? shared(line, below) : nameAbove && above ? shared(nameAbove, above) : -1;
  if (isAbove && !isGroup && shared(line, above) > rival) return above.text;
  return below?.text ?? null;
}

/** A role, and not a person with the name of a trade ("Robert Koch"). */
function isRole(text: string): boolean {
  return isTitle(text) && readPersonLine(text, null) === null;
}

/** How many elements hold both lines: more means closer. */
function shared(a: Line | undefined, b: Line): number {
  if (!a) return 0;
  const around = new Set(ancestors(b));
  return ancestors(a).filter((element) => around.has(element)).length;
}

function isNameLine(line: Line | undefined): boolean {
  return line !== undefined && readPersonLine(line.text, line.lead, line.tail) !== null;
}

/** Keeps sure candidates, and those that look just like them ("Tess Holloway / Finishing" beside two foremen). */
function withSupport(candidates: readonly Candidate[], lines: readonly Line[]): Candidate[] {
  const titles = new Set(candidates.flatMap((candidate) => titleSignature(candidate, lines)));
  const mononyms = candidates.filter((each) => each.isMononym && each.listed && each.title !== null).length;
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates.filter((each) => !each.isMononym)) {
    groups.set(candidate.signature, [...(groups.get(candidate.signature) ?? []), candidate]);
  }
  return candidates.flatMap((candidate) => {
    if (candidate.sure) return [candidate];
    if (candidate.isMononym && candidate.listed && candidate.title !== null && mononyms >= 2)
      return [candidate];
    const group = groups.get(candidate.signature) ?? [];
    const sure = group.filter((other) => other.sure).length;
    const around = lines.slice(candidate.at, candidate.at + 4);
    const profile =
      !candidate.isMononym && around.some((line) => line.links.some((href) => personProfile(href)));
    const isSupported = candidate.isMononym
      ? sure >= 1 && group.length >= 2
      : sure * 3 >= group.length && sure > 0;
    const isListed = candidate.listed && !candidate.isMononym && hasNeighbour(candidate, group);
    const isReachable = !candidate.isMononym && around.some((line) => hasEmailOf(candidate, line));
    if (!profile && !isSupported && !isListed && !isReachable) return [];
    if (candidate.title !== null) return [candidate];
    const next = lines[candidate.at + 1];
    const looksRight = next !== undefined && titles.has(signatureOf(next));
    const isShort =
      next !== undefined && next.level === 0 && next.text.length <= 60 && isTitleShaped(next.text);
    if (next && isShort && (looksRight || (!candidate.isMononym && !isNameLine(next)))) {
      return [{ ...candidate, title: next.text }];
    }
    return profile || isListed || isReachable ? [candidate] : [];
  });
}

/** Whether another name of the same look stands right above or below: a list of bare names, not headings of texts. */
function hasNeighbour(candidate: Candidate, group: readonly Candidate[]): boolean {
  return group.some((other) => Math.abs(other.at - candidate.at) === 1);
}

/** Whether a line holds an address made of the candidate's name: nobody else's stands below a name. */
function hasEmailOf(candidate: Candidate, line: Line): boolean {
  const emails = [...line.links.flatMap(emailsInLink), ...emailsInText(line.text)];
  return emails.some((email) => isEmailOf(email, candidate.name));
}

/** What the line with a sure candidate's title looks like, when it is the one below the name. */
function titleSignature(candidate: Candidate, lines: readonly Line[]): string[] {
  const next = lines[candidate.at + 1];
  return candidate.sure && next && next.text === candidate.title ? [signatureOf(next)] : [];
}

interface Cards {
  /** How many people stand inside each element. */
  sizes: Map<Element, number>;
  /** How many people's names look alike. */
  signatures: Map<string, number>;
}

function countCards(candidates: readonly Candidate[], lines: readonly Line[]): Cards {
  const cards: Cards = { sizes: new Map(), signatures: new Map() };
  for (const { at, signature } of candidates) {
    const line = lines[at];
    for (const element of line ? ancestors(line) : [])
      cards.sizes.set(element, (cards.sizes.get(element) ?? 0) + 1);
    cards.signatures.set(signature, (cards.signatures.get(signature) ?? 0) + 1);
  }
  return cards;
}

/** The lines that belong to one person: their card, or what follows the name up to the next person or heading. */
function segmentOf(candidate: Candidate, next: number, lines: readonly Line[], cards: Cards): Line[] {
  const line = lines[candidate.at];
  if (!line) return [];
  const card = cardOf(candidate, lines, cards);
  if (card) return card;
  const [own, parent] = ancestors(line);
  const container = own && /^(?:li|td|th)$/.test(own.name) ? own : parent;
  const following = lines.slice(candidate.at + 1, Math.min(next, candidate.at + SEGMENT_LINES));
  const end = following.findIndex(
    (other) =>
      (other.level > 0 && (line.level === 0 || other.level <= line.level)) ||
      (other.element !== line.element && container !== undefined && !ancestors(other).includes(container)),
  );
  return [line, ...(end === -1 ? following : following.slice(0, end))];
}

/**
 * The lines of the largest element that holds this person and no other. Beside other people that is their card. Of
 * someone who stands alone the largest element can be the whole page: then a small one around the name has to do.
 */
function cardOf(candidate: Candidate, lines: readonly Line[], cards: Cards): Line[] | null {
  const line = lines[candidate.at];
  const around = lines.slice(Math.max(0, candidate.at - SEGMENT_LINES), candidate.at + SEGMENT_LINES * 2);
  const isAlone = (cards.signatures.get(candidate.signature) ?? 0) < 2;
  let best: Line[] | null = null;
  for (const element of line ? ancestors(line) : []) {
    if (cards.sizes.get(element) !== 1 || /^(?:body|main|html|table)$/.test(element.name)) break;
    const inside = around.filter((other) => ancestors(other).includes(element));
    if (inside.length > (isAlone ? 6 : SEGMENT_LINES)) break;
    if (inside.length > 1) best = inside;
  }
  return best;
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

/** What tells apart one kind of line from another on a page: its tag and class, and its parent's. */
function signatureOf(line: Line): string {
  return ancestors(line)
    .slice(0, 2)
    .map((element) => `${element.name}.${(element.attribs.class ?? "").slice(0, 100)}`)
    .join("<");
}
