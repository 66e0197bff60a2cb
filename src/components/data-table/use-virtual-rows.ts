import { NEXT_PAGE_SIZE } from "@contracts";
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { jumpTarget, wantedPages } from "./row-window";
import { REST_MS } from "./scroll-scale";
import { useRowScroll } from "./use-row-scroll";

/** Skeleton rows of a list whose length is not known yet. */
const PENDING_ROWS = 15;

export interface VirtualRowsOptions {
  pending: boolean;
  /** The rows are of the sort or filter before this one. */
  outdated: boolean;
  /** Index in the list of the first loaded row. */
  start: number;
  /** How many rows the scrollbar stands for. */
  reach: number;
  hasMore: boolean;
  onLoadMore: () => void;
  onLoadBefore: () => void;
  /** Loads rows from an index on; null where a list can only be loaded page by page. */
  onJump: ((row: number) => void) | null;
  /** The rows that a jump was to show are out of sight again. */
  onStay: () => void;
  onVisibleChange: (ids: string[]) => void;
  scrollKey: string;
  /** Px to be left free below the last row. */
  spaceBelow: number;
}

/**
 * Which rows of the list are drawn, for the `ids` that are loaded from `start` on. Asks for the pages around the rows on screen, tells
 * which rows these are, keeps them in place when rows above come or go, and goes back to the top when `scrollKey` changes.
 */
export function useVirtualRows(
  grid: RefObject<HTMLElement | null>,
  ids: readonly string[],
  options: VirtualRowsOptions,
) {
  const { pending, outdated, start, reach, hasMore, onLoadMore, onLoadBefore, onJump, onStay } = options;
  const { onVisibleChange, scrollKey, spaceBelow } = options;
  const scroll = useRowScroll(grid, pending ? PENDING_ROWS : reach, spaceBelow);
  const { visible, toTop, moveBy } = scroll;
  const { first, end } = visible;

  const wanted =
    pending || outdated || end === 0
      ? null
      : wantedPages(visible, { first: start, end: start + ids.length, hasMore }, onJump !== null);
  useEffect(() => {
    if (wanted === "more") onLoadMore();
    if (wanted === "before") onLoadBefore();
  }, [wanted, onLoadMore, onLoadBefore]);

  const target = wanted === "jump" ? jumpTarget(visible, reach, NEXT_PAGE_SIZE) : null;
  useEffect(() => {
    if (target === null || onJump === null) return;
    const timer = setTimeout(() => onJump(target), REST_MS);
    return () => {
      clearTimeout(timer);
      onStay();
    };
  }, [target, onJump, onStay]);

  useEffect(() => {
    onVisibleChange(ids.slice(Math.max(0, first - start), Math.max(0, end - start)));
  }, [ids, start, first, end, onVisibleChange]);

  const scrolledFor = useRef(scrollKey);
  const anchor = useRef<{ id: string | undefined; row: number }>({ id: undefined, row: 0 });
  useLayoutEffect(() => {
    if (scrolledFor.current !== scrollKey) {
      scrolledFor.current = scrollKey;
      anchor.current = { id: undefined, row: 0 };
      toTop();
    }
  }, [scrollKey, toTop]);
  useLayoutEffect(() => {
    const { id, row } = anchor.current;
    const at = id === undefined || row === 0 ? -1 : ids.indexOf(id);
    if (at !== -1 && start + at !== row) moveBy(start + at - row);
  }, [ids, start, moveBy]);
  useLayoutEffect(() => {
    anchor.current = { id: ids[first - start], row: first };
  }, [ids, start, first]);

  return scroll;
}
