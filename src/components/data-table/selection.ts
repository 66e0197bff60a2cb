/**
 * What is selected in a list: some rows by id, or everything that matches the list's filter, loaded or not.
 * `anchor` is where a shift-click range starts.
 */
export type Selection =
  | { mode: "rows"; ids: ReadonlySet<string>; anchor: string | null }
  | { mode: "matching" };

export const NOTHING_SELECTED: Selection = { mode: "rows", ids: new Set(), anchor: null };

/** Everything that matches the list's filter, also what is not loaded. */
export const ALL_MATCHING: Selection = { mode: "matching" };

export function isSelected(selection: Selection, id: string): boolean {
  return selection.mode === "matching" || selection.ids.has(id);
}

/** Just these rows. */
export function selectRows(ids: Iterable<string>, anchor: string | null = null): Selection {
  return { mode: "rows", ids: new Set(ids), anchor };
}

/** How many rows are selected; null when everything that matches is and the total is not known. */
export function selectedCount(selection: Selection, total: number | null): number | null {
  return selection.mode === "rows" ? selection.ids.size : total;
}

/** The rows from one id to another in list order, both included; just `to` when `from` is not loaded. */
export function idsBetween(order: readonly string[], from: string | null, to: string): string[] {
  const start = from === null ? -1 : order.indexOf(from);
  const end = order.indexOf(to);
  if (start === -1 || end === -1) return [to];
  return order.slice(Math.min(start, end), Math.max(start, end) + 1);
}

/**
 * A click on a row's checkbox; with shift, every row from the anchor to it takes the new state. Taking a row out of
 * "everything that matches" leaves the other loaded rows: what was never seen is not kept by accident.
 */
export function toggleSelected(
  selection: Selection,
  order: readonly string[],
  id: string,
  range: boolean,
): Selection {
  const selected = !isSelected(selection, id);
  const anchor = selection.mode === "rows" ? selection.anchor : null;
  const next = new Set(selection.mode === "rows" ? selection.ids : order);
  for (const toggled of range ? idsBetween(order, anchor, id) : [id]) {
    if (selected) next.add(toggled);
    else next.delete(toggled);
  }
  return selectRows(next, id);
}

/** What the header's checkbox shows for the loaded rows. */
export function headerState(selection: Selection, order: readonly string[]): "all" | "some" | "none" {
  let selected = 0;
  for (const id of order) if (isSelected(selection, id)) selected += 1;
  if (selected === 0) return "none";
  return selected === order.length ? "all" : "some";
}
