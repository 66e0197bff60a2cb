import type { ReactNode } from "react";
import { type Direction, RELEVANCE, type Sort } from "./column";
import type { Selection } from "./selection";
import type { RowScope } from "./settled";

/** What an action works on: rows in this order. */
export interface ActionScope<Filter> extends RowScope<Filter> {
  sort: string;
  direction: Direction;
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

interface Listed<Filter> extends Required<RowScope<Filter>> {
  sort: Sort;
}

/** Rows picked one by one are meant whatever they match by now. */
interface Picked {
  ids: string[];
}

/** The slots filled for what a list shows and what of it is selected. */
export function listActions<Filter extends object>(
  { views, toolbarActions, selectionActions }: ListSlots<Filter | Picked>,
  { sort, ...matching }: Listed<Filter>,
) {
  const scope = { ...matching, sort: sort.by, direction: sort.direction };
  // There is nothing that picked rows could be ranked by.
  const order =
    sort.by === RELEVANCE
      ? ({ sort: "created_at", direction: "asc" } as const)
      : { sort: sort.by, direction: sort.direction };
  return {
    views,
    actions: toolbarActions?.(scope),
    selectionActions: (selection: Selection) =>
      selectionActions?.(
        selection.mode === "matching"
          ? scope
          : { ...order, filter: { ids: [...selection.ids] }, total: selection.ids.size },
      ),
  };
}
