import type { ReactNode } from "react";
import type { LayoutColumn } from "./column-layout";

/** One column of a list. The first column of a list is pinned. */
export interface Column<Row> extends LayoutColumn {
  header: string;
  cell: (row: Row) => ReactNode;
  /** The server's name for sorting by this column; without it the column cannot be sorted. */
  sort?: string;
  /** Which way the first click sorts; newest and most first for dates and counts. */
  firstDirection?: Direction;
  align?: "end";
  /** How its cells are edited in place; left out for columns that are not. */
  edit?: CellEdit<Row>;
}

/** How a cell is edited: as a text, or by a choice of texts. */
export interface CellEdit<Row> {
  /** What stands in the editor at first. */
  text: (row: Row) => string;
  /** What the trimmed text changes in the row. */
  change: (text: string) => Partial<Row>;
  /** Why a new trimmed text that is not empty cannot be saved, or null. */
  problem?: (text: string, row: Row) => string | null;
  maxLength?: number;
  /** An empty text is refused. */
  required?: boolean;
  options?: readonly { value: string; label: string }[];
  placeholder?: string;
}

export type Direction = "asc" | "desc";

/** The sort of a search that puts the best matches first; no column has it. */
export const RELEVANCE = "relevance";

export interface Sort {
  by: string;
  direction: Direction;
}

/** The columns of a list that is sorted by fewer of them. */
export function sortedOnlyBy<Row>(columns: readonly Column<Row>[], sorts: readonly string[]): Column<Row>[] {
  return columns.map(({ sort, ...column }) =>
    sort !== undefined && sorts.includes(sort) ? { ...column, sort } : column,
  );
}

/** The sort after a click on a column's header: the other way round if it is sorted by it already. */
export function nextSort(sort: Sort, by: string, firstDirection: Direction = "asc"): Sort {
  if (sort.by !== by) return { by, direction: firstDirection };
  return { by, direction: sort.direction === "asc" ? "desc" : "asc" };
}
