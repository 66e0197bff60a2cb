import { isAffiliation } from "./affiliation.ts";
import { isTitle } from "./job-title.ts";
import type { Line } from "./lines.ts";
import type { Page } from "./page.ts";
import { ancestors, isAboutOthers, isTeamSection, isUnderTeamHeading } from "./people-context.ts";
import { type Candidate, signatureOf } from "./people-groups.ts";
import {
  isContactLabel,
  readLabelledPart,
  readLabelledPeople,
  readRepresentatives,
} from "./people-labels.ts";
import { type NamedInLine, readNameField, readPersonLine } from "./people-lines.ts";
import { isNameLine, roleByClass, shared, titleNear } from "./people-title.ts";
import { readDoubtfulName, readLooseName, readMononym, readPersonName, readSurname } from "./person-name.ts";

/** Far more people than a page shows; bounds the comparing of candidates with each other. */
const MAX_CANDIDATES = 600;

type Named = NamedInLine & { labelled: boolean };

/** The lines of a page that may name a person of the company. `skip` says which lines are taken. */
export function findCandidates(page: Page, skip: (line: Line) => boolean): Candidate[] {
  const candidates: Candidate[] = [];
  for (const [at, line] of page.lines.entries()) {
    if (candidates.length >= MAX_CANDIDATES) break;
    if (line.text === "" || skip(line) || isAboutOthers(line, page) || followsVoice(at, page.lines)) continue;
    const inMenu = ancestors(line).some((element) => element.name === "nav" || element.name === "form");
    if (inMenu) continue;
    if (brokenNameAt(at - 1, page.lines)) continue;
    const named = namedAt(at, page.lines);
    const labelled = named.length > 0 && named.every((person) => person.labelled);
    if (page.kind === "home" && !labelled && !isTeamSection(line)) continue;
    if (page.kind === "home" && named.some((person) => isAtOtherCompany(person.title))) continue;
    const signature = signatureOf(line);
    const listed = (page.kind === "team" || page.kind === "about") && isUnderTeamHeading(line);
    for (const person of named) candidates.push({ ...person, at, signature, listed, weak: false });
    const weak = named.length === 0 && !followsName(at, page.lines) ? readWeakName(line) : null;
    if (weak) {
      const title = weak.title ?? titleNear(at, page.lines);
      candidates.push({ ...weak, title, sure: false, labelled: false, at, signature, listed, weak: true });
    }
  }
  return candidates;
}

function namedAt(at: number, lines: readonly Line[]): Named[] {
  const line = lines[at];
  if (!line) return [];
  const labelled = labelledAt(at, line, lines);
  if (labelled.length > 0) return labelled.map((person) => ({ ...person, labelled: true }));
  const listed = listAt(line);
  if (listed.length > 0) return listed;
  const named = readPersonLine(line.text, line.lead, line.tail) ?? readNameField(line.text);
  const role = roleByClass(at, lines);
  if (role !== null && named?.title == null) {
    const name = named?.name ?? readLooseName(line.text);
    if (name) return [{ name, title: role, sure: true, labelled: false }];
  }
  if (!named) return surnameAt(at, line, lines) ?? brokenNameAt(at, lines) ?? [];
  if (named.title !== null) return [{ ...named, labelled: false }];
  if (isEmployerLine(at, lines)) return [];
  const title = titleNear(at, lines);
  return [{ ...named, title, sure: title !== null, labelled: false }];
}

/** "Dr. Lang" with a role beside it. */
function surnameAt(at: number, line: Line, lines: readonly Line[]): Named[] | null {
  const name = readSurname(line.text);
  const title = name && titleNear(at, lines);
  return name && title ? [{ name, title, sure: true, labelled: false }] : null;
}

/** A heading with a break between first and last name. */
function brokenNameAt(at: number, lines: readonly Line[]): Named[] | null {
  const [line, next] = [lines[at], lines[at + 1]];
  if (
    !line ||
    line.level === 0 ||
    readPersonName(line.text) ||
    next?.element !== line.element ||
    next.text.includes(",")
  )
    return null;
  const name = readPersonName(`${line.text} ${next.text}`);
  const title = name && titleNear(at + 1, lines);
  return name && [{ name, title, sure: title !== null, labelled: false }];
}

/** "Jane Doe, John Roe, Eva Lang": three names or more and nothing else. */
function listAt(line: Line): Named[] {
  const parts = line.text.length > 400 ? [] : line.text.split(/,\s|\s(?:and|und|et|y|e|en|og|och|&)\s/u);
  if (parts.length < 3) return [];
  const names = parts.map((part) => readPersonName(part));
  return names.flatMap((name) =>
    name && names.every((other) => other !== null)
      ? [{ name, title: null, sure: false, labelled: false }]
      : [],
  );
}

/** "Geschäftsführer: Anna Weber", in the line, in a part of it, or with the label in the line above. */
function labelledAt(at: number, line: Line, lines: readonly Line[]): NamedInLine[] {
  const inLine = readLabelledPart(line.text);
  if (inLine.length > 0) return inLine;
  const represented = readRepresentatives(line.text);
  if (represented.length > 0) return represented;
  const previous = labelAbove(at, lines);
  return /[:：]$/.test(previous) || isContactLabel(previous) ? readLabelledPeople(previous, line.text) : [];
}

/** The line above, or above the other names of the same paragraph: "Vertreten durch: / Anna Weber / Max Huber". */
function labelAbove(at: number, lines: readonly Line[]): string {
  let index = at - 1;
  while (at - index < 5 && lines[index]?.element === lines[at]?.element && isNameLine(lines[index]))
    index -= 1;
  const line = lines[index];
  return line?.level === 0 ? line.text : "";
}

/** Names that only count among certain ones: "Moussa", "Adam West". */
function readWeakName(line: Line): NamedInLine | null {
  const mononym = line.lead === null ? readMononym(line.text) : null;
  if (mononym) return { name: mononym, title: null, sure: false };
  return readPersonLine(line.text, line.lead, line.tail, readDoubtfulName);
}

/** Whether a line stands below a name in the same paragraph, where a title would: "Yusuf Aydın / Rheology". */
function followsName(at: number, lines: readonly Line[]): boolean {
  return lines[at - 1]?.element === lines[at]?.element && isNameLine(lines[at - 1]);
}

/** Where somebody works, below their name: "Lucille Abernathy, President / Abernathy Nursery". */
function isEmployerLine(at: number, lines: readonly Line[]): boolean {
  const [line, above] = [lines[at], lines[at - 1]];
  if (!line || !above || !followsName(at, lines)) return false;
  return isAffiliation(line.text) || readPersonLine(above.text, above.lead, above.tail)?.title != null;
}

/** "CTO, Pivotal Grain", "Head of Ops at Hexmark": on a home page that is somebody who praises the company. */
function isAtOtherCompany(title: string | null): boolean {
  const employer = /(?:,\s|\sat\s|\s@\s)(\p{Lu}[^,]*)$/u.exec(title ?? "")?.[1];
  return employer !== undefined && !isTitle(employer);
}

/** Whether a quotation or a row of stars stands right above: what follows signs a review. */
function followsVoice(at: number, lines: readonly Line[]): boolean {
  return [1, 2, 3].some((distance) => {
    const line = lines[at - distance];
    if (!line) return false;
    if (/^[★⭐☆]{3,}/u.test(line.text)) return true;
    const isQuote = distance < 3 && /^["“„«‹「『]/u.test(line.text) && line.text.length > 30;
    // A motto at the end of the card before is that person's.
    return isQuote && shared(line, lines[at]) >= shared(line, lines[at - distance - 1]);
  });
}
