import { create } from "zustand";
import { NOTHING_SELECTED, type Selection } from "@/components/data-table/selection";

interface TableSelection {
  /** Which list, with which filter, the selection is of. */
  scope: string;
  selection: Selection;
  set: (scope: string, selection: Selection) => void;
  clear: () => void;
}

/** The one selection of the app: it ends when another list, or the same list with another filter, is shown or selected in. */
export const useTableSelection = create<TableSelection>()((set) => ({
  scope: "",
  selection: NOTHING_SELECTED,
  set: (scope, selection) => set({ scope, selection }),
  clear: () => set({ scope: "", selection: NOTHING_SELECTED }),
}));

/** The selection in `scope`; nothing when something else is selected. */
export function useSelection(scope: string): Selection {
  return useTableSelection((state) => (state.scope === scope ? state.selection : NOTHING_SELECTED));
}
