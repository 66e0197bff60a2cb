import { HEADER_HEIGHT, ROW_HEIGHT } from "./layout";

/** Rows beyond the screen that are drawn. */
const OVERSCAN = 8;
/** Rows from an end of the loaded ones where more are asked for. */
const AHEAD = 20;
/** Rows between the screen and the loaded ones that are loaded page by page; further away it takes a jump. */
const NEAR = 400;

/** Rows by their index in the list: from the first up to, not including, the end. */
export interface Range {
  first: number;
  end: number;
}

/** The rows that can be seen below the header of a list scrolled to `position` px. */
export function visibleRows(position: number, viewport: number, rowCount: number): Range {
  const first = Math.min(rowCount, Math.floor(position / ROW_HEIGHT));
  const end = Math.ceil((position + viewport - HEADER_HEIGHT) / ROW_HEIGHT);
  return { first, end: Math.min(rowCount, Math.max(first, end)) };
}

/** The rows that are drawn: some more than can be seen. */
export function drawnRows({ first, end }: Range, rowCount: number): Range {
  return { first: Math.max(0, first - OVERSCAN), end: Math.min(rowCount, end + OVERSCAN) };
}

interface Loaded extends Range {
  hasMore: boolean;
}

/** What has to be loaded for the rows on screen: the next page, the one before, pages somewhere else, or nothing. */
export function wantedPages(
  visible: Range,
  loaded: Loaded,
  canJump: boolean,
): "more" | "before" | "jump" | null {
  const below = visible.first - loaded.end;
  const above = loaded.first - visible.end;
  if (canJump && (below > NEAR || above > NEAR)) return "jump";
  if (loaded.hasMore && visible.end + AHEAD > loaded.end) return "more";
  if (loaded.first > 0 && visible.first - AHEAD < loaded.first) return "before";
  return null;
}

/** The row with which to begin so that a page of `size` rows has those on screen in its midst. */
export function jumpTarget({ first, end }: Range, rowCount: number, size: number): number {
  const middle = Math.floor((first + end - size) / 2);
  return Math.max(0, Math.min(middle, rowCount - size));
}
