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
  setOpen: (open: boolean) => void;
  commands: ReadonlyMap<string, Command>;
}

/** The command palette: whether it is open, and what features have registered. */
export const useCommandPalette = create<CommandsState>()((set) => ({
  open: false,
  setOpen: (open) => set({ open }),
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
