import type { Command } from "@/stores/commands";

/** Commands under one heading. */
export interface CommandGroup<Item extends Command = Command> {
  value: string;
  items: Item[];
}

/** The commands in which every word of `query` begins some word, grouped; groups and commands keep their order. */
export function findCommands(commands: Iterable<Command>, query: string): CommandGroup[] {
  const wanted = words(query);
  const groups = new Map<string, Command[]>();
  for (const command of commands) {
    const has = words(`${command.label} ${command.group} ${command.keywords ?? ""}`);
    if (!wanted.every((word) => has.some((candidate) => candidate.startsWith(word)))) continue;
    groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  }
  return [...groups].map(([value, items]) => ({ value, items }));
}

function words(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}
