import type { LucideIcon } from "lucide-react";
import { useEffect } from "react";
import { create } from "zustand";

/** Something the command palette offers. */
export interface Command {
  /** Unique; a later command with the same id replaces the earlier. */
  id: string;
  label: string;
  /** Heading it is listed under, such as "Campaign". */
  group: string;
  icon?: LucideIcon;
  /** Further words that find it. */
  keywords?: string;
  run: () => void;
}

interface CommandsState {
  open: boolean;
  /** It was opened, and nothing in it has had the focus yet. */
  opening: boolean;
  /** What is looked for; empty whenever it opens. */
  text: string;
  /** Enter was pressed for that text before there was anything to choose. */
  entered: boolean;
  setOpen: (open: boolean) => void;
  setOpened: () => void;
  setText: (text: string) => void;
  setEntered: (entered: boolean) => void;
  commands: ReadonlyMap<string, Command>;
}

/** The command palette: whether it is open, what is typed in it, and what features have registered. */
export const useCommandPalette = create<CommandsState>()((set) => ({
  open: false,
  opening: false,
  text: "",
  entered: false,
  // While it closes, its text stays in sight.
  setOpen: (open) => set({ open, opening: open, entered: false, ...(open && { text: "" }) }),
  setOpened: () => set({ opening: false }),
  setText: (text) => set({ text, entered: false }),
  setEntered: (entered) => set(({ text }) => ({ entered: entered && text.trim() !== "" })),
  commands: new Map(),
}));

/** Adds commands; returns the way to take exactly these away again. */
export function registerCommands(commands: readonly Command[]): () => void {
  useCommandPalette.setState((state) => ({
    commands: new Map([...state.commands, ...commands.map((command) => [command.id, command] as const)]),
  }));
  return () => {
    useCommandPalette.setState((state) => ({
      commands: new Map([...state.commands].filter(([, command]) => !commands.includes(command))),
    }));
  };
}

/** Offers `commands` in the palette while the component is mounted. Pass a memoised array. */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => registerCommands(commands), [commands]);
}
