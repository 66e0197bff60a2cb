/** What a key asks the table to do. */
export type GridAction =
  | { type: "move"; to: number }
  | { type: "toggle" }
  | { type: "open" }
  | { type: "clear" };

interface GridPosition {
  /** Index of the active row, -1 for none. */
  active: number;
  /** Rows that can become active, that is, the loaded ones. */
  rowCount: number;
  /** Whole rows the viewport shows. */
  pageRows: number;
}

/** Maps a key to an action of the table; null for keys that are not its own. */
export function gridAction(key: string, { active, rowCount, pageRows }: GridPosition): GridAction | null {
  const last = rowCount - 1;
  const move = (to: number): GridAction | null =>
    last < 0 ? null : { type: "move", to: Math.min(last, Math.max(0, to)) };
  switch (key) {
    case "ArrowDown":
      return move(active + 1);
    case "ArrowUp":
      return move(active === -1 ? 0 : active - 1);
    case "PageDown":
      return move(Math.max(active, 0) + Math.max(1, pageRows));
    case "PageUp":
      return move(active - Math.max(1, pageRows));
    case "Home":
      return move(0);
    case "End":
      return move(last);
    case " ":
      return active === -1 ? null : { type: "toggle" };
    case "Enter":
      return active === -1 ? null : { type: "open" };
    case "Escape":
      return { type: "clear" };
    default:
      return null;
  }
}
