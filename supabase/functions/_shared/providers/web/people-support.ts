import { isAffiliation } from "./affiliation.ts";
import { emailsInLine } from "./emails.ts";
import { beginsWithGivenName } from "./given-names.ts";
import type { Line } from "./lines.ts";
import { isEmailOf } from "./own-emails.ts";
import {
  type Candidate,
  type Group,
  groupsOf,
  isTitleLine,
  signatureOf,
  titlesAmong,
} from "./people-groups.ts";
import { phonesInLine } from "./phones.ts";
import { personProfile } from "./social.ts";

/** Keeps sure candidates, and those that look just like them ("Tess Holloway / Finishing" beside two foremen). */
export function withSupport(
  candidates: readonly Candidate[],
  lines: readonly Line[],
  isTeamPage: boolean,
): Candidate[] {
  const titles = titlesAmong(candidates, lines);
  const names = candidates.filter((candidate) => !titles.has(candidate));
  const groups = groupsOf(names, lines);
  const places = titlePlaces(groups);
  return names
    .map((each) => withoutBorrowed(each, groups.get(each.signature), lines))
    .flatMap((candidate) => {
      const group = groups.get(candidate.signature);
      if (candidate.sure || !group) return [candidate];
      const title = candidate.title === null ? titleLike(candidate, group, lines) : roleOnly(candidate.title);
      // "What we believe" under the list of the team looks like it, too.
      const isSameList =
        isTeamPage || candidate.listed || group.headings.has(lines[candidate.at]?.headings.at(-1));
      const isAlike = group.styles.some((style) => style.signature === candidate.signature);
      if ((candidate.weak || !isAlike) && places.has(`${candidate.at} ${candidate.signature}`)) return [];
      const kept = candidate.weak
        ? isWeakKept(candidate, title, group, isSameList)
        : isKept(candidate, title, group, lines, isTeamPage, isSameList);
      return kept ? [{ ...candidate, title }] : [];
    });
}

/** Takes back a title that belongs to the person above, where most of the same look have theirs below the name. */
function withoutBorrowed(candidate: Candidate, group: Group | undefined, lines: readonly Line[]): Candidate {
  const isAbove = candidate.title !== null && lines[candidate.at - 1]?.text === candidate.title;
  return isAbove && !candidate.labelled && (group?.styles[0]?.offset ?? 0) > 0
    ? { ...candidate, title: null, sure: false }
    : candidate;
}

/** Where the titles of names are, as "line signature": "Jon Roe / Wizardry", "Adam West / Sheet Metal". */
function titlePlaces(groups: ReadonlyMap<string, Group>): ReadonlySet<string> {
  const places = new Set<string>();
  for (const { members, styles } of groups.values())
    for (const { at } of members)
      for (const style of styles) places.add(`${at + style.offset} ${style.signature}`);
  return places;
}

/** A single or doubtful name: among others that look the same and are certain, or that are all of its kind. */
function isWeakKept(candidate: Candidate, title: string | null, group: Group, isSameList: boolean): boolean {
  if (
    isSameList &&
    group.sure >= 1 &&
    group.members.length >= 2 &&
    group.places.has(group.placeOf.get(candidate.at))
  )
    return title !== null || group.sure >= 2;
  return candidate.listed && title !== null && group.members.length === 0 && group.styles.length >= 2;
}

function isKept(
  candidate: Candidate,
  title: string | null,
  group: Group,
  lines: readonly Line[],
  isTeamPage: boolean,
  isSameList: boolean,
): boolean {
  const around = lines.slice(candidate.at, candidate.at + 4);
  if (around.some((line) => line.links.some((href) => personProfile(href)) || hasEmailOf(candidate, line)))
    return true;
  if (isTeamPage && around.slice(1, 3).some((line) => isBioOf(candidate, line))) return true;
  if (beginsWithGivenName(candidate.name.core) && isReachable(candidate, lines)) return true;
  // Where nearly every line of a look is a name, it is a list of people, whatever else it says about them.
  const isPure = group.members.length >= 3 && group.density >= 0.8;
  if (
    ((isTeamPage || candidate.listed) && isPure) ||
    (candidate.listed && hasNeighbour(candidate, group, lines))
  )
    return true;
  const isSupported = isSameList && group.sure > 0 && group.sure * 3 >= group.members.length;
  return isSupported && (title !== null || group.sure >= 2);
}

/** The title of a candidate without one: where those of others that look the same stand; right below if nobody has one. */
function titleLike(candidate: Candidate, group: Group, lines: readonly Line[]): string | null {
  for (const { offset, signature } of group.styles) {
    const at = candidate.at + offset;
    // "Sheet Metal" is built like a name, but stands where all the titles do.
    const isName = signature === candidate.signature && group.taken.has(at);
    const line = isName ? undefined : lines[at];
    if (line && signatureOf(line) === signature && isTitleLine(line)) return line.text;
  }
  const next = lines[candidate.at + 1];
  const isKnown = group.sure > 0 || group.styles.length > 0;
  return next &&
    !isKnown &&
    !group.taken.has(candidate.at + 1) &&
    next.level === 0 &&
    next.text.length <= 60 &&
    isTitleLine(next)
    ? next.text
    : null;
}

/** Whether a number of their own, or an address, stands beside a name or right below it in the same paragraph. */
function isReachable({ at }: Candidate, lines: readonly Line[]): boolean {
  const own = lines.slice(at, at + 4).filter((line) => line.element === lines[at]?.element);
  return own.some((line) => phonesInLine(line).length > 0 || emailsInLine(line).length > 0);
}

/** Whether a line tells about somebody by their first name: "Jane grew up …". */
function isBioOf({ name }: Candidate, line: Line): boolean {
  const first = name.first?.split(" ")[0] ?? "";
  return (
    line !== undefined && first.length >= 2 && line.text.length > 30 && line.text.startsWith(`${first} `)
  );
}

/** Whether another name of the same look stands close, with nothing but titles between: a list, not headings of texts. */
function hasNeighbour(candidate: Candidate, group: Group, lines: readonly Line[]): boolean {
  return group.members.some((other) => {
    const distance = Math.abs(other.at - candidate.at);
    if (other === candidate || distance > 3) return false;
    const from = Math.min(other.at, candidate.at);
    return lines
      .slice(from + 1, from + Math.max(1, distance))
      .every((line, index) => line.text === "" || group.taken.has(from + 1 + index) || isTitleLine(line));
  });
}

/** Whether a line holds an address made of the candidate's name: nobody else's stands below a name. */
function hasEmailOf(candidate: Candidate, line: Line): boolean {
  return emailsInLine(line).some((email) => isEmailOf(email, candidate.name));
}

function roleOnly(title: string): string | null {
  return isAffiliation(title) ? null : title;
}
