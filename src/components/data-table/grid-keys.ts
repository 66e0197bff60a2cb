import type { KeyboardEvent } from "react";
import { gridAction } from "./keyboard";
import { HEADER_HEIGHT, ROW_HEIGHT } from "./layout";

interface GridKeysOptions {
  /** Index of the active row, -1 for none. */
  active: number;
  /** Loaded rows. */
  rowCount: number;
  onMove: (to: number) => void;
  onToggle: (index: number, range: boolean) => void;
  onOpen: (index: number) => void;
  onClear: () => void;
}

/** The key handler of a grid whose element keeps the focus while its rows become active. */
export function gridKeys({ active, rowCount, onMove, onToggle, onOpen, onClear }: GridKeysOptions) {
  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const grid = event.currentTarget;
    // A focused link or button of the table does what its own keys mean.
    if (event.target !== grid && (event.key === " " || event.key === "Enter")) return;
    const pageRows = Math.floor((grid.clientHeight - HEADER_HEIGHT) / ROW_HEIGHT);
    const action = gridAction(event.key, { active, rowCount, pageRows });
    if (action === null) return;
    event.preventDefault();
    switch (action.type) {
      case "move":
        grid.focus({ preventScroll: true });
        return onMove(action.to);
      case "toggle":
        return onToggle(active, event.shiftKey);
      case "open":
        return onOpen(active);
      case "clear":
        return onClear();
    }
  };
}
