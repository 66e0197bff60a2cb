/**
 * How a scrollbar stands for more rows than a browser can lay out. The list has a position: px from its top, as if all
 * its rows were there. The browser has a scrollTop within a height it can bear. Dragging the scrollbar maps one to the
 * other in proportion; a wheel or a finger moves both by the same px, so that rows pass as in any list.
 */

/** The highest content, in px, that is given to a browser: Firefox stops at 17.8 million, Chrome and Safari at 33.5. */
export const MAX_HEIGHT = 10_000_000;

/** How long, in ms, nothing scrolls before a drag of the scrollbar counts as over. */
export const REST_MS = 100;

/** Px at either end of a scaled list that are scrolled as they are: far less than a pixel of the scrollbar stands for. */
const ROOM = 2_000;

/** Heights in px. */
export interface Extent {
  /** Of everything there is to scroll, were it all laid out. */
  content: number;
  /** Of the part that is seen. */
  viewport: number;
}

/** Where a list is scrolled to. */
export interface Place {
  /** Px from the top of the list; the truth. */
  position: number;
  /** What the browser says. */
  scrollTop: number;
  /** The scrollbar moved it last, and when, in ms. */
  dragged: boolean;
  at: number;
}

export const TOP: Place = { position: 0, scrollTop: 0, dragged: false, at: 0 };

/** The height that the browser is given. */
export function laidOutHeight({ content }: Extent): number {
  return Math.min(content, MAX_HEIGHT);
}

/** Whether the list is longer than what is laid out. */
export function isScaled(extent: Extent): boolean {
  return extent.content > MAX_HEIGHT;
}

function lastPosition({ content, viewport }: Extent): number {
  return Math.max(0, content - viewport);
}

function lastScrollTop(extent: Extent): number {
  return Math.max(0, laidOutHeight(extent) - extent.viewport);
}

export function clampPosition(extent: Extent, position: number): number {
  return Math.min(lastPosition(extent), Math.max(0, position));
}

/** The position that the scrollbar points at: its ends are those of the list. */
export function positionAt(extent: Extent, scrollTop: number): number {
  const last = lastScrollTop(extent);
  if (last === 0) return 0;
  return clampPosition(extent, isScaled(extent) ? (scrollTop / last) * lastPosition(extent) : scrollTop);
}

/** Where the scrollbar belongs for a position; near an end it leaves the room there is to scroll on px by px. */
export function scrollTopAt(extent: Extent, position: number): number {
  const last = lastPosition(extent);
  if (last === 0) return 0;
  const clamped = clampPosition(extent, position);
  if (!isScaled(extent)) return clamped;
  const end = lastScrollTop(extent);
  const [above, below] = [Math.min(clamped, ROOM), Math.min(last - clamped, ROOM)];
  return Math.min(end - below, Math.max(above, (clamped / last) * end));
}

interface Scroll {
  scrollTop: number;
  /** When, in ms. */
  now: number;
  /** A wheel or a finger was at work a moment ago. */
  byHand: boolean;
}

/**
 * The place after the browser scrolled. Browsers do not tell who scrolled: a step too long for anything but the scrollbar, steps
 * soon after one, and reaching an end without wheel or finger are taken for the scrollbar's.
 */
export function scrolled(extent: Extent, before: Place, { scrollTop, now, byHand }: Scroll): Place {
  if (!isScaled(extent))
    return { position: clampPosition(extent, scrollTop), scrollTop, dragged: false, at: now };
  const moved = scrollTop - before.scrollTop;
  const pixelOfBar = laidOutHeight(extent) / Math.max(1, extent.viewport);
  const atEnd = scrollTop <= 0 || scrollTop >= lastScrollTop(extent) - 1;
  const dragged =
    Math.abs(moved) > pixelOfBar / 2 || (before.dragged && now - before.at < REST_MS) || (atEnd && !byHand);
  const position = dragged ? positionAt(extent, scrollTop) : clampPosition(extent, before.position + moved);
  return { position, scrollTop, dragged, at: now };
}

/** The scrollbar has come to an end before the list has: it must be put right before the list can scroll on. */
export function isStuck(extent: Extent, { position, scrollTop }: Place): boolean {
  return (
    (scrollTop <= 0 && position > 0) ||
    (scrollTop >= lastScrollTop(extent) - 1 && position < lastPosition(extent) - 1)
  );
}
