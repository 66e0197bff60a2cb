/** One entry of a realtime `changes` broadcast: which rows of a table changed, never what they hold. */
export interface Change {
  table: string;
  operation: "insert" | "update" | "delete";
  /** Ids of the rows; null means many (over 500): refetch what is shown. */
  ids: string[] | null;
  /** Ids of the rows' parents, where the table has one. */
  parent_ids?: string[];
}

/** Checks a broadcast's payload; entries that are not changes are left out. */
export function parseChanges(payload: unknown): Change[] {
  if (typeof payload !== "object" || payload === null || !("changes" in payload)) return [];
  return Array.isArray(payload.changes) ? payload.changes.filter(isChange) : [];
}

/** Joins changes of one table and operation, so that a burst is handled once. Order of first appearance is kept. */
export function mergeChanges(changes: readonly Change[]): Change[] {
  const merged = new Map<string, Change>();
  for (const change of changes) {
    const key = `${change.operation} ${change.table}`;
    const earlier = merged.get(key);
    merged.set(key, earlier ? join(earlier, change) : change);
  }
  return [...merged.values()];
}

function join(a: Change, b: Change): Change {
  const parents = [...new Set([...(a.parent_ids ?? []), ...(b.parent_ids ?? [])])];
  return {
    table: a.table,
    operation: a.operation,
    ids: a.ids && b.ids ? [...new Set([...a.ids, ...b.ids])] : null,
    ...(parents.length > 0 && { parent_ids: parents }),
  };
}

function isChange(value: unknown): value is Change {
  if (typeof value !== "object" || value === null) return false;
  const { table, operation, ids, parent_ids } = value as Record<string, unknown>; // an object: every key may be read, each is checked below
  return (
    typeof table === "string" &&
    (operation === "insert" || operation === "update" || operation === "delete") &&
    (ids === null || isTexts(ids)) &&
    (parent_ids === undefined || isTexts(parent_ids))
  );
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
