/** What a key asks the table to do. */
export type GridAction =
  | { type: "move"; to: number }
  /** To a cell of the active row; null is the row as a whole. */
  | { type: "column"; to: number | null }
  | { type: "toggle" }
  | { type: "open" }
  | { type: "edit" }
  | { type: "clear" };

export interface GridPosition {
  /** Index of the active row, -1 for none. */
  active: number;
  /** Rows that can become active. */
  rowCount: number;
  /** Whole rows the viewport shows. */
  pageRows: number;
  /** Index of the active cell's column, null when the row as a whole is active. */
  column: number | null;
  columnCount: number;
  /** The active cell can be edited; of a whole row, its first cell. */
  editable: boolean;
}

/** Maps a key to an action of the table; null for keys that are not its own. */
export function gridAction(key: string, position: GridPosition): GridAction | null {
  const { active, rowCount, pageRows, column, columnCount, editable } = position;
  const last = rowCount - 1;
  const move = (to: number): GridAction | null =>
    last < 0 ? null : { type: "move", to: Math.min(last, Math.max(0, to)) };
  const ofRow = (action: GridAction): GridAction | null => (active === -1 ? null : action);
  switch (key) {
    case "ArrowDown":
      return move(active + 1);
    case "ArrowUp":
      return move(active === -1 ? 0 : active - 1);
    case "ArrowRight":
      return ofRow({ type: "column", to: column === null ? 0 : Math.min(columnCount - 1, column + 1) });
    case "ArrowLeft":
      return ofRow({ type: "column", to: column === null || column === 0 ? null : column - 1 });
    case "PageDown":
      return move(Math.max(active, 0) + Math.max(1, pageRows));
    case "PageUp":
      return move(active - Math.max(1, pageRows));
    case "Home":
      return move(0);
    case "End":
      return move(last);
    case " ":
      return ofRow({ type: "toggle" });
    case "Enter":
      return ofRow({ type: column !== null && editable ? "edit" : "open" });
    case "F2":
      return editable ? ofRow({ type: "edit" }) : null;
    case "Escape":
      return { type: "clear" };
    default:
      return null;
  }
}
