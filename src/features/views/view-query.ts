import type { SavedView, ViewColumns } from "@contracts";

/** The parameter that names the view; the others say what is shown, whatever became of the view. */
const VIEW = "view";
/** Parameters that are of no list. */
const NEVER_SAVED = [VIEW, "workspace"];

/** The id of the view that an address names; null for none. */
export function viewIdOf(search: URLSearchParams): string | null {
  return search.get(VIEW);
}

/** What of an address a view keeps, always in the same order. `left` are parameters that mean something in one campaign only. */
export function savedQuery(search: URLSearchParams, left: readonly string[]): string {
  const kept = new URLSearchParams(search);
  for (const name of [...NEVER_SAVED, ...left]) kept.delete(name);
  kept.sort();
  return kept.toString();
}

/** The address's parameters after a view is chosen: the view says all of them. */
export function withView(view: Pick<SavedView, "id" | "query">): URLSearchParams {
  const search = new URLSearchParams(view.query);
  search.set(VIEW, view.id);
  return search;
}

/** The address's parameters with the view's name at them. */
export function namingView(search: URLSearchParams, id: string): URLSearchParams {
  const next = new URLSearchParams(search);
  next.set(VIEW, id);
  return next;
}

/** Whether what is shown is no longer what the view holds. */
export function isModified(
  view: Pick<SavedView, "query" | "columns">,
  shown: { query: string; columns: ViewColumns },
): boolean {
  const saved = savedQuery(new URLSearchParams(view.query), []);
  return saved !== shown.query || canonical(view.columns) !== canonical(shown.columns);
}

function canonical({ order, visible, widths }: ViewColumns): string {
  const sorted = (entries: Record<string, unknown>) =>
    Object.entries(entries).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([order, sorted(visible), sorted(widths)]);
}
