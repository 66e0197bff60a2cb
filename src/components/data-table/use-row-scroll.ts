import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { HEADER_HEIGHT, ROW_HEIGHT } from "./layout";
import { drawnRows, visibleRows } from "./row-window";
import {
  clampPosition,
  isScaled,
  isStuck,
  laidOutHeight,
  type Place,
  REST_MS,
  scrolled,
  scrollTopAt,
  TOP,
} from "./scroll-scale";

/** How long, in ms, scrolling goes on for after a turn of the wheel or a stroke of the finger. */
const MOMENTUM_MS = 1_000;

/**
 * Scrolls a list of rows of one height, however many there are: which of them are drawn and seen, and where. `spaceBelow` is px
 * left free below the last row.
 */
export function useRowScroll(grid: RefObject<HTMLElement | null>, rowCount: number, spaceBelow: number) {
  const place = useRef<Place>(TOP);
  const handAt = useRef(Number.NEGATIVE_INFINITY);
  const [viewport, setViewport] = useState(0);
  const content = HEADER_HEIGHT + rowCount * ROW_HEIGHT + spaceBelow;
  // What of the place is drawn: the first row in sight, and by how far rows are laid out away from where they belong.
  const [drawn, setDrawn] = useState({ first: 0, offset: 0 });
  const extent = { content, viewport };
  const latest = useRef(extent);

  const draw = useCallback(() => {
    const { position, scrollTop } = place.current;
    const first = Math.floor(position / ROW_HEIGHT);
    const offset = scrollTop - position;
    setDrawn((before) => (before.first === first && before.offset === offset ? before : { first, offset }));
  }, []);
  /** Goes to a position, and the browser's scrollbar with it. */
  const goTo = useCallback(
    (wantedPosition: number) => {
      const clamped = clampPosition(latest.current, wantedPosition);
      const wanted = scrollTopAt(latest.current, clamped);
      const element = grid.current;
      if (element && Math.abs(element.scrollTop - wanted) >= 1) element.scrollTop = wanted;
      // Browsers round: a list that is laid out whole is where the browser says.
      const scrollTop = element?.scrollTop ?? wanted;
      const position = isScaled(latest.current) ? clamped : scrollTop;
      place.current = { ...place.current, position, scrollTop };
      draw();
    },
    [grid, draw],
  );

  useLayoutEffect(() => {
    const element = grid.current;
    if (!element) return;
    const measure = () => setViewport(element.clientHeight);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [grid]);

  useLayoutEffect(() => {
    latest.current = { content, viewport };
    if (viewport > 0) goTo(place.current.position);
  }, [content, viewport, goTo]);

  useEffect(() => {
    const element = grid.current;
    if (!element) return;
    let rest: ReturnType<typeof setTimeout>;
    const settle = () => flushSync(() => goTo(place.current.position));
    const onScroll = () => {
      const { scrollTop } = element;
      if (scrollTop === place.current.scrollTop) return;
      const now = performance.now();
      const byHand = now - handAt.current < MOMENTUM_MS;
      place.current = scrolled(latest.current, place.current, { scrollTop, now, byHand });
      if (isStuck(latest.current, place.current)) settle();
      else flushSync(draw);
      clearTimeout(rest);
      rest = setTimeout(settle, REST_MS);
    };
    const onHand = () => {
      handAt.current = performance.now();
    };
    const passive = { passive: true };
    element.addEventListener("scroll", onScroll, passive);
    element.addEventListener("wheel", onHand, passive);
    element.addEventListener("touchmove", onHand, passive);
    return () => {
      clearTimeout(rest);
      element.removeEventListener("scroll", onScroll);
      element.removeEventListener("wheel", onHand);
      element.removeEventListener("touchmove", onHand);
    };
  }, [grid, draw, goTo]);

  /** Scrolls no further than it takes to show the row. */
  const showRow = useCallback(
    (row: number) => {
      const { position } = place.current;
      const top = row * ROW_HEIGHT;
      const lowest = HEADER_HEIGHT + top + ROW_HEIGHT + spaceBelow - latest.current.viewport;
      goTo(Math.min(top, Math.max(position, lowest)));
    },
    [goTo, spaceBelow],
  );
  const moveBy = useCallback((rows: number) => goTo(place.current.position + rows * ROW_HEIGHT), [goTo]);
  const toTop = useCallback(() => goTo(0), [goTo]);

  const visible = visibleRows(drawn.first * ROW_HEIGHT, viewport + ROW_HEIGHT, rowCount);
  return {
    visible,
    rows: drawnRows(visible, rowCount),
    /** Px from the top of the rows' box to a row. */
    topOf: (row: number) => row * ROW_HEIGHT + drawn.offset,
    /** Height of the rows' box in px. */
    height: laidOutHeight(extent) - HEADER_HEIGHT,
    isAtTop: drawn.first === 0,
    showRow,
    moveBy,
    toTop,
  };
}
