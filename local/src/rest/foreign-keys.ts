import { type Origin, originsOf } from "./view-origins.ts";

/** A foreign key as requests see it: between exposed tables, or views that show its columns. */
export interface ForeignKey {
  name: string;
  source: string;
  target: string;
  sourceColumns: string[];
  targetColumns: string[];
  /** At most one source row for each target row. */
  unique: boolean;
  /** Part of the source's primary key: the source can be a junction. */
  inKey: boolean;
}

/** Foreign keys as Postgres keeps them: by oid and column number, between tables only. */
export interface RawKeys {
  tables: { oid: number; name: string; isView: boolean; columns: { name: string; number: number }[] }[];
  foreignKeys: {
    name: string;
    source: number;
    target: number;
    sourceColumns: number[];
    targetColumns: number[];
    unique: boolean;
    inKey: boolean;
  }[];
  /** `action` is pg_rewrite.ev_action: the view's query. */
  views: { oid: number; action: string }[];
}

/** A table or view under whose name some columns of a base table can be asked for. */
interface Face {
  name: string;
  nameOf: (baseColumn: number) => string | undefined;
}

/** Each foreign key for every pair of exposed tables and views that show all of its columns. */
export function foreignKeysOf({ tables, foreignKeys, views }: RawKeys): ForeignKey[] {
  const faces = facesOf(tables, views);
  const shown = (table: number, columns: number[]) =>
    (faces.get(table) ?? []).flatMap(({ name, nameOf }) => {
      const names = columns.flatMap((column) => nameOf(column) ?? []);
      return names.length === columns.length ? [{ name, names }] : [];
    });
  return foreignKeys.flatMap((key) => {
    const targets = shown(key.target, key.targetColumns);
    return shown(key.source, key.sourceColumns).flatMap((source) =>
      targets.map((target) => ({
        name: key.name,
        source: source.name,
        target: target.name,
        sourceColumns: source.names,
        targetColumns: target.names,
        unique: key.unique,
        inKey: key.inKey,
      })),
    );
  });
}

function facesOf(tables: RawKeys["tables"], views: RawKeys["views"]): Map<number, Face[]> {
  const faces = new Map<number, Face[]>();
  const add = (base: number, face: Face) => faces.set(base, [...(faces.get(base) ?? []), face]);
  const origins = new Map(views.map(({ oid, action }) => [oid, originsOf(action)]));
  for (const { oid, name, isView, columns } of tables) {
    const names = new Map(columns.map((column) => [column.number, column.name]));
    if (!isView) {
      add(oid, { name, nameOf: (column) => names.get(column) });
      continue;
    }
    const shown = new Map<number, Map<number, string>>();
    for (const [column, columnName] of names) {
      const base = baseOf({ table: oid, column }, origins);
      if (base.table === oid) continue; // computed
      const known = shown.get(base.table) ?? new Map<number, string>();
      if (!known.has(base.column)) known.set(base.column, columnName);
      shown.set(base.table, known);
    }
    for (const [base, known] of shown) add(base, { name, nameOf: (column) => known.get(column) });
  }
  return faces;
}

/** The column of a table behind a column of a view, through views over views. */
function baseOf(at: Origin, origins: ReadonlyMap<number, ReadonlyMap<number, Origin>>): Origin {
  const next = origins.get(at.table)?.get(at.column);
  return next ? baseOf(next, origins) : at;
}
