/**
 * What is selected in a list: some rows by id, or everything that matches the list's filter, loaded or not.
 * `anchor` is where a shift-click range starts.
 */
export type Selection =
  | { mode: "rows"; ids: ReadonlySet<string>; anchor: string | null }
  | { mode: "matching"; except: ReadonlySet<string>; anchor: string | null };

export const NOTHING_SELECTED: Selection = { mode: "rows", ids: new Set(), anchor: null };

export function isSelected(selection: Selection, id: string): boolean {
  return selection.mode === "rows" ? selection.ids.has(id) : !selection.except.has(id);
}

/** How many rows are selected; null when everything that matches is and the total is not known. */
export function selectedCount(selection: Selection, total: number | null): number | null {
  if (selection.mode === "rows") return selection.ids.size;
  return total === null ? null : Math.max(0, total - selection.except.size);
}

/** The rows from one id to another in list order, both included; just `to` when `from` is not loaded. */
export function idsBetween(order: readonly string[], from: string | null, to: string): string[] {
  const start = from === null ? -1 : order.indexOf(from);
  const end = order.indexOf(to);
  if (start === -1 || end === -1) return [to];
  return order.slice(Math.min(start, end), Math.max(start, end) + 1);
}

/** Selects or deselects rows. `anchor` becomes the start of the next range. */
export function setSelected(
  selection: Selection,
  ids: readonly string[],
  selected: boolean,
  anchor: string | null,
): Selection {
  const added = selection.mode === "rows" ? selected : !selected;
  const next = new Set(selection.mode === "rows" ? selection.ids : selection.except);
  for (const id of ids) {
    if (added) next.add(id);
    else next.delete(id);
  }
  return selection.mode === "rows"
    ? { mode: "rows", ids: next, anchor }
    : { mode: "matching", except: next, anchor };
}

/** A click on a row's checkbox; with shift, every row from the anchor to it takes the new state. */
export function toggleSelected(
  selection: Selection,
  order: readonly string[],
  id: string,
  range: boolean,
): Selection {
  const selected = !isSelected(selection, id);
  const ids = range ? idsBetween(order, selection.anchor, id) : [id];
  return setSelected(selection, ids, selected, id);
}

/** Everything that matches the list's filter, also what is not loaded. */
export function selectMatching(): Selection {
  return { mode: "matching", except: new Set(), anchor: null };
}

/** What the header's checkbox shows for the loaded rows. */
export function headerState(selection: Selection, order: readonly string[]): "all" | "some" | "none" {
  let selected = 0;
  for (const id of order) if (isSelected(selection, id)) selected += 1;
  if (selected === 0) return "none";
  return selected === order.length ? "all" : "some";
}
