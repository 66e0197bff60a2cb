import { readFileSync } from "node:fs";
import type { Database } from "../db/database.ts";
import { Sql } from "../db/sql.ts";
import { type ForeignKey, foreignKeysOf, type RawKeys } from "./foreign-keys.ts";

export interface Column {
  name: string;
  type: string;
  /** The default as SQL, from the catalog. */
  default: string | null;
}

export interface Table {
  name: string;
  isView: boolean;
  columns: Column[];
  primaryKey: string[];
}

export interface Argument {
  name: string;
  type: string;
  optional: boolean;
  variadic: boolean;
}

export interface Routine {
  name: string;
  volatile: boolean;
  returnsSet: boolean;
  returnsVoid: boolean;
  returnsRows: boolean;
  /** The table whose rows it returns. */
  table: string | null;
  columns: Column[];
  /** The table it takes one row of: a computed column. */
  rowOf: string | null;
  arguments: Argument[];
}

export interface CatalogDocument extends RawKeys {
  tables: (Table & RawKeys["tables"][number])[];
  functions: Routine[];
  types: string[];
  roleSettings: Record<string, string[]>;
}

const source = readFileSync(new URL("./catalog.sql", import.meta.url), "utf8").split("$1");

/** The SQL spellings of types that the catalog only lists under another name. */
const typeSynonyms = [
  "int",
  "decimal",
  "float",
  "varchar",
  "char",
  "timestamptz",
  "timestamp",
  "time",
  "timetz",
];

/** What one exposed schema offers. Names in a request are only used once they are found here. */
export class Catalog {
  readonly tables: ReadonlyMap<string, Table>;
  readonly foreignKeys: readonly ForeignKey[];
  readonly #functions: ReadonlyMap<string, Routine[]>;
  readonly #types: ReadonlySet<string>;
  readonly #settings: Record<string, Record<string, string>>;

  readonly schema: string;

  constructor(schema: string, document: CatalogDocument) {
    this.schema = schema;
    this.tables = new Map(document.tables.map((table) => [table.name, table]));
    this.foreignKeys = foreignKeysOf(document);
    const functions = new Map<string, Routine[]>();
    for (const routine of document.functions) {
      functions.set(routine.name, [...(functions.get(routine.name) ?? []), routine]);
    }
    this.#functions = functions;
    this.#types = new Set([...document.types, ...typeSynonyms]);
    this.#settings = Object.fromEntries(
      Object.entries(document.roleSettings).map(([role, list]) => [role, readSettings(list)]),
    );
  }

  static async load(database: Database, schema: string): Promise<Catalog> {
    const values = source.slice(1).map(() => schema);
    const [row] = await database.query(new Sql(source, values));
    return new Catalog(schema, JSON.parse(row?.catalog ?? "null"));
  }

  functionsNamed(name: string): readonly Routine[] {
    return this.#functions.get(name) ?? [];
  }

  /** A function that adds a column to the table's rows. */
  isComputed(table: string, name: string): boolean {
    return this.functionsNamed(name).some((routine) => routine.rowOf === table);
  }

  hasType(name: string): boolean {
    return this.#types.has(name.replace(/\[\]$/, ""));
  }

  settingsOf(role: string): Record<string, string> {
    return this.#settings[role] ?? {};
  }
}

/** ["statement_timeout=8s"] → { statement_timeout: "8s" } */
function readSettings(list: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    list.map((entry) => {
      const at = entry.indexOf("=");
      return [entry.slice(0, at), entry.slice(at + 1)];
    }),
  );
}
