import { isTag } from "domhandler";
import { isAffiliation } from "./affiliation.ts";
import { beginsWithGivenName } from "./given-names.ts";
import { isCallToAction, isTitleShaped } from "./job-title.ts";
import type { Line } from "./lines.ts";
import { ancestors } from "./people-context.ts";
import type { NamedInLine } from "./people-lines.ts";

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
export interface Group {
  members: readonly Candidate[];
  sure: number;
  styles: readonly TitleStyle[];
  /** The part of the lines of this look that are names. */
  density: number;
  /** The places in their blocks, or columns, at which certain names stand. */
  places: ReadonlySet<string | undefined>;
  /** The place of every line of the page, by its index. */
  placeOf: ReadonlyMap<number, string>;
  /** The lines of all candidates: names are no titles. */
  taken: ReadonlySet<number>;
  /** The headings right above the certain ones. */
  headings: ReadonlySet<string | undefined>;
}

/** Where a title stands, counted in lines from the name, and what its line looks like. */
export interface TitleStyle {
  offset: number;
  signature: string;
}

const OFFSETS = [1, -1, 2, -2];

/** Sorts candidates by the look of their lines, and learns from the certain ones how titles are stated. */
export function groupsOf(candidates: readonly Candidate[], lines: readonly Line[]): Map<string, Group> {
  const taken = new Set(candidates.filter((candidate) => !candidate.weak).map((candidate) => candidate.at));
  const counts = countBy(lines.filter((line) => line.text !== "").map(signatureOf));
  const places = placesOf(lines);
  const placeCounts = countBy(places.values());
  return new Map(
    [...bySignature(candidates)].map(([signature, all]) => {
      const members = all.filter((member) => !member.weak);
      const certain = members.filter((member) => member.sure);
      const anchors = certain.length > 0 ? certain : all.filter((member) => member.listed && member.title);
      const stated = anchors.flatMap((anchor) => titleStyle(anchor, lines));
      const named = countBy(members.map((member) => places.get(member.at) ?? ""));
      // Names at the same place of several blocks: "<p>role<br>NAME<br>street</p>".
      const inPlace = Math.max(
        0,
        ...[...named].map(([place, count]) => (count < 3 ? 0 : count / (placeCounts.get(place) ?? 1))),
      );
      const density = Math.max(members.length / Math.max(1, counts.get(signature) ?? 0), inPlace);
      const styles = uniqueStyles(
        certain.length > 0 || stated.length > 0 ? stated : uniformStyle(members, lines, taken),
      );
      return [
        signature,
        {
          members,
          sure: certain.length,
          styles,
          density,
          taken,
          placeOf: places,
          places: new Set(certain.map((each) => places.get(each.at))),
          headings: headingsOf(certain, lines),
        },
      ];
    }),
  );
}

function bySignature(candidates: readonly Candidate[]): Map<string, Candidate[]> {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates)
    groups.set(candidate.signature, [...(groups.get(candidate.signature) ?? []), candidate]);
  return groups;
}

/** The look of each line together with its place in its block, by the line's index. */
function placesOf(lines: readonly Line[]): Map<number, string> {
  const places = new Map<number, string>();
  let place = 0;
  for (const [at, line] of lines.entries()) {
    place = line.element === lines[at - 1]?.element ? place + 1 : columnOf(line);
    if (line.text !== "") places.set(at, `${place} ${signatureOf(line)}`);
  }
  return places;
}

/** Each style once, the most frequent first. */
function uniqueStyles(styles: readonly TitleStyle[]): TitleStyle[] {
  const counts = countBy(styles.map((style) => JSON.stringify(style)));
  const byKey = new Map(styles.map((style) => [JSON.stringify(style), style]));
  return [...byKey].sort(([a], [b]) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0)).map(([, style]) => style);
}

/** The column of a table cell; 0 for everything else. */
function columnOf({ element }: Line): number {
  if (!isTag(element) || !/^t[dh]$/.test(element.name)) return 0;
  return element.parent?.children.filter(isTag).indexOf(element) ?? 0;
}

/**
 * The candidates that are titles in capitals ("Jane Lang / Customer Success"): where they stand nobody has a common
 * first name, and right above them most do.
 */
export function titlesAmong(
  candidates: readonly Candidate[],
  lines: readonly Line[],
): ReadonlySet<Candidate> {
  const places = placesOf(lines);
  const byPlace = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const place = places.get(candidate.at) ?? "";
    byPlace.set(place, [...(byPlace.get(place) ?? []), candidate]);
  }
  const isFamiliar = (group: readonly Candidate[] | undefined) =>
    group !== undefined &&
    group.filter(({ name }) => beginsWithGivenName(name.core)).length * 2 >= group.length;
  const titles = new Set<Candidate>();
  for (const [place, group] of byPlace) {
    if (group.some(({ name, sure }) => sure || beginsWithGivenName(name.core))) continue;
    const isBelow = group.every(({ at }) => {
      const above = places.get(at - 1) ?? "";
      return above !== place && isFamiliar(byPlace.get(above));
    });
    if (isBelow) for (const candidate of group) titles.add(candidate);
  }
  return titles;
}

/** Where no title says that it is one: the lines beside all these names that look alike and say something different each. */
function uniformStyle(
  members: readonly Candidate[],
  lines: readonly Line[],
  taken: ReadonlySet<number>,
): TitleStyle[] {
  if (members.length < 2) return [];
  for (const offset of OFFSETS) {
    const beside = members.map(({ at }) => (taken.has(at + offset) ? undefined : lines[at + offset]));
    const [first] = beside;
    if (!first) continue;
    const signature = signatureOf(first);
    const alike = beside.filter((line) => line && signatureOf(line) === signature && isTitleLine(line));
    const isVaried = new Set(alike.map((line) => line?.text)).size > alike.length / 2;
    if (alike.length >= members.length * 0.8 && isVaried && first.level === 0) return [{ offset, signature }];
  }
  return [];
}

function headingsOf(
  candidates: readonly Candidate[],
  lines: readonly Line[],
): ReadonlySet<string | undefined> {
  return new Set(candidates.map((candidate) => lines[candidate.at]?.headings.at(-1)));
}

function countBy(keys: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function titleStyle(candidate: Candidate, lines: readonly Line[]): TitleStyle[] {
  return OFFSETS.flatMap((offset) => {
    const line = lines[candidate.at + offset];
    return line && line.text === candidate.title ? [{ offset, signature: signatureOf(line) }] : [];
  });
}

/** Since when somebody is there: below a name, but no role. */
const SINCE = /^(?:since|seit|depuis|desde|dal|sinds|sedan|siden|joined|im team seit)\s/iu;

/** Whether a line could be a title by its shape. */
export function isTitleLine({ text }: Line): boolean {
  return isTitleShaped(text) && !SINCE.test(text) && !isAffiliation(text) && !isCallToAction(text);
}

/** What tells apart one kind of line from another on a page: its tag and class, and its parent's. */
export function signatureOf(line: Line): string {
  return ancestors(line)
    .slice(0, 2)
    .map((element) => `${element.name}.${(element.attribs.class ?? "").slice(0, 100)}`)
    .join("<");
}
