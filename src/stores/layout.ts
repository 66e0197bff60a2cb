import { create } from "zustand";
import { persist } from "zustand/middleware";

interface LayoutState {
  /** The sidebar shows icons only. */
  collapsed: boolean;
  toggleCollapsed: () => void;
  /** The sidebar's drawer on narrow screens. */
  drawerOpen: boolean;
  setDrawerOpen: (open: boolean) => void;
}

/** How the shell is laid out. */
export const useLayout = create<LayoutState>()(
  persist(
    (set) => ({
      collapsed: false,
      toggleCollapsed: () => set((state) => ({ collapsed: !state.collapsed })),
      drawerOpen: false,
      setDrawerOpen: (drawerOpen) => set({ drawerOpen }),
    }),
    { name: "aim-layout", partialize: ({ collapsed }) => ({ collapsed }) },
  ),
);
