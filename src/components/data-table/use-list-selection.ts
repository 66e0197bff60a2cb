import { useEffect, useRef, useState } from "react";
import { formatCount, formatNumber } from "@/lib/format";
import { useSelection, useTableSelection } from "@/stores/table-selection";
import { NOTHING_SELECTED, type Selection, selectedCount, selectRows } from "./selection";

interface ListedRows {
  /** The rows on screen are of the filter before this one. */
  outdated: boolean;
  /** How many rows match, null when not known. */
  total: number | null;
  /** How many of them are loaded. */
  loaded: number;
  /** What one row is and several are, in lower case. */
  noun: { one: string; many: string };
}

/** The selection in a list; `scope` is the list with its filter, to which it belongs. */
export function useListSelection(scope: string, { outdated, total, loaded, noun }: ListedRows) {
  const selection = useSelection(scope);
  const { set, clear } = useTableSelection();
  /** What stayed selected when a row was taken out of everything that matches: ids can be named, but not left out. */
  const [leftOver, setLeftOver] = useState<Selection | null>(null);
  const place = useRef<HTMLDivElement>(null);
  // Left, a list or filter keeps no selection: nobody looks for one that comes back.
  useEffect(() => {
    if (useTableSelection.getState().scope !== scope) clear();
    return clear;
  }, [scope, clear]);
  const count = selectedCount(selection, total);
  const toTable = () =>
    place.current?.querySelector<HTMLElement>("[role=grid]")?.focus({ preventScroll: true });
  const unloaded = total === null ? null : total - loaded;
  return {
    selection,
    /** How many rows are selected; null for all that match while these are not counted. */
    count,
    /** What the user should know of the selection. */
    notice:
      selection === leftOver && unloaded !== 0
        ? `Only loaded ${noun.many} stay selected, ${unloaded === null ? "the others" : `${formatNumber(unloaded)} more`} that match do not.`
        : null,
    /** How many rows are selected in words, for a live region; empty when none are. */
    announcement:
      count === 0
        ? ""
        : `${count === null ? `All ${noun.many}` : formatCount(count, noun.one, noun.many)} selected`,
    select(next: Selection) {
      // The rows on screen are of another filter: they are not what would be selected.
      if (outdated) return;
      if (next === NOTHING_SELECTED) return clear();
      set(scope, next);
      const left = next.mode === "rows" && (selection.mode === "matching" || selection === leftOver);
      setLeftOver(left ? next : null);
    },
    clear,
    /** Selects just these rows, loaded or not, for what has been done to the others. */
    selectOnly(ids: readonly string[]) {
      if (ids.length === 0) clear();
      else set(scope, selectRows(ids));
      toTable();
    },
    /** Belongs to an element that contains the table. */
    place,
    /** For a button that goes with what it does: the focus must not get lost with it. */
    thenToTable: (act: () => void) => () => {
      act();
      toTable();
    },
  };
}
