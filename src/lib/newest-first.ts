/** Where a list that is sorted newest first goes on: after this row. */
export interface NewestPlace {
  id: string;
  created_at: string;
}

/** A keyset page of a list that is sorted newest first, and where the next page starts, if there is one. */
export interface NewestPage<Row> {
  rows: Row[];
  next: NewestPlace | null;
}

/** The parts of a PostgREST query that sorting and cutting a list need. */
interface Sortable<Query> {
  order: (column: "created_at" | "id", options: { ascending: boolean }) => Query;
}
interface Cuttable<Query> {
  limit: (count: number) => Query;
  or: (filters: string) => Query;
}

/** A table's rows newest first. */
export function newestFirst<Query extends Sortable<Query>>(query: Query): Query {
  return query.order("created_at", { ascending: false }).order("id", { ascending: false });
}

/** Of rows newest first the `size` after a place, and one more: `newestPage` tells by it whether there are more. */
export function cutAfter<Query extends Cuttable<Query>>(
  query: Query,
  place: NewestPlace | null,
  size: number,
): Query {
  const cut = query.limit(size + 1);
  if (place === null) return cut;
  const { created_at: at, id } = place;
  return cut.or(`created_at.lt."${at}",and(created_at.eq."${at}",id.lt.${id})`);
}

/** The page of what a query cut to `size` found. */
export function newestPage<Row extends NewestPlace>(found: readonly Row[], size: number): NewestPage<Row> {
  const rows = found.slice(0, size);
  return { rows, next: found.length > size ? (rows.at(-1) ?? null) : null };
}
