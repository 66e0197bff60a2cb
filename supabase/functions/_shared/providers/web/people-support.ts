import { emailsInLink, emailsInText } from "./emails.ts";
import { isTitleShaped } from "./job-title.ts";
import type { Line } from "./lines.ts";
import { isEmailOf } from "./own-emails.ts";
import { ancestors } from "./people-context.ts";
import type { NamedInLine } from "./people-lines.ts";
import { isNameLine } from "./people-title.ts";
import { personProfile } from "./social.ts";

/** A line that may name a person of the company. */
export interface Candidate extends NamedInLine {
  /** Index of the name's line. */
  at: number;
  signature: string;
  labelled: boolean;
  /** On a page about people, under a heading about people: a list of bare names is one of people there. */
  listed: boolean;
  /** A single word: needs other people around it. */
  isMononym: boolean;
}

/** Keeps sure candidates, and those that look just like them ("Tess Holloway / Finishing" beside two foremen). */
export function withSupport(candidates: readonly Candidate[], lines: readonly Line[]): Candidate[] {
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

/** What tells apart one kind of line from another on a page: its tag and class, and its parent's. */
export function signatureOf(line: Line): string {
  return ancestors(line)
    .slice(0, 2)
    .map((element) => `${element.name}.${(element.attribs.class ?? "").slice(0, 100)}`)
    .join("<");
}
