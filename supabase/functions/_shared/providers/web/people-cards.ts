import type { Element } from "domhandler";
import type { Line } from "./lines.ts";
import { ancestors, isPageChrome } from "./people-context.ts";
import type { Candidate } from "./people-groups.ts";

const SEGMENT_LINES = 14;

export interface Cards {
  /** How many people stand inside each element. */
  sizes: Map<Element, number>;
  /** How many people's names look alike. */
  signatures: Map<string, number>;
}

/** Counts them for the people that were found on a page. */
export function countCards(candidates: readonly Candidate[], lines: readonly Line[]): Cards {
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
export function segmentOf(candidate: Candidate, next: number, lines: readonly Line[], cards: Cards): Line[] {
  const line = lines[candidate.at];
  if (!line) return [];
  const card = cardOf(candidate, lines, cards);
  if (card) return card;
  const [own, parent] = ancestors(line);
  const container = own && /^(?:li|td|th|dd)$/.test(own.name) ? own : parent;
  const following = lines.slice(candidate.at + 1, Math.min(next, candidate.at + SEGMENT_LINES));
  const end = following.findIndex(
    (other) =>
      (isInFrame(other) && !isInFrame(line)) ||
      (other.level > 0 && (line.level === 0 || other.level <= line.level)) ||
      (other.element !== line.element && container !== undefined && !ancestors(other).includes(container)),
  );
  return [line, ...(end === -1 ? following : following.slice(0, end))];
}

function isInFrame(line: Line): boolean {
  const [element] = ancestors(line);
  return element !== undefined && isPageChrome(element);
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
