import { isAffiliation } from "./affiliation.ts";
import { emailsInLine } from "./emails.ts";
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
  /** A single word, or one that ends in a common word: needs certain people around it. */
  weak: boolean;
}

/** The candidates whose names look alike, and how the certain ones among them state their titles. */
interface Group {
  members: readonly Candidate[];
  sure: number;
  styles: readonly TitleStyle[];
  /** The part of the lines of this look that are names. */
  density: number;
}

/** Where a title stands, counted in lines from the name, and what its line looks like. */
interface TitleStyle {
  offset: number;
  signature: string;
}

const OFFSETS = [1, -1, 2, -2];

/** Keeps sure candidates, and those that look just like them ("Tess Holloway / Finishing" beside two foremen). */
export function withSupport(
  candidates: readonly Candidate[],
  lines: readonly Line[],
  isTeamPage: boolean,
): Candidate[] {
  const groups = groupsOf(candidates, lines);
  return candidates
    .map((each) => withoutBorrowed(each, groups.get(each.signature), lines))
    .flatMap((candidate) => {
      const group = groups.get(candidate.signature);
      if (candidate.sure || !group) return [candidate];
      const title = candidate.title === null ? titleLike(candidate, group, lines) : roleOnly(candidate.title);
      const kept = candidate.weak
        ? isWeakKept(candidate, title, group)
        : isKept(candidate, title, group, lines, isTeamPage);
      return kept ? [{ ...candidate, title }] : [];
    });
}

function groupsOf(candidates: readonly Candidate[], lines: readonly Line[]): Map<string, Group> {
  const counts = new Map<string, number>();
  for (const line of lines) {
    if (line.text === "") continue;
    const signature = signatureOf(line);
    counts.set(signature, (counts.get(signature) ?? 0) + 1);
  }
  const bySignature = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    bySignature.set(candidate.signature, [...(bySignature.get(candidate.signature) ?? []), candidate]);
  }
  return new Map(
    [...bySignature].map(([signature, members]) => {
      const strong = members.filter((member) => !member.weak);
      const certain = strong.filter((member) => member.sure);
      const anchors =
        certain.length > 0 ? certain : members.filter((member) => member.listed && member.title);
      return [
        signature,
        {
          members: strong,
          sure: certain.length,
          styles: anchors.flatMap((anchor) => titleStyle(anchor, lines)),
          density: strong.length / Math.max(1, counts.get(signature) ?? 0),
        },
      ];
    }),
  );
}

/** Takes back a title that belongs to the person above, where all others of the same look have theirs below the name. */
function withoutBorrowed(candidate: Candidate, group: Group | undefined, lines: readonly Line[]): Candidate {
  const isAbove = candidate.title !== null && lines[candidate.at - 1]?.text === candidate.title;
  const below = group?.styles.filter((style) => style.offset > 0).length ?? 0;
  const above = group?.styles.filter((style) => style.offset < 0).length ?? 0;
  return isAbove && candidate.weak && below > above ? { ...candidate, title: null } : candidate;
}

/** A single or doubtful name: among others that look the same and are certain, or that are all of its kind. */
function isWeakKept(candidate: Candidate, title: string | null, group: Group): boolean {
  if (group.sure >= 1 && group.members.length >= 2 && group.density >= 0.25)
    return title !== null || group.sure >= 2;
  return candidate.listed && title !== null && group.members.length === 0 && group.styles.length >= 2;
}

function isKept(
  candidate: Candidate,
  title: string | null,
  group: Group,
  lines: readonly Line[],
  isTeamPage: boolean,
): boolean {
  const around = lines.slice(candidate.at, candidate.at + 4);
  if (around.some((line) => line.links.some((href) => personProfile(href)) || hasEmailOf(candidate, line)))
    return true;
  // Where nearly every line of a look is a name, it is a list of people, whatever else it says about them.
  const isPure = group.members.length >= 3 && group.density >= 0.8;
  if ((isTeamPage && isPure) || (candidate.listed && hasNeighbour(candidate, group, lines))) return true;
  const isSupported = group.sure > 0 && group.sure * 3 >= group.members.length;
  return isSupported && (title !== null || group.sure >= 2);
}

/** The title of a candidate without one: where those of certain people that look the same stand, else right below. */
function titleLike(candidate: Candidate, group: Group, lines: readonly Line[]): string | null {
  for (const { offset, signature } of group.styles) {
    const line = lines[candidate.at + offset];
    if (line && signatureOf(line) === signature && isTitleShaped(line.text) && !isAffiliation(line.text))
      return line.text;
  }
  const next = lines[candidate.at + 1];
  const isAlike = group.sure > 0 && group.styles.length === 0;
  return next && !isAlike && next.level === 0 && next.text.length <= 60 && isTitleLine(next)
    ? next.text
    : null;
}

function isTitleLine(line: Line): boolean {
  return isTitleShaped(line.text) && !isNameLine(line) && !isAffiliation(line.text);
}

function roleOnly(title: string): string | null {
  return isAffiliation(title) ? null : title;
}

function titleStyle(candidate: Candidate, lines: readonly Line[]): TitleStyle[] {
  return OFFSETS.flatMap((offset) => {
    const line = lines[candidate.at + offset];
    return line && line.text === candidate.title ? [{ offset, signature: signatureOf(line) }] : [];
  });
}

/** Whether another name of the same look stands close, with nothing but titles between: a list, not headings of texts. */
function hasNeighbour(candidate: Candidate, group: Group, lines: readonly Line[]): boolean {
  return group.members.some((other) => {
    const [from, to] = [Math.min(other.at, candidate.at), Math.max(other.at, candidate.at)];
    const between = lines.slice(from + 1, to);
    return to > from && to - from <= 3 && between.every((line) => line.text === "" || isTitleLine(line));
  });
}

/** Whether a line holds an address made of the candidate's name: nobody else's stands below a name. */
function hasEmailOf(candidate: Candidate, line: Line): boolean {
  return emailsInLine(line).some((email) => isEmailOf(email, candidate.name));
}

/** What tells apart one kind of line from another on a page: its tag and class, and its parent's. */
export function signatureOf(line: Line): string {
  return ancestors(line)
    .slice(0, 2)
    .map((element) => `${element.name}.${(element.attribs.class ?? "").slice(0, 100)}`)
    .join("<");
}
