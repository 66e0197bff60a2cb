/** What can be bound to a statement. Everything travels as text; the statement says what type it is. */
export type Value = string | number | boolean | null;

/** A piece of SQL and the values bound in it. Text only gets in through `sql`, `ident` and `trusted`. */
export class Sql {
  readonly text: readonly string[];
  readonly values: readonly Value[];

  constructor(text: readonly string[], values: readonly Value[]) {
    this.text = text;
    this.values = values;
  }

  compile(): { text: string; values: Value[] } {
    const text = this.text.reduce((all, piece, index) => `${all}$${index}${piece}`);
    return { text, values: [...this.values] };
  }

  get isEmpty(): boolean {
    return this.text.length === 1 && this.text[0] === "";
  }
}

/** sql`select ${column} from t where a = ${value}`: fragments are spliced in, everything else is bound. */
export function sql(strings: TemplateStringsArray, ...parts: readonly (Sql | Value)[]): Sql {
  const text: string[] = [strings[0] ?? ""];
  const values: Value[] = [];
  const append = (piece: string) => {
    text[text.length - 1] += piece;
  };
  parts.forEach((part, index) => {
    const tail = strings[index + 1] ?? "";
    if (part instanceof Sql) {
      append(part.text[0] ?? "");
      text.push(...part.text.slice(1));
      values.push(...part.values);
      append(tail);
    } else {
      values.push(part);
      text.push(tail);
    }
  });
  return new Sql(text, values);
}

export const empty = new Sql([""], []);

/** A quoted name, or a dotted path of them. */
export function ident(...names: readonly string[]): Sql {
  return trusted(names.map((name) => `"${name.replaceAll('"', '""')}"`).join("."));
}

/** Text that comes from Postgres' own catalog or from this source, never from a request. */
export function trusted(text: string): Sql {
  return new Sql([text], []);
}

export function join(parts: readonly Sql[], separator = ", "): Sql {
  const [first, ...rest] = parts;
  if (first === undefined) return empty;
  return rest.reduce((all, part) => sql`${all}${trusted(separator)}${part}`, first);
}

/** `prefix` and the joined parts, or nothing when there are none: clause("where ", conditions, " and "). */
export function clause(prefix: string, parts: readonly Sql[], separator = ", "): Sql {
  return parts.length === 0 ? empty : sql`${trusted(prefix)}${join(parts, separator)}`;
}
