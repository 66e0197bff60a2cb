import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useRef } from "react";
import { HEADER_HEIGHT, ROW_HEIGHT } from "./layout";
import { scrollRowCount } from "./pages";

/** Rows beyond the screen that are drawn, and rows from the end of the loaded ones where the next page is asked for. */
const OVERSCAN = 8;
const FETCH_AHEAD = 20;
/** Skeleton rows of a list whose length is not known yet. */
const PENDING_ROWS = 15;

interface VirtualRowsOptions {
  pending: boolean;
  total: number | null;
  hasMore: boolean;
  onLoadMore: () => void;
  onVisibleChange: (ids: string[]) => void;
  scrollKey: string;
  /** Px to be left free below the last row. */
  spaceBelow: number;
}

/**
 * Which rows of the list are drawn, for `ids` loaded so far. Asks for the next page before the scroll reaches the end
 * of the loaded rows, tells which rows are on screen, and goes back to the top when `scrollKey` changes.
 */
export function useVirtualRows(
  grid: RefObject<HTMLElement | null>,
  ids: readonly string[],
  { pending, total, hasMore, onLoadMore, onVisibleChange, scrollKey, spaceBelow }: VirtualRowsOptions,
) {
  const virtualizer = useVirtualizer({
    count: pending ? PENDING_ROWS : scrollRowCount(ids.length, total, hasMore),
    getScrollElement: () => grid.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    scrollMargin: HEADER_HEIGHT,
    scrollPaddingStart: HEADER_HEIGHT,
    paddingEnd: spaceBelow,
    scrollPaddingEnd: spaceBelow,
  });
  const items = virtualizer.getVirtualItems();
  const lastDrawn = items.at(-1)?.index ?? -1;
  const firstVisible = virtualizer.range?.startIndex ?? 0;
  const lastVisible = virtualizer.range?.endIndex ?? -1;

  const loaded = ids.length;
  useEffect(() => {
    if (!pending && hasMore && lastDrawn >= loaded - FETCH_AHEAD) onLoadMore();
  }, [pending, hasMore, lastDrawn, loaded, onLoadMore]);

  useEffect(() => {
    onVisibleChange(ids.slice(firstVisible, lastVisible + 1));
  }, [ids, firstVisible, lastVisible, onVisibleChange]);

  const scrolledFor = useRef(scrollKey);
  useEffect(() => {
    if (scrolledFor.current === scrollKey) return;
    scrolledFor.current = scrollKey;
    virtualizer.scrollToOffset(0);
  }, [scrollKey, virtualizer]);

  return { virtualizer, items, firstVisible };
}
