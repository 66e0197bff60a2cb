import type { ColumnSettings } from "./column-layout";

/** Most custom columns that a list offers. */
export const MAX_CUSTOM_COLUMNS = 50;

const PREFIX = "custom:";

/** A row with cells that have no field, by the name of their column. */
export interface CustomRow {
  custom: Readonly<Record<string, unknown>>;
}

/** A custom column's id; whatever the column is called, no other one has it. */
export function customId(name: string): string {
  return `${PREFIX}${name}`;
}

/** Whether a column is a custom one. */
export function isCustomId(id: string): boolean {
  return id.startsWith(PREFIX);
}

/**
 * The names of the custom columns that a list offers, in alphabetical order, at most MAX_CUSTOM_COLUMNS: those that are shown, whether
 * or not a loaded row has them, and those that loaded rows have.
 */
export function customNames(rows: readonly CustomRow[], visible: ColumnSettings["visible"]): string[] {
  const shown = Object.keys(visible).filter((id) => visible[id] === true && isCustomId(id));
  const names = new Set(shown.map((id) => id.slice(PREFIX.length)).slice(0, MAX_CUSTOM_COLUMNS));
  for (const { custom } of rows) {
    for (const name of Object.keys(custom)) {
      if (names.size >= MAX_CUSTOM_COLUMNS) break;
      names.add(name);
    }
  }
  return [...names].sort((a, b) => a.localeCompare(b));
}

/** As `customNames`; the same array while the names are the same, so that rows that change redraw no others. */
export function createCustomNames(): typeof customNames {
  let known: string[] = [];
  return (rows, visible) => {
    const names = customNames(rows, visible);
    const same = names.length === known.length && names.every((name, at) => name === known[at]);
    if (!same) known = names;
    return known;
  };
}
