import { type MouseEvent, useRef } from "react";

/** What a trigger carries while its menu or popover is open. */
const OPEN = "[data-popup-open]";

/** Handlers for an element that popovers stand over: a press beside an open one closes it and does nothing else. */
export function useDismissingPress() {
  const dismisses = useRef(false);
  return {
    onPointerDownCapture() {
      dismisses.current = document.querySelector(OPEN) !== null;
    },
    onClickCapture(event: MouseEvent) {
      // A click by key has no press before it.
      if (!dismisses.current || event.detail === 0) return;
      dismisses.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
