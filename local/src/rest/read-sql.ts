import { clause, empty, ident, join, type Sql, sql, trusted } from "../db/sql.ts";
import type { Catalog, Column } from "./catalog.ts";
import { conditionSql, fieldSql, type Rows } from "./conditions.ts";
import { badRequest, RestError } from "./errors.ts";
import { type Embed, embedsOf, type Field, nameOf, type Order, type Read } from "./query.ts";
import { findRelationship, type Relationship } from "./relationships.ts";

/** Where a level's rows come from: a table, a function's result, or the rows a mutation touched. */
export interface Source {
  from: Sql;
  name: string;
  /** Embeds start at this table; null when the rows belong to none. */
  table: string | null;
  columns: readonly Column[];
}

/** The parts of one level's statement. */
interface Level {
  alias: string;
  columns: Sql[];
  joins: Sql[];
  conditions: Sql[];
  order: Sql[];
  /** Joins that decide which rows there are, for counting. */
  narrows: boolean;
}

interface Joined {
  embed: Embed;
  alias: string;
  relationship: Relationship;
  sortColumns: Field[];
}

/** Turns a parsed read into SQL, taking every name from the catalog. */
export class ReadSql {
  #aliases = 0;

  readonly catalog: Catalog;
  readonly maxRows: number;

  constructor(catalog: Catalog, maxRows: number) {
    this.catalog = catalog;
    this.maxRows = maxRows;
  }

  /** `select … from …` giving one row for each result row, and the matching count without limit. */
  build(read: Read, source: Source): { rows: Sql; matching: Sql } {
    const level = this.#level(read, source);
    const from = sql`from ${source.from} as ${ident(level.alias)}`;
    const where = clause(" where ", level.conditions, " and ");
    const joins = join(level.joins, "");
    const counted = level.narrows ? joins : empty;
    return {
      rows: sql`select ${columnList(level)} ${from}${joins}${where}${tail(read, level, this.maxRows)}`,
      matching: sql`select 1 ${from}${counted}${where}`,
    };
  }

  /** Only the conditions, on rows called `alias`: for update and delete. */
  conditions(read: Read, source: Source, alias: string): Sql[] {
    const rows = this.#rows(source, alias, []);
    return read.conditions.map((condition) => conditionSql(condition, rows));
  }

  #level(read: Read, source: Source): Level {
    const alias = this.#nextAlias();
    const joined = embedsOf(read).map((embed) => this.#join(read, source, embed));
    const rows = this.#rows(source, alias, joined);
    const columns = read.selected.map((item) => {
      switch (item.kind) {
        case "all":
          return sql`${ident(alias)}.*`;
        case "field":
          return this.#column(item.field, item.alias, item.cast, rows);
        default:
          return this.#embedColumn(item.embed, joined);
      }
    });
    const tested = read.conditions.some(
      (one) => one.kind === "group" || joined.some(({ embed }) => nameOf(embed) === one.field.name),
    );
    return {
      alias,
      columns: columns.filter((column) => !column.isEmpty),
      joins: joined.map((one) => this.#joinSql(one, alias)),
      conditions: read.conditions.map((condition) => conditionSql(condition, rows)),
      order: read.order.map((one) => orderSql(one, rows, joined)),
      narrows: joined.some(({ embed }) => embed.inner) || (joined.length > 0 && tested),
    };
  }

  #rows(source: Source, alias: string, joined: readonly Joined[]): Rows {
    const types = new Map(source.columns.map((column) => [column.name, column.type]));
    const computed = (name: string) => source.table !== null && this.catalog.isComputed(source.table, name);
    return {
      alias,
      table: source.name,
      typeOf: (name) => types.get(name) ?? (computed(name) ? null : undefined),
      embedNamed: (name) => {
        const found = joined.find(({ embed }) => nameOf(embed) === name);
        return found && ident(found.alias, "_json");
      },
    };
  }

  #column(field: Field, alias: string | null, cast: string | null, rows: Rows): Sql {
    const isCount = field.name === "count" && field.path.length === 0 && rows.typeOf("count") === undefined;
    const value = isCount ? sql`count(${ident(rows.alias)})` : fieldSql(field, rows);
    if (cast !== null && !this.catalog.hasType(cast)) {
      throw new RestError(400, "42704", `type "${cast}" does not exist`);
    }
    const named = field.path.filter(({ key }) => !/^-?\d+$/u.test(key)).at(-1)?.key ?? field.name;
    const converted = cast === null ? value : sql`cast(${value} as ${trusted(cast)})`;
    return sql`${converted} as ${ident(alias ?? named)}`;
  }

  #join(read: Read, source: Source, embed: Embed): Joined {
    if (source.table === null) throw noRelationship(source.name, embed);
    const relationship = findRelationship(this.catalog, source.table, embed);
    if (embed.spread && !relationship.toOne) {
      const details = `'${source.table}' and '${embed.target}' do not form a many-to-one or one-to-one relationship`;
      throw new RestError(
        400,
        "PGRST119",
        `A spread operation on '${embed.target}' is not possible`,
        details,
      );
    }
    const sortColumns = read.order.filter((one) => one.embed === nameOf(embed)).map((one) => one.field);
    if (sortColumns.length > 0 && !relationship.toOne) {
      const details = `'${source.table}' and '${embed.target}' do not form a many-to-one or one-to-one relationship`;
      throw new RestError(400, "PGRST118", `A related order on '${embed.target}' is not possible`, details);
    }
    return { embed, alias: this.#nextAlias(), relationship, sortColumns };
  }

  #embedColumn(embed: Embed, joined: readonly Joined[]): Sql {
    const found = joined.find((one) => one.embed === embed);
    if (!found || embed.read.selected.length === 0) return empty;
    if (embed.spread) {
      return join(this.#spreadNames(embed, found.relationship).map((name) => ident(found.alias, name)));
    }
    const value = ident(found.alias, "_json");
    const column = found.relationship.toOne ? value : sql`coalesce(${value}, '[]'::json)`;
    return sql`${column} as ${ident(nameOf(embed))}`;
  }

  /** `left join lateral (…) as "t2" on true`, giving the embed as one json value. */
  #joinSql(joined: Joined, parent: string): Sql {
    const { embed, alias, relationship } = joined;
    const table = this.catalog.tables.get(relationship.table);
    if (!table) throw noRelationship(parent, embed);
    const source: Source = {
      from: ident(this.catalog.schema, table.name),
      name: table.name,
      table: table.name,
      columns: table.columns,
    };
    const level = this.#level(embed.read, source);
    const link = this.#link(relationship, parent, level.alias);
    const where = clause(" where ", [...link.conditions, ...level.conditions], " and ");
    const from = sql`from ${source.from} as ${ident(level.alias)}${link.from}${join(level.joins, "")}${where}`;
    const kind = trusted(embed.inner ? " join lateral" : " left join lateral");
    if (!relationship.toOne) {
      const rows = sql`select ${columnList(level)} ${from}${tail(embed.read, level, this.maxRows)}`;
      const on = embed.inner ? sql`${ident(alias, "_json")} is not null` : sql`true`;
      return sql`${kind} (select json_agg("_row".*) as "_json" from (${rows}) as "_row") as ${ident(alias)} on ${on}`;
    }
    const rows = this.#rows(source, level.alias, []);
    const sorts = joined.sortColumns.map(
      (field, at) => sql`, ${fieldSql(field, rows)} as ${ident(`_sort${at}`)}`,
    );
    const spread = embed.spread ? sql`, ${columnList(level)}` : empty;
    const json = sql`(select row_to_json("_row".*) from (select ${columnList(level)}) as "_row") as "_json"`;
    return sql`${kind} (select ${json}${spread}${join(sorts, "")} ${from}) as ${ident(alias)} on true`;
  }

  #spreadNames(embed: Embed, relationship: Relationship): string[] {
    const columns = this.catalog.tables.get(relationship.table)?.columns ?? [];
    return embed.read.selected.flatMap((item) => {
      if (item.kind === "all") return columns.map((column) => column.name);
      if (item.kind === "embed") return item.embed.spread ? [] : [nameOf(item.embed)];
      return [item.alias ?? item.field.path.at(-1)?.key ?? item.field.name];
    });
  }

  #link(relationship: Relationship, parent: string, child: string): { from: Sql; conditions: Sql[] } {
    const { junction } = relationship;
    const near = junction ? this.#nextAlias() : parent;
    const conditions = relationship.columns.map(
      ([left, right]) => sql`${ident(near, left)} = ${ident(child, right)}`,
    );
    if (!junction) return { from: empty, conditions };
    const first = junction.columns.map(
      ([left, right]) => sql`${ident(parent, left)} = ${ident(near, right)}`,
    );
    return {
      from: sql` cross join ${ident(this.catalog.schema, junction.table)} as ${ident(near)}`,
      conditions: [...first, ...conditions],
    };
  }

  #nextAlias(): string {
    return `_t${this.#aliases++}`;
  }
}

function columnList(level: Level): Sql {
  return level.columns.length === 0 ? sql`1 as "_"` : join(level.columns);
}

function tail(read: Read, level: Level, maxRows: number): Sql {
  const order = clause(" order by ", level.order);
  const limit = sql` limit ${Math.min(read.limit ?? maxRows, maxRows)}::bigint`;
  const offset = read.offset > 0 ? sql` offset ${read.offset}::bigint` : empty;
  return sql`${order}${limit}${offset}`;
}

function orderSql(order: Order, rows: Rows, joined: readonly Joined[]): Sql {
  const direction = trusted(order.descending ? " desc" : " asc");
  const nulls = order.nulls === null ? empty : trusted(` nulls ${order.nulls}`);
  if (order.embed === null) return sql`${fieldSql(order.field, rows)}${direction}${nulls}`;
  const found = joined.find(({ embed }) => nameOf(embed) === order.embed);
  if (!found) throw badRequest(`'${order.embed}' is not an embedded resource in this request`);
  const at = found.sortColumns.indexOf(order.field);
  return sql`${ident(found.alias, `_sort${at}`)}${direction}${nulls}`;
}

function noRelationship(origin: string, embed: Embed): RestError {
  return new RestError(
    400,
    "PGRST200",
    `Could not find a relationship between '${origin}' and '${embed.target}' in the schema cache`,
  );
}
