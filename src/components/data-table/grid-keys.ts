import type { KeyboardEvent } from "react";
import { type GridPosition, gridAction } from "./keyboard";
import { HEADER_HEIGHT, ROW_HEIGHT } from "./layout";

interface GridKeysOptions extends Omit<GridPosition, "pageRows"> {
  onMove: (to: number) => void;
  onColumn: (to: number | null) => void;
  onToggle: (index: number, range: boolean) => void;
  onOpen: (index: number) => void;
  onEdit: () => void;
  onClear: () => void;
}

/** The key handler of a grid whose element keeps the focus while its rows and cells become active. */
export function gridKeys(options: GridKeysOptions) {
  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const grid = event.currentTarget;
    // A focused link or button of the table does what its own keys mean.
    if (event.target !== grid && (event.key === " " || event.key === "Enter")) return;
    const pageRows = Math.floor((grid.clientHeight - HEADER_HEIGHT) / ROW_HEIGHT);
    const action = gridAction(event.key, { ...options, pageRows });
    if (action === null) return;
    event.preventDefault();
    switch (action.type) {
      case "move":
        grid.focus({ preventScroll: true });
        return options.onMove(action.to);
      case "column":
        return options.onColumn(action.to);
      case "toggle":
        return options.onToggle(options.active, event.shiftKey);
      case "open":
        return options.onOpen(options.active);
      case "edit":
        return options.onEdit();
      case "clear":
        return options.onClear();
    }
  };
}
