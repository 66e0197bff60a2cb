/** A column by its relation's oid and its number. */
export interface Origin {
  table: number;
  column: number;
}

const token = /[(){}]|(?:\\.|[^\s(){}\\])+/gsu;

/**
 * The columns of a view that are columns of something else, by their number. Reads the target list of the outermost
 * query in a pg_rewrite.ev_action: ({QUERY … :targetList ({TARGETENTRY … :resno 1 … :resorigtbl 16384 :resorigcol 1 …} …) …})
 */
export function originsOf(action: string): Map<number, Origin> {
  const origins = new Map<number, Origin>();
  let depth = 0;
  let inTargetList = false;
  let name = "";
  let entry: Record<string, number> = {};
  for (const [text] of action.matchAll(token)) {
    if (text === "(" || text === "{") {
      if (depth === 2 && text === "(") inTargetList = name === ":targetList";
      depth++;
      if (inTargetList && depth === 4) entry = {};
    } else if (text === ")" || text === "}") {
      if (inTargetList && depth === 4) {
        const { ":resno": number, ":resorigtbl": table, ":resorigcol": column } = entry;
        if (number && table && column) origins.set(number, { table, column });
      }
      depth--;
      if (inTargetList && depth === 2) return origins;
    } else if (text.startsWith(":")) {
      name = text;
    } else if (inTargetList && depth === 4) {
      entry[name] ??= Number(text);
    }
  }
  return origins;
}
