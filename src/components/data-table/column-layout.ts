/** What a user changed about a list's columns; kept per list. Ids that no longer exist are ignored. */
export interface ColumnSettings {
  /** Column ids from left to right; columns not named here follow in their own order. */
  order: string[];
  /** Shown or hidden, where that differs from the column's default. */
  visible: Record<string, boolean>;
  /** Widths in px, where they differ from the column's default. */
  widths: Record<string, number>;
}

export const DEFAULT_SETTINGS: ColumnSettings = { order: [], visible: {}, widths: {} };

export const MIN_COLUMN_WIDTH = 72;
export const MAX_COLUMN_WIDTH = 800;

/** The parts of a column that its layout depends on. */
export interface LayoutColumn {
  id: string;
  /** Default width in px. */
  width: number;
  /** Hidden until the user shows it. */
  hidden?: boolean;
}

export interface LaidOutColumn<Column extends LayoutColumn> {
  column: Column;
  visible: boolean;
}

export function clampWidth(width: number): number {
  return Math.round(Math.min(MAX_COLUMN_WIDTH, Math.max(MIN_COLUMN_WIDTH, width)));
}

/** A column's width in px: the user's, else its own. */
export function columnWidth(column: LayoutColumn, widths: ColumnSettings["widths"]): number {
  return clampWidth(widths[column.id] ?? column.width);
}

/**
 * All columns in the user's order, with what is shown. The first column of `columns` is the pinned one: it stays
 * first and visible whatever the settings say.
 */
export function layOut<Column extends LayoutColumn>(
  columns: readonly Column[],
  { order, visible }: Pick<ColumnSettings, "order" | "visible">,
): LaidOutColumn<Column>[] {
  const [pinned, ...movable] = columns;
  if (pinned === undefined) return [];
  const rank = new Map(order.map((id, index) => [id, index]));
  const place = (column: Column) => rank.get(column.id) ?? order.length;
  // Array.prototype.sort is stable: columns the user never moved keep their own order.
  const ordered = [pinned, ...movable.toSorted((a, b) => place(a) - place(b))];
  return ordered.map((column) => ({
    column,
    visible: column === pinned || (visible[column.id] ?? !column.hidden),
  }));
}

/**
 * The order after a column changed places with the one left (-1) or right (+1) of it, null where there is none; the pinned first column
 * never moves. A shown column passes over hidden ones, so that each move is seen.
 */
export function moveColumn(
  order: readonly string[],
  id: string,
  by: -1 | 1,
  shown: ReadonlySet<string>,
): string[] | null {
  const from = order.indexOf(id);
  let to = from + by;
  const isPassed = (other: string | undefined) => other !== undefined && shown.has(id) && !shown.has(other);
  while (isPassed(order[to])) to += by;
  const other = order[to];
  if (from < 1 || to < 1 || other === undefined) return null;
  const next = [...order];
  next[from] = other;
  next[to] = id;
  return next;
}
