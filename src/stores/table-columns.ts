import { create } from "zustand";
import { persist } from "zustand/middleware";
import { type ColumnSettings, clampWidth, DEFAULT_SETTINGS } from "@/components/data-table/column-layout";

interface TableColumns {
  /** Column settings by list ("companies", "contacts"). */
  lists: Record<string, ColumnSettings>;
  setVisible: (list: string, column: string, visible: boolean) => void;
  setWidth: (list: string, column: string, width: number) => void;
  setOrder: (list: string, order: string[]) => void;
  setAll: (list: string, settings: ColumnSettings) => void;
  reset: (list: string) => void;
}

/** How each user lays out the columns of each list; kept in the browser. */
export const useTableColumns = create<TableColumns>()(
  persist(
    (set) => {
      const change = (list: string, edit: (settings: ColumnSettings) => ColumnSettings) =>
        set(({ lists }) => ({ lists: { ...lists, [list]: edit(lists[list] ?? DEFAULT_SETTINGS) } }));
      return {
        lists: {},
        setVisible: (list, column, visible) =>
          change(list, (s) => ({ ...s, visible: { ...s.visible, [column]: visible } })),
        setWidth: (list, column, width) =>
          change(list, (s) => ({ ...s, widths: { ...s.widths, [column]: clampWidth(width) } })),
        setOrder: (list, order) => change(list, (s) => ({ ...s, order })),
        setAll: (list, settings) => change(list, () => settings),
        reset: (list) => change(list, () => DEFAULT_SETTINGS),
      };
    },
    { name: "table-columns", version: 1, partialize: ({ lists }) => ({ lists }) },
  ),
);

/** The settings of one list. */
export function useColumnSettings(list: string): ColumnSettings {
  return useTableColumns((state) => state.lists[list] ?? DEFAULT_SETTINGS);
}
