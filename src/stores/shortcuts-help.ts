import { create } from "zustand";

interface ShortcutsHelp {
  open: boolean;
  setOpen: (open: boolean) => void;
}

/** Whether the dialog that says what the keys do is open. */
export const useShortcutsHelp = create<ShortcutsHelp>()((set) => ({
  open: false,
  setOpen: (open) => set({ open }),
}));
