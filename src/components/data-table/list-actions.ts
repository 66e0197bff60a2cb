import type { ReactNode } from "react";
import type { Direction, Sort } from "./column";
import type { Selection } from "./selection";

/** What an action works on: the rows that match the filter, in this order. */
export interface ActionScope<Filter> {
  filter: Filter;
  sort: string;
  direction: Direction;
  /** How many rows that is, null when not known. */
  total: number | null;
}

/** Actions that a page is given from outside, so that lists do not know of exports or research. */
export interface ListSlots<Filter> {
  /** At the start of the toolbar: the list's saved views. */
  views?: ReactNode;
  /** At the end of the toolbar, for everything that matches. */
  toolbarActions?: (scope: ActionScope<Filter>) => ReactNode;
  /** In the bar that appears while rows are selected, for just those. */
  selectionActions?: (scope: ActionScope<Filter>) => ReactNode;
}

interface Listed<Filter> {
  filter: Filter;
  sort: Sort;
  total: number | null;
}

/** The slots filled for what a list shows and what of it is selected. */
export function listActions<Filter extends object>(
  { views, toolbarActions, selectionActions }: ListSlots<Filter & { ids?: string[] | undefined }>,
  { filter, sort, total }: Listed<Filter>,
) {
  const scope = { filter, sort: sort.by, direction: sort.direction, total };
  return {
    views,
    actions: toolbarActions?.(scope),
    selectionActions: (selection: Selection) =>
      selectionActions?.(
        selection.mode === "matching"
          ? scope
          : { ...scope, filter: { ...filter, ids: [...selection.ids] }, total: selection.ids.size },
      ),
  };
}
