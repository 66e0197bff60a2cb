import { useCallback, useState } from "react";

interface Cursor {
  /** Index in the list, -1 for none. */
  row: number;
  id: string | undefined;
  /** Index among the shown columns; null is the row as a whole. */
  column: number | null;
}

/**
 * Where the keyboard is in a grid whose rows are loaded from index `start` on. A row that is loaded is known by its id and stays the
 * active one when it moves; one that is not yet is known by its index.
 */
export function useGridCursor(ids: readonly string[], start: number) {
  const [cursor, setCursor] = useState<Cursor>({ row: -1, id: undefined, column: null });
  /** Without a column it stays in the one it is in. */
  const moveTo = useCallback(
    (row: number, id: string | undefined, column?: number | null) =>
      setCursor((before) => ({ row, id, column: column === undefined ? before.column : column })),
    [],
  );
  const toColumn = useCallback((column: number | null) => setCursor((before) => ({ ...before, column })), []);
  const at = cursor.id === undefined ? -1 : ids.indexOf(cursor.id);
  const row = at === -1 ? cursor.row : start + at;
  return {
    row,
    id: cursor.row === -1 ? undefined : ids[row - start],
    column: cursor.column,
    moveTo,
    toColumn,
  };
}
